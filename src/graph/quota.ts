import pThrottle from "p-throttle";
import type { Clock } from "../kernel/clock.ts";
import { AppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import { unlessAborted } from "./within.ts";

/** Who a request is for: a reading in the background, or a person who waits for this very request. */
export type Lane = "collection" | "person";

/** The requests that Graph's reports allow one app in one tenant. */
export interface Quota {
  /**
   * Resolves when the next request may leave.
   * Rejects with the signal's reason, or with GRAPH-THROTTLED when the pause is too long to wait for.
   */
  enter(lane: Lane, signal: AbortSignal, onPause: (until: Date) => void): Promise<void>;
  /** Graph asked for silence: every caller waits until then. */
  pause(until: Date): void;
}

/**
 * 5 requests in 10 s per app and tenant (learn.microsoft.com/graph/throttling-limits, "Identity and
 * access reports"): a reading of many pages must not make a person wait for a window of their own.
 */
const SHARES: Readonly<Record<Lane, number>> = { collection: 4, person: 1 };

/** A mistaken header must not silence the product until somebody restarts it. */
const LONGEST_PAUSE = 60 * 60_000;

export interface QuotaParts {
  readonly timings: Pick<Timings, "quotaWindow" | "retryCap">;
  readonly clock: Clock;
}

/**
 * Each lane lets go at most its share in any `quotaWindow`, so both together never more than 5. A person
 * whose lane is used up takes what no collection needs at the moment. Who gives up while waiting still uses
 * the slot: that makes the next request later, never one too many.
 */
export function createQuota({ timings, clock }: QuotaParts): Quota {
  const lanes: Readonly<Record<Lane, Slots>> = {
    collection: slots(SHARES.collection, timings.quotaWindow, clock),
    person: slots(SHARES.person, timings.quotaWindow, clock),
  };
  const laneFor = (lane: Lane): Slots =>
    lane === "person" && !lanes.person.hasRoom() && lanes.collection.hasRoom()
      ? lanes.collection
      : lanes[lane];
  let pausedUntil = 0;

  async function sitOut(signal: AbortSignal, onPause: (until: Date) => void): Promise<void> {
    const wait = pausedUntil - clock.now().getTime();
    if (wait > timings.retryCap) {
      throw new AppError("GRAPH-THROTTLED", { retryAt: new Date(pausedUntil) });
    }
    if (wait > 0) {
      onPause(new Date(pausedUntil));
      await clock.sleep(wait, signal);
    }
  }

  return {
    async enter(lane, signal, onPause) {
      do {
        signal.throwIfAborted();
        await sitOut(signal, onPause);
        await unlessAborted(laneFor(lane).take(), signal);
        // A pause may have begun while we waited for the slot.
      } while (pausedUntil > clock.now().getTime());
    },

    pause(until) {
      const latest = clock.now().getTime() + LONGEST_PAUSE;
      pausedUntil = Math.max(pausedUntil, Math.min(until.getTime(), latest));
    },
  };
}

interface Slots {
  /** Resolves when the next slot is free, and uses it. */
  take(): Promise<void>;
  /** Whether a slot would be free at once. */
  hasRoom(): boolean;
}

/**
 * A sliding window. Only with a weight does p-throttle look at the clock again when a delayed call's
 * time comes; without it, a timer that fires late lets more calls into the window than the limit.
 */
function slots(limit: number, interval: number, clock: Clock): Slots {
  const next = pThrottle({ limit, interval, strict: true, weight: () => 1 })(async () => undefined);
  let waiting = 0;
  /** When the last ones were used, as many as fit into a window. */
  let used: readonly number[] = [];
  return {
    async take() {
      waiting += 1;
      await next();
      waiting -= 1;
      used = [...used, clock.now().getTime()].slice(-limit);
    },
    hasRoom() {
      const [oldest = 0] = used;
      return waiting === 0 && (used.length < limit || clock.now().getTime() - oldest >= interval);
    },
  };
}
