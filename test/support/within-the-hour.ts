import { type Clock, systemClock } from "../../src/kernel/clock.ts";

/**
 * A clock that begins ten minutes after the full hour and goes on as time does. Graph's reports count whole
 * hours, so what is read before and after a full hour differs.
 */
export function clockWithinTheHour(): Clock {
  const hour = 3_600_000;
  const offset = hour / 6 - (Date.now() % hour);
  return { now: () => new Date(Date.now() + offset), sleep: systemClock.sleep };
}
