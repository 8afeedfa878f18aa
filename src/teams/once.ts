import { LRUCache } from "lru-cache";
import type { IncomingActivity } from "./activity.ts";

/** Runs the work of an activity once; whoever brings the same activity again gets the first result. */
export type Once<T> = (activity: IncomingActivity, work: () => Promise<T>) => Promise<T>;

/** An answer may hold a card of 25 KB; a busy tenant sends a few activities a second. */
const REMEMBERED = 2_000;

/**
 * Teams sends an activity again when it has no answer after about 15 seconds, so the same one (tenant,
 * conversation, id, type) must not be answered twice. `elapsed` gives milliseconds. What has a result that is not
 * final is done anew when it comes again.
 */
export function createOnce<T>(
  remember: number,
  elapsed: () => number,
  isFinal: (result: T) => boolean = () => true,
): Once<T> {
  const known = new LRUCache<string, Promise<T>>({
    max: REMEMBERED,
    ttl: remember,
    ttlAutopurge: true,
    perf: { now: elapsed },
  });
  return (activity, work) => {
    if (!activity.id) {
      return work();
    }
    const key = JSON.stringify([
      activity.conversation.tenantId ?? activity.channelData?.tenant?.id,
      activity.conversation.id,
      activity.id,
      activity.type,
    ]);
    const first = known.get(key);
    if (first) {
      return first;
    }
    const result = work().then((end) => {
      if (!isFinal(end)) {
        known.delete(key);
      }
      return end;
    });
    known.set(key, result);
    return result;
  };
}
