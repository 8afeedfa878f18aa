import { type Clock, sleepUntilAborted } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { AppError, asAppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Collected, CollectionName, CollectionState, CollectionStore } from "../ports/collections.ts";
import type { ReadProgress, UsageSource } from "../ports/usage.ts";

/** Where this process is among those that may collect. */
export interface Site {
  readonly collections: CollectionStore;
  readonly source: () => Promise<UsageSource>;
  /** The name of this process, unlike any other's. */
  readonly holder: string;
  readonly timings: Pick<Timings, "collectionLease">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "collection">;
}

export interface Placed<Reading> {
  readonly name: CollectionName;
  /** One that ended later, here or elsewhere, is as good. */
  readonly since: Date;
  readonly signal: AbortSignal;
  /** How far the work is here. */
  readonly progress: () => ReadProgress;
  /** How far it is elsewhere. */
  readonly onProgress: (progress: ReadProgress) => void;
  /** Reads and saves; the state is that before. */
  readonly work: (before: CollectionState | undefined, signal: AbortSignal) => Promise<Reading>;
  /** What is stored and answers. */
  readonly stored: () => Promise<Reading | undefined>;
}

/** Beats within a lease: one that is late or lost must not give the collection away. */
const BEATS = 4;
/** Milliseconds at most between two looks at a collection elsewhere: somebody may be waiting for it. */
const LOOK_EVERY = 2_000;

/**
 * Runs a collection in one process at a time. Where another one is at it, that one is waited for and its outcome is
 * taken; where it dies, the collection is taken over when its lease ends.
 */
export async function inOnePlace<Reading extends Pick<Collected, "readAt">>(
  site: Site,
  placed: Placed<Reading>,
): Promise<Reading> {
  const { collections, holder, timings, clock } = site;
  const { name, signal, stored } = placed;
  const source = await site.source();
  let since: Date | undefined = placed.since;
  for (;;) {
    signal.throwIfAborted();
    const claiming = { holder, now: clock.now(), lease: timings.collectionLease, ...(since && { since }) };
    const claim = await collections.claim(source, name, claiming);
    switch (claim.kind) {
      case "claimed": {
        const reading = await held(site, source, placed, claim.before);
        if (reading) {
          return reading;
        }
        break;
      }
      case "running":
        // Its clock may be behind ours, and what it ends is what we wait for.
        since = since && claim.running.since < since ? claim.running.since : since;
        placed.onProgress(claim.running.progress);
        await clock.sleep(Math.min(timings.collectionLease / BEATS, LOOK_EVERY), signal);
        break;
      case "ended": {
        const reading = outcomeOf(claim.state, await stored());
        if (reading) {
          return reading;
        }
        // It read something else, for example another period.
        since = undefined;
        break;
      }
    }
  }
}

function outcomeOf<Reading extends Pick<Collected, "readAt">>(
  { last, complete }: CollectionState,
  reading: Reading | undefined,
): Reading | undefined {
  if (last?.fault) {
    throw new AppError(last.fault.code, last.fault.facts);
  }
  return reading && complete && reading.readAt >= complete.readAt ? reading : undefined;
}

/** Does the work and beats meanwhile; undefined when the collection was taken away. */
async function held<Reading extends Pick<Collected, "readAt">>(
  { collections, holder, timings, clock, log }: Site,
  source: UsageSource,
  { name, signal, progress, work }: Placed<Reading>,
  before: CollectionState | undefined,
): Promise<Reading | undefined> {
  const taken = new AbortController();
  const done = new AbortController();
  const beating = beat();
  try {
    return await work(before, AbortSignal.any([signal, taken.signal]));
  } catch (thrown) {
    if (taken.signal.aborted && !signal.aborted) {
      return undefined;
    }
    throw thrown;
  } finally {
    done.abort();
    await beating;
  }

  async function beat(): Promise<void> {
    for (;;) {
      await sleepUntilAborted(clock, timings.collectionLease / BEATS, done.signal);
      if (done.signal.aborted) {
        return;
      }
      try {
        const claiming = { holder, now: clock.now(), lease: timings.collectionLease };
        if (!(await collections.beat(source, name, claiming, progress()))) {
          log.warn({ collection: name }, "another process has taken a collection over");
          taken.abort();
          return;
        }
      } catch (thrown) {
        // The store may be back for the next one; if it stays away, saving fails and says so.
        log.warn(
          { collection: name, code: asAppError(thrown).code },
          "a collection could not say it is alive",
        );
      }
    }
  }
}
