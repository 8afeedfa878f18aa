import type { PeopleCountReader, PeopleReaderId, PeopleReading, PeopleStore } from "../ports/people.ts";
import type { Site } from "./one-place.ts";
import { type CollectionOf, createSingleReading } from "./single-reading.ts";

export interface PeopleCollector {
  readonly collection: "people";
  /** The newest complete counts, or undefined; none where other groups were left out than are now. */
  latest(): Promise<PeopleReading | undefined>;
  /** Starts a reading, or joins the one that is under way. One that ended after `askedAt` is not repeated. */
  collect(askedAt: Date): CollectionOf<PeopleReading>;
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
  readonly site: Site;
}

/** Counts people once for all who ask meanwhile, reports and digests alike, and keeps what was read complete. */
export function createPeopleCollector(parts: CollectorParts): PeopleCollector {
  const { reader, readers, excludeGroups, store, site } = parts;

  async function latest(): Promise<PeopleReading | undefined> {
    const reading = await store.latest(await site.source(), readers);
    return reading && leavesOut(reading, excludeGroups) ? reading : undefined;
  }

  const single = createSingleReading<void, PeopleReading, PeopleReading>({
    name: "people",
    read: (_asked, options) => reader.read(options),
    save: async (reading) => store.save(await site.source(), reading),
    stored: latest,
    site,
  });

  return {
    collection: "people",
    latest,
    collect: (askedAt) => single.collect(undefined, askedAt),
    stop: () => single.stop(),
  };
}

/** Lists are read live, so counts from before the setting was changed would contradict them. */
function leavesOut({ reader, excludeGroups = [] }: PeopleReading, groups: readonly string[]): boolean {
  return reader !== "details" || JSON.stringify(excludeGroups) === JSON.stringify(groups.toSorted());
}
