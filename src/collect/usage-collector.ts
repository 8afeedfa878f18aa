import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { AppError, asAppError } from "../kernel/problem.ts";
import type {
  Period,
  ReaderId,
  ReadProgress,
  SnapshotStore,
  UsageReader,
  UsageReading,
  UsageSnapshot,
  UsageSource,
} from "../ports/usage.ts";

/** A reading of Graph that is under way. */
export interface Collection {
  /** How far it is now. */
  progress(): ReadProgress;
  /** Resolves when the reading is complete and saved; rejects with an AppError. */
  readonly done: Promise<UsageSnapshot>;
}

export interface UsageCollector {
  /** The newest complete numbers of a period, or undefined. */
  latest(period: Period): Promise<UsageSnapshot | undefined>;
  /** Starts a reading, or joins the one that is under way. One that ended after `askedAt` is not repeated. */
  collect(period: Period, askedAt: Date): Collection;
  /** Stops what is under way; its waiters are rejected. */
  stop(): Promise<void>;
}

/** The process ends: nobody is to blame, and whoever asked may ask again after the start. */
export class CollectionStopped extends Error {
  override readonly name = "CollectionStopped";
}

interface CollectorParts {
  readonly reader: UsageReader;
  /** Whose stored snapshots may answer. */
  readonly readers: readonly ReaderId[];
  readonly store: SnapshotStore;
  readonly source: () => Promise<UsageSource>;
  readonly clock: Clock;
  readonly log: Log;
}

interface Run {
  readonly period: Period;
  readonly reading: Promise<UsageReading>;
  progress: ReadProgress;
}

const NOTHING_YET: ReadProgress = { pages: 0, rows: 0 };

/** Reads Graph once for all who ask meanwhile, and keeps what was read complete. */
export function createUsageCollector(parts: CollectorParts): UsageCollector {
  const { reader, readers, store, source, clock, log } = parts;
  const stopped = new AbortController();
  let running: Run | undefined;
  let last: { readonly reading: UsageReading; readonly endedAt: Date } | undefined;

  function start(period: Period): Run {
    const run: Run = {
      period,
      progress: NOTHING_YET,
      reading: Promise.resolve().then(() => readAndSave(run)),
    };
    running = run;
    return run;
  }

  async function readAndSave(run: Run): Promise<UsageReading> {
    try {
      const onProgress = (progress: ReadProgress) => {
        run.progress = progress;
      };
      const reading = await reader.read(run.period, { signal: stopped.signal, onProgress });
      await store.save(await source(), reading);
      last = { reading, endedAt: clock.now() };
      log.info({ reader: reading.reader, pages: reading.pages, rows: reading.rowsRead }, "usage collected");
      return reading;
    } catch (thrown) {
      if (stopped.signal.aborted) {
        throw new CollectionStopped();
      }
      const problem = asAppError(thrown);
      log.warn({ code: problem.code, facts: problem.facts }, "collecting usage failed");
      throw problem;
    } finally {
      running = undefined;
    }
  }

  /** A reading for another period may cover this one too (events do); if not, this one gets its own. */
  async function follow(period: Period, run: Run): Promise<UsageSnapshot> {
    const reading = await run.reading.catch((thrown) => {
      if (run.period === period) {
        throw thrown;
      }
      return undefined;
    });
    const snapshot = reading && snapshotOf(reading, period);
    if (!snapshot && run.period === period) {
      throw new AppError("INTERNAL", { detail: `the reading holds no ${period}` });
    }
    return snapshot ?? follow(period, running ?? start(period));
  }

  return {
    async latest(period) {
      return store.latest(await source(), period, readers);
    },
    collect(period, askedAt) {
      const ended = last && last.endedAt >= askedAt ? snapshotOf(last.reading, period) : undefined;
      if (ended) {
        return { progress: () => NOTHING_YET, done: Promise.resolve(ended) };
      }
      const joined = running ?? start(period);
      return { progress: () => (running ?? joined).progress, done: follow(period, joined) };
    },
    async stop() {
      stopped.abort();
      await running?.reading.catch(() => log.info({}, "a reading of Graph was stopped"));
    },
  };
}

/** The part of a reading that is about one period, as the store would give it back. */
function snapshotOf(reading: UsageReading, period: Period): UsageSnapshot | undefined {
  const summary = reading.summaries.find((candidate) => candidate.period === period);
  const { reader, readAt, pages, rowsRead, notes } = reading;
  return summary && { ...summary, reader, readAt, pages, rowsRead, notes };
}
