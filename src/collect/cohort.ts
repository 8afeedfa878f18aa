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
  /** Runs a collection; with its end the key and the hashes are gone. */
  during<T>(collection: () => Promise<T>): Promise<T>;
}

export function createCohort(create: () => PersonIndex): Cohort {
  let isHeld = false;
  let current: PersonIndex | undefined;
  return {
    begin() {
      current = isHeld ? create() : undefined;
      return current;
    },
    current: () => current,
    async during(collection) {
      isHeld = true;
      try {
        return await collection();
      } finally {
        isHeld = false;
        current = undefined;
      }
    },
  };
}
