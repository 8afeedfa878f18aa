import { since } from "../kernel/clock.ts";
import { AppError } from "../kernel/problem.ts";
import {
  PERIODS,
  type Period,
  type ReaderId,
  type SnapshotStore,
  type UsageReader,
  type UsageReading,
  type UsageSnapshot,
} from "../ports/usage.ts";
import type { Site } from "./one-place.ts";
import { type CollectionOf, createSingleReading, NOTHING_YET, type Run } from "./single-reading.ts";

/** A reading of the usage report that is under way. */
export type Collection = CollectionOf<UsageSnapshot>;

export interface UsageCollector {
  readonly collection: "usage";
  /** The newest complete numbers of a period, or undefined. */
  latest(period: Period): Promise<UsageSnapshot | undefined>;
  /** Starts a reading, or joins the one that is under way. One that ended after `askedAt` is not repeated. */
  collect(period: Period, askedAt: Date): Collection;
  /** Stops what is under way; its waiters are rejected. */
  stop(): Promise<void>;
}

interface CollectorParts {
  readonly reader: UsageReader;
  /** Whose stored snapshots may answer. */
  readonly readers: readonly ReaderId[];
  readonly store: Pick<SnapshotStore, "save" | "latest">;
  readonly site: Site;
}

/** What answers questions of a reading; the history is large, and stays in the store alone. */
type Answers = Omit<UsageReading, "history">;

/** Reads Graph once for all who ask meanwhile, and keeps what was read complete. */
export function createUsageCollector(parts: CollectorParts): UsageCollector {
  const { reader, readers, store, site } = parts;

  async function latest(period: Period): Promise<UsageSnapshot | undefined> {
    return store.latest(await site.source(), period, readers);
  }

  const single = createSingleReading<Period, UsageReading, Answers>({
    name: "usage",
    read: async (period, options) => {
      const reading = await reader.read(period, options);
      return { ...reading, took: since(reading.readAt, site.clock) };
    },
    save: async (reading) => store.save(await site.source(), reading),
    stored: storedReading,
    site,
  });

  /** The reading that the period was read with, and what else that one brought. */
  async function storedReading(period: Period): Promise<Answers | undefined> {
    const asked = await latest(period);
    if (!asked) {
      return undefined;
    }
    const {
      period: _period,
      from: _from,
      to: _to,
      rows: _rows,
      sums: _sums,
      people: _people,
      ...reading
    } = asked;
    const others = await Promise.all(PERIODS.filter((other) => other !== period).map(latest));
    const isOfTheSame = (other: UsageSnapshot): boolean =>
      other.reader === asked.reader && other.readAt.getTime() === asked.readAt.getTime();
    const summaries = [asked, ...others.filter((other) => other !== undefined).filter(isOfTheSame)];
    return { ...reading, summaries };
  }

  /** A reading for another period may cover this one too (events do); if not, this one gets its own. */
  async function follow(period: Period, run: Run<Period, Answers>, askedAt: Date): Promise<UsageSnapshot> {
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
    return snapshot ?? follow(period, single.running() ?? single.start(period, askedAt), askedAt);
  }

  return {
    collection: "usage",
    latest,
    collect(period, askedAt) {
      const last = single.endedSince(askedAt);
      const ended = last && snapshotOf(last, period);
      if (ended) {
        return { progress: () => NOTHING_YET, done: Promise.resolve(ended) };
      }
      const joined = single.running() ?? single.start(period, askedAt);
      return {
        progress: () => (single.running() ?? joined).progress,
        done: follow(period, joined, askedAt),
      };
    },
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
