import type { PersonIndex } from "../ports/usage.ts";

/**
 * The people of one collection, known by a keyed hash while it runs: those of the events, for the report of people that
 * is read after them. Outside of a collection every reading has its own and drops it.
 */
export interface Cohort {
  /** For a reading of events that begins. */
  begin(): PersonIndex | undefined;
  /** For a reading of people: undefined where no events were read in this collection. */
  current(): PersonIndex | undefined;
  /** Runs a collection; with its end, or that of the last one of several at once, the key and the hashes are gone. */
  during<T>(collection: () => Promise<T>): Promise<T>;
}

export function createCohort(create: () => PersonIndex): Cohort {
  let running = 0;
  let current: PersonIndex | undefined;
  return {
    begin() {
      current = running > 0 ? create() : undefined;
      return current;
    },
    current: () => current,
    async during(collection) {
      running += 1;
      try {
        return await collection();
      } finally {
        running -= 1;
        current = running > 0 ? current : undefined;
      }
    },
  };
}
