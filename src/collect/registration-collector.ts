import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { RegistrationReader, RegistrationReading, RegistrationStore } from "../ports/registration.ts";
import type { UsageSource } from "../ports/usage.ts";
import { type CollectionOf, createSingleReading, NOTHING_YET } from "./single-reading.ts";

export interface RegistrationCollector {
  /** The newest complete numbers, or undefined. */
  latest(): Promise<RegistrationReading | undefined>;
  /** Starts a reading, or joins the one that is under way. One that ended after `askedAt` is not repeated. */
  collect(askedAt: Date): CollectionOf<RegistrationReading>;
  /** Stops what is under way; its waiters are rejected. */
  stop(): Promise<void>;
}

interface CollectorParts {
  readonly reader: RegistrationReader;
  readonly store: RegistrationStore;
  readonly source: () => Promise<UsageSource>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reads who is registered once for all who ask meanwhile, and keeps what was read complete. */
export function createRegistrationCollector(parts: CollectorParts): RegistrationCollector {
  const { reader, store, source, clock, log } = parts;
  const single = createSingleReading<void, RegistrationReading>({
    name: "registrations",
    async readAndSave(_asked, options) {
      const reading = await reader.read(options);
      await store.save(await source(), reading);
      return reading;
    },
    facts: ({ pages, rowsRead }) => ({ pages, rows: rowsRead }),
    clock,
    log,
  });

  return {
    async latest() {
      return store.latest(await source());
    },
    collect(askedAt) {
      const ended = single.endedSince(askedAt);
      if (ended) {
        return { progress: () => NOTHING_YET, done: Promise.resolve(ended) };
      }
      const run = single.running() ?? single.start();
      return { progress: () => run.progress, done: run.reading };
    },
    stop: () => single.stop(),
  };
}
