import type { Site } from "../../src/collect/one-place.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { TIMINGS } from "../../src/kernel/timings.ts";
import type { CollectionState, CollectionStore } from "../../src/ports/collections.ts";
import { newSource } from "../store/readings.ts";

const BEAT = TIMINGS.collectionLease / 4;

/** A process that is alone: it always gets what it claims. What came of it is kept as a store would. */
export function loneSite(parts: Pick<Site, "clock" | "log">, source = newSource()): Site {
  const states = new Map<string, CollectionState>();
  const collections: CollectionStore = {
    claim: async (_source, name) => ({ kind: "claimed", before: states.get(name) }),
    beat: async () => true,
    release: async () => undefined,
    states: async () => [...states.values()],
    async end(_source, name, _holder, at, end) {
      const before = states.get(name);
      states.set(
        name,
        end.kind === "complete"
          ? { name, last: { at }, complete: { ...end.collected, at } }
          : {
              ...before,
              name,
              last: { at, fault: end.fault },
              ...(end.suspect && { suspect: end.suspect }),
            },
      );
    },
  };
  return {
    collections,
    source: async () => source,
    holder: "this process",
    timings: TIMINGS,
    clock: withoutBeats(parts.clock),
    log: parts.log,
  };
}

/** Time that moves by sleeping would run away while a reading says that it is alive. */
function withoutBeats(clock: Clock): Clock {
  return {
    now: clock.now,
    sleep: (milliseconds, signal) =>
      milliseconds === BEAT && signal
        ? new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
          )
        : clock.sleep(milliseconds, signal),
  };
}
