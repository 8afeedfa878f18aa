import { remembered } from "../kernel/remembered.ts";
import type { Audience } from "./audience.ts";

/** Figures and times as finished text for one audience. */
export interface Format {
  number(value: number): string;
  /** A count of people in a breakdown: "fewer than 5" where it is below the audience's floor; nobody is "0". */
  people(value: number): string;
  /** Whether `people` keeps a count back; then no share and no change of it may be told either. */
  isFew(value: number): boolean;
  /** As `number`, but compact from a million on ("1.23M"), for narrow columns. */
  short(value: number): string;
  /** "86 %"; ">99 %" and "<1 %" where rounding would hide the last failure or the only success. */
  percent(part: number, whole: number): string;
  /** "21 Nov 2026" in the audience's zone. */
  day(date: Date): string;
  /** "22 Oct – 21 Nov 2026": the year of the first day only where it differs. */
  days(from: Date, to: Date): string;
  /** "20 Nov 14:00 – 21 Nov 14:32 (Europe/Berlin)". */
  hours(from: Date, to: Date): string;
  /** "today 14:32 (Europe/Berlin)", "yesterday …", "tomorrow …" or a date. */
  moment(date: Date): string;
  /** Time gone by from `date` to now: whole minutes, from an hour on hours, from two days on days. */
  age(date: Date): string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const COMPACT_FROM = 1_000_000;

/**
 * A tag that `Intl` does not know falls back to English figures, a zone it does not know to UTC: a wrong
 * setting of one client must not take the answer away. A time always carries its zone.
 */
export function createFormat({ words, locale, timeZone, now, smallGroupFloor = 0 }: Audience): Format {
  const tag = knownLocale(locale);
  const zone = knownZone(timeZone);
  const whole = wholeNumbers(tag);
  const partsOf = calendarOf(zone);
  const compact = compactNumbers(tag);
  const { dates, figures } = words;

  const month = (parts: Parts): string => dates.months[parts.month - 1] ?? String(parts.month);
  const withYear = (parts: Parts): string => dates.dayOfYear(parts.day, month(parts), parts.year);
  const withoutYear = (parts: Parts): string => dates.day(parts.day, month(parts));
  const dated = (parts: Parts, reference: Parts): string =>
    parts.year === reference.year ? withoutYear(parts) : withYear(parts);

  function relative(date: Date): string {
    const parts = partsOf(date);
    const today = partsOf(now);
    const near = new Map([
      [0, dates.today],
      [-1, dates.yesterday],
      [1, dates.tomorrow],
    ]);
    return dates.moment(near.get(dayNumber(parts) - dayNumber(today)) ?? dated(parts, today), parts.time);
  }

  const isFew = (value: number): boolean => value > 0 && value < smallGroupFloor;

  return {
    number: (value) => whole.format(value),
    people: (value) =>
      isFew(value) ? figures.fewerThan(whole.format(smallGroupFloor)) : whole.format(value),
    isFew,
    // "1,49 Mrd." has to break at its blank, not within the word.
    short: (value) =>
      value < COMPACT_FROM ? whole.format(value) : compact.format(value).replaceAll("\u00a0", " "),
    percent(part, total) {
      const rounded = Math.round((100 * part) / total);
      if (rounded >= 100 && part < total) {
        return figures.almost(figures.percent(whole.format(99)));
      }
      if (rounded <= 0 && part > 0) {
        return figures.hardly(figures.percent(whole.format(1)));
      }
      return figures.percent(whole.format(rounded));
    },
    day: (date) => withYear(partsOf(date)),
    days(from, to) {
      const last = partsOf(to);
      return dates.range(dated(partsOf(from), last), withYear(last));
    },
    hours(from, to) {
      const [first, last] = [partsOf(from), partsOf(to)];
      const start = dates.moment(dated(first, last), first.time);
      return dates.zoned(dates.range(start, dates.moment(withoutYear(last), last.time)), zone);
    },
    moment: (date) => dates.zoned(relative(date), zone),
    age(date) {
      const elapsed = Math.max(0, now.getTime() - date.getTime());
      if (elapsed < HOUR) {
        return dates.minutes(Math.floor(elapsed / MINUTE));
      }
      return elapsed < 2 * DAY
        ? dates.hours(Math.floor(elapsed / HOUR))
        : dates.days(Math.floor(elapsed / DAY));
    },
  };
}

/** "21 Nov 2026 14:32 UTC": for references that are compared with logs. */
export function utcStamp({ words, now }: Pick<Audience, "words" | "now">): string {
  const parts = calendarOf("UTC")(now);
  const month = words.dates.months[parts.month - 1] ?? String(parts.month);
  return `${words.dates.moment(words.dates.dayOfYear(parts.day, month, parts.year), parts.time)} UTC`;
}

export interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** "14:32". */
  readonly time: string;
}

const wholeNumbers = remembered((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }));
const compactNumbers = remembered(
  (tag) => new Intl.NumberFormat(tag, { notation: "compact", maximumSignificantDigits: 3 }),
);

/** Calendar parts in a zone. The order and names of a language are left to its words: ICU changes them. */
export const calendarOf = remembered((timeZone): ((date: Date) => Parts) => {
  const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (date) => {
    const part = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
    return {
      year: Number(part.get("year")),
      month: Number(part.get("month")),
      day: Number(part.get("day")),
      time: `${part.get("hour")}:${part.get("minute")}`,
    };
  };
});

export function dayNumber({ year, month, day }: Parts): number {
  return Date.UTC(year, month - 1, day) / DAY;
}

const knownLocale = remembered((tag): string => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0] ?? "en";
  } catch {
    return "en";
  }
});

/** The zone as `Intl` names it; UTC for one that it does not know. */
export const knownZone = remembered((timeZone): string => {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
});
