import { type Clock, systemClock } from "../../src/kernel/clock.ts";

/** Runs like the clock of the machine, at another time, which a test can move; who sleeps is woken by that. */
export function shiftedClock(start: Date): Clock & { moveTo(instant: Date): void } {
  let offset = start.getTime() - Date.now();
  const moves = new EventTarget();
  return {
    now: () => new Date(Date.now() + offset),
    async sleep(milliseconds, signal) {
      const moved = new Promise<void>((resolve) => {
        moves.addEventListener("move", () => resolve(), { once: true });
      });
      await Promise.race([systemClock.sleep(milliseconds, signal), moved]);
    },
    moveTo(instant) {
      offset = instant.getTime() - Date.now();
      moves.dispatchEvent(new Event("move"));
    },
  };
}
