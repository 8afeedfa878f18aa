import type { Audience } from "./audience.ts";
import { calendarOf, dayNumber, knownZone, type Parts } from "./format.ts";

/** Days, weeks and runs of a schedule as finished text. */
export interface Days {
  /** "Mon 9 – Sun 15 Nov 2026"; `to` is not included. */
  week(from: Date, to: Date): string;
  /** "24 Nov". */
  day(date: Date): string;
  /** "Tue 24 Nov". */
  weekday(date: Date): string;
  /** "Tue 24 Nov 2026". */
  fullDay(date: Date): string;
  /** "13:00". */
  time(date: Date): string;
  /** "Tue 17 Nov 13:00 (Europe/Berlin)". */
  moment(date: Date): string;
  /** The zone they are told in. */
  readonly zone: string;
}

/** In the zone of the audience; an unknown zone is taken as UTC. */
export function createDays({ words: { dates }, timeZone }: Pick<Audience, "words" | "timeZone">): Days {
  const zone = knownZone(timeZone);
  const partsOf = calendarOf(zone);
  const month = (parts: Parts): string => dates.months[parts.month - 1] ?? String(parts.month);
  const dayMonth = (parts: Parts): string => dates.day(parts.day, month(parts));
  const withYear = (parts: Parts): string => dates.dayOfYear(parts.day, month(parts), parts.year);
  const named = (parts: Parts, day: string): string =>
    dates.onWeekday(dates.weekdaysShort[weekdayOf(parts) - 1] ?? "", day);

  function firstDay(first: Parts, last: Parts): string {
    if (first.year !== last.year) {
      return withYear(first);
    }
    return first.month === last.month ? String(first.day) : dayMonth(first);
  }

  return {
    zone,
    week(from, to) {
      const [first, last] = [partsOf(from), partsOf(new Date(to.getTime() - 1))];
      return dates.range(named(first, firstDay(first, last)), named(last, withYear(last)));
    },
    day: (date) => dayMonth(partsOf(date)),
    weekday: (date) => named(partsOf(date), dayMonth(partsOf(date))),
    fullDay: (date) => named(partsOf(date), withYear(partsOf(date))),
    time: (date) => partsOf(date).time,
    moment(date) {
      const parts = partsOf(date);
      return dates.zoned(dates.moment(named(parts, dayMonth(parts)), parts.time), zone);
    },
  };
}

/** "UTC+1", as a zone stands at that moment. ICU writes zero with and without a figure. */
export function offsetOf(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "shortOffset" });
  const name = parts.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return name === "GMT" ? "UTC+0" : name.replace("GMT", "UTC");
}

/** The first of January 1970 was a Thursday; Monday is 1. */
function weekdayOf(parts: Parts): number {
  return ((((dayNumber(parts) + 3) % 7) + 7) % 7) + 1;
}
