import { type Clock, since } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { AppError } from "../kernel/problem.ts";
import type {
  Period,
  ReaderId,
  SnapshotStore,
  UsageReader,
  UsageReading,
  UsageSnapshot,
  UsageSource,
} from "../ports/usage.ts";
import {
  type CollectionOf,
  createSingleReading,
  NOTHING_YET,
  type ReadingProblem,
  type Run,
} from "./single-reading.ts";

/** A reading of the usage report that is under way. */
export type Collection = CollectionOf<UsageSnapshot>;

export interface UsageCollector {
  /** The newest complete numbers of a period, or undefined. */
  latest(period: Period): Promise<UsageSnapshot | undefined>;
  /** Starts a reading, or joins the one that is under way. One that ended after `askedAt` is not repeated. */
  collect(period: Period, askedAt: Date): Collection;
  /** Of the last reading that failed since the start; undefined when none did. */
  lastProblem(): ReadingProblem | undefined;
  /** Stops what is under way; its waiters are rejected. */
  stop(): Promise<void>;
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

/** What answers questions of a reading; the history is large, and stays in the store alone. */
type Answers = Omit<UsageReading, "history">;

/** Reads Graph once for all who ask meanwhile, and keeps what was read complete. */
export function createUsageCollector(parts: CollectorParts): UsageCollector {
  const { reader, readers, store, source, clock, log } = parts;
  const single = createSingleReading<Period, Answers>({
    name: "usage",
    async readAndSave(period, options) {
      const { history, ...read } = await reader.read(period, options);
      const reading = { ...read, took: since(read.readAt, clock) };
      await store.save(await source(), { ...reading, ...(history && { history }) });
      return reading;
    },
    facts: ({ reader: id, pages, rowsRead }) => ({ reader: id, pages, rows: rowsRead }),
    clock,
    log,
  });

  /** A reading for another period may cover this one too (events do); if not, this one gets its own. */
  async function follow(period: Period, run: Run<Period, Answers>): Promise<UsageSnapshot> {
    const reading = await run.reading.catch((thrown) => {
      if (run.asked === period) {
        throw thrown;
      }
      return undefined;
    });
    const snapshot = reading && snapshotOf(reading, period);
    if (!snapshot && run.asked === period) {
      throw new AppError("INTERNAL", { detail: `the reading holds no ${period}` });
    }
    return snapshot ?? follow(period, single.running() ?? single.start(period));
  }

  return {
    async latest(period) {
      return store.latest(await source(), period, readers);
    },
    collect(period, askedAt) {
      const last = single.endedSince(askedAt);
      const ended = last && snapshotOf(last, period);
      if (ended) {
        return { progress: () => NOTHING_YET, done: Promise.resolve(ended) };
      }
      const joined = single.running() ?? single.start(period);
      return {
        progress: () => (single.running() ?? joined).progress,
        done: follow(period, joined),
      };
    },
    lastProblem: () => single.lastProblem(),
    stop: () => single.stop(),
  };
}

/** The part of a reading that is about one period, as the store would give it back. */
function snapshotOf(reading: Answers, period: Period): UsageSnapshot | undefined {
  const summary = reading.summaries.find((candidate) => candidate.period === period);
  const { reader, readAt, took, pages, rowsRead, notes } = reading;
  return (
    summary && { ...summary, reader, readAt, ...(took !== undefined && { took }), pages, rowsRead, notes }
  );
}
