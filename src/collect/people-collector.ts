import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { PeopleCountReader, PeopleReaderId, PeopleReading, PeopleStore } from "../ports/people.ts";
import type { UsageSource } from "../ports/usage.ts";
import {
  type CollectionOf,
  createSingleReading,
  NOTHING_YET,
  type ReadingProblem,
} from "./single-reading.ts";

export interface PeopleCollector {
  /** The newest complete counts, or undefined; none where other groups were left out than are now. */
  latest(): Promise<PeopleReading | undefined>;
  /** Starts a reading, or joins the one that is under way. One that ended after `askedAt` is not repeated. */
  collect(askedAt: Date): CollectionOf<PeopleReading>;
  /** Of the last reading that failed since the start; undefined when none did. */
  lastProblem(): ReadingProblem | undefined;
  /** Stops what is under way; its waiters are rejected. */
  stop(): Promise<void>;
}

interface CollectorParts {
  readonly reader: PeopleCountReader;
  /** Whose stored counts may answer. */
  readonly readers: readonly PeopleReaderId[];
  /** Object ids of the groups whose members are left out where that is possible. */
  readonly excludeGroups: readonly string[];
  readonly store: PeopleStore;
  readonly source: () => Promise<UsageSource>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Counts people once for all who ask meanwhile, reports and digests alike, and keeps what was read complete. */
export function createPeopleCollector(parts: CollectorParts): PeopleCollector {
  const { reader, readers, excludeGroups, store, source, clock, log } = parts;
  const single = createSingleReading<void, PeopleReading>({
    name: "people",
    async readAndSave(_asked, options) {
      const reading = await reader.read(options);
      await store.save(await source(), reading);
      return reading;
    },
    facts: ({ reader: id, pages, rowsRead }) => ({ reader: id, pages, rows: rowsRead }),
    clock,
    log,
  });

  return {
    async latest() {
      const reading = await store.latest(await source(), readers);
      return reading && leavesOut(reading, excludeGroups) ? reading : undefined;
    },
    collect(askedAt) {
      const ended = single.endedSince(askedAt);
      if (ended) {
        return { progress: () => NOTHING_YET, done: Promise.resolve(ended) };
      }
      const run = single.running() ?? single.start();
      return { progress: () => run.progress, done: run.reading };
    },
    lastProblem: () => single.lastProblem(),
    stop: () => single.stop(),
  };
}

/** Lists are read live, so counts from before the setting was changed would contradict them. */
function leavesOut({ reader, excludeGroups = [] }: PeopleReading, groups: readonly string[]): boolean {
  return reader !== "details" || JSON.stringify(excludeGroups) === JSON.stringify(groups.toSorted());
}
