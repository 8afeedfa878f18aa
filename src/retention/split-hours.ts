import { setImmediate as nextTurn } from "node:timers/promises";

const QUARTER = 15 * 60_000;
const HOUR = 4 * QUARTER;
const DAY = 24 * HOUR;

/**
 * The hours (UTC) from one time to another within which a day begins in some time zone: India is 5:30 ahead of UTC, so
 * its days begin at 18:30 UTC, and that hour must stay quarters for the sum of a day or week there. Hours that no day
 * begins in can be folded without a change of any day's or week's sum.
 *
 * Zones are the named ones of the IANA database (`Intl.supportedValuesOf("timeZone")`), each with the offset that it has
 * on that date. Where clocks are changed, every quarter of the day is looked at, so that a day whose midnight the clocks
 * leave out is right, too. Zone by zone, with a turn for everything else in between.
 */
export async function splitHours(from: Date, to: Date, signal?: AbortSignal): Promise<ReadonlySet<number>> {
  const hours = new Set<number>();
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    for (const begin of beginsOfDays(zone, from.getTime(), to.getTime())) {
      if (begin % HOUR !== 0) {
        hours.add(Math.floor(begin / HOUR) * HOUR);
      }
    }
    await nextTurn();
    signal?.throwIfAborted();
  }
  return hours;
}

/** The instants from one time to another at which a new date begins in a zone, by quarters. */
function* beginsOfDays(zone: string, from: number, to: number): Iterable<number> {
  const offsetAt = offsetsOf(zone);
  let offset = offsetAt(from);
  for (let day = from; day < to; day += DAY) {
    const end = Math.min(day + DAY, to);
    const next = offsetAt(end);
    if (next === offset) {
      const begin = day + modulo(-(day + offset), DAY);
      if (begin < end) {
        yield begin;
      }
    } else {
      yield* changesOfDate(offsetAt, day, end);
    }
    offset = next;
  }
}

function* changesOfDate(offsetAt: (instant: number) => number, from: number, to: number): Iterable<number> {
  const dateAt = (instant: number): number => Math.floor((instant + offsetAt(instant)) / DAY);
  let before = dateAt(from - 1);
  for (let quarter = from; quarter < to; quarter += QUARTER) {
    const date = dateAt(quarter);
    if (date !== before) {
      yield quarter;
    }
    before = date;
  }
}

/** Milliseconds that the clocks of a zone are ahead of UTC. */
function offsetsOf(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  return (instant) => {
    // "11/22/2026, GMT+05:30"; UTC itself is "GMT".
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(instant)) ?? [];
    const ahead = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * 60_000;
    return sign === "-" ? -ahead : ahead;
  };
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
