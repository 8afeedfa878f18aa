import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { asAppError } from "../kernel/problem.ts";
import type { CollectionName, CollectionState, CollectionStore } from "../ports/collections.ts";
import type { UsageSource } from "../ports/usage.ts";
import type { WakeUps } from "../ports/wake-ups.ts";
import type { Cohort } from "./cohort.ts";
import { type CollectionOf, CollectionStopped } from "./single-reading.ts";

/** One of the collections, as the schedule sees it. */
export interface Scheduled {
  readonly name: CollectionName;
  /** Reads and saves all of it; rejects with an AppError. */
  readonly collect: (askedAt: Date) => CollectionOf<unknown>;
}

export interface ScheduleParts {
  /** In the order in which they are read when several are due. */
  readonly collections: readonly Scheduled[];
  readonly store: Pick<CollectionStore, "states">;
  readonly source: () => Promise<UsageSource>;
  /** Milliseconds between two collections; `COLLECT_EVERY`. */
  readonly every: number;
  readonly wakeUps: WakeUps;
  readonly cohort: Pick<Cohort, "during">;
  readonly clock: Clock;
  readonly log: Log;
}

export interface CollectSchedule {
  start(): Promise<void>;
  /** Begins nothing any more; resolves when what runs has ended, which the readings do when they are stopped. */
  stop(): Promise<void>;
}

/** Milliseconds until what failed is tried again; where the schedule is quicker, that. */
const TRY_AGAIN = 30 * 60_000;
/** Milliseconds that clocks of processes on one store may be apart. */
const APART = 60_000;

/**
 * Collects what is due, one after the other, so that a small share of the quota is left to people. What is due is
 * computed from the store: a restart, a clock that is set and a process that dies change nothing but the moment.
 */
export function createCollectSchedule(parts: ScheduleParts): CollectSchedule {
  const { collections, store, source, every, wakeUps, cohort, clock, log } = parts;
  let running: Promise<void> | undefined;
  let isStopping = false;

  async function runDue(): Promise<void> {
    const askedAt = clock.now();
    const states = await store.states(await source());
    for (const { name, collect } of collections) {
      const state = states.find((candidate) => candidate.name === name);
      if (!isStopping && nextDue(state, askedAt, every) <= askedAt) {
        await collect(askedAt).done.catch((thrown: unknown) => tell(thrown, name));
      }
    }
  }

  function tell(thrown: unknown, collection?: CollectionName): void {
    if (thrown instanceof CollectionStopped) {
      return;
    }
    const { code } = asAppError(thrown);
    log.warn(
      { code, ...(collection && { collection }) },
      "a collection by schedule failed; it is tried again",
    );
  }

  return {
    start: () =>
      wakeUps.start(() => {
        running ??= cohort
          .during(runDue)
          .catch((thrown: unknown) => tell(thrown))
          .finally(() => {
            running = undefined;
          });
      }),
    async stop() {
      isStopping = true;
      await wakeUps.stop();
      await running;
    },
  };
}

/**
 * When to collect next: at once where it was never tried, else some time after the last try. Of an end in the future the
 * clock that wrote it was wrong, or this one is: collecting once too often is the lesser harm.
 */
export function nextDue(state: CollectionState | undefined, now: Date, every: number): Date {
  const last = state?.last;
  if (!last || last.at.getTime() > now.getTime() + APART) {
    return now;
  }
  const wait = isWorthTryingSoon(last) ? Math.min(every, TRY_AGAIN) : every;
  const retryAt = last.fault?.facts.retryAt?.getTime() ?? 0;
  const due = last.at.getTime() + wait;
  return new Date(Math.min(Math.max(due, retryAt), last.at.getTime() + every));
}

/** A suspicious answer costs as many requests as a good one, and stays what it is for hours. */
function isWorthTryingSoon({ fault }: NonNullable<CollectionState["last"]>): boolean {
  return fault !== undefined && fault.code !== "GRAPH-SUSPICIOUS";
}
