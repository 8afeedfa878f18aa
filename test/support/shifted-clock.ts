import { type Clock, systemClock } from "../../src/kernel/clock.ts";

/** Whoever sleeps for longer looks at the clock so often: it may have been moved while nobody slept. */
const LONG = 10_000;
const LOOK = 200;

/** Runs like the clock of the machine, at another time, which a test can move; who sleeps is woken by that. */
export function shiftedClock(start: Date): Clock & { moveTo(instant: Date): void } {
  let offset = start.getTime() - Date.now();
  const sleepers = new Set<AbortController>();
  return {
    now: () => new Date(Date.now() + offset),
    async sleep(milliseconds, signal) {
      const woken = new AbortController();
      sleepers.add(woken);
      try {
        const either = AbortSignal.any([woken.signal, ...(signal ? [signal] : [])]);
        await systemClock.sleep(milliseconds > LONG ? LOOK : milliseconds, either);
      } catch (thrown) {
        if (!woken.signal.aborted) {
          throw thrown;
        }
      } finally {
        sleepers.delete(woken);
      }
    },
    moveTo(instant) {
      offset = instant.getTime() - Date.now();
      for (const sleeper of sleepers) {
        sleeper.abort();
      }
    },
  };
}
