import { DateTime, IANAZone } from "luxon";
import { AppError } from "../kernel/problem.ts";
import { remembered } from "../kernel/remembered.ts";
import type { Schedule } from "../ports/digest.ts";

/** Monday to Sunday as the clocks of a place show it; with daylight saving it may last 167 or 169 hours. */
export interface Week {
  /** ISO 8601: "2026-W46". */
  readonly week: string;
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

const HOUR = 3_600_000;

/** Rows of sign-in activity may be missing for so long (learn.microsoft.com/entra, "Authentication methods activity"). */
const GRAPH_LAG = 36 * HOUR;

/**
 * The week that an instant lies in. Throws INTERNAL for a zone that is not in the IANA database. No zone of it has
 * set its clocks back from a Monday to a Sunday since 1970; such an hour would count to the old week.
 */
export function weekOf(instant: Date, timeZone: string): Week {
  const zone = zoneOf(timeZone);
  return weekFrom(mondayOf(instant, zone), zone);
}

export function weekBefore({ from }: Week, timeZone: string): Week {
  return weekOf(new Date(from.getTime() - 1), timeZone);
}

/** The latest week that is wholly over. */
export function lastWholeWeek(instant: Date, timeZone: string): Week {
  return weekBefore(weekOf(instant, timeZone), timeZone);
}

/** The same time of day so many weeks later, as clocks in the zone show it. */
export function plusWeeks(instant: Date, weeks: number, timeZone: string): Date {
  return DateTime.fromJSDate(instant, { zone: zoneOf(timeZone) })
    .plus({ weeks })
    .toJSDate();
}

/** All of a week that ended at `to` has arrived in Graph's reports. */
export function isSettled(to: Date, at: Date): boolean {
  return at.getTime() - to.getTime() >= GRAPH_LAG;
}

/**
 * The first run after an instant, never at it. An hour that does not exist on its day moves to the first one that
 * does, and of an hour that comes twice it is the first. Throws INTERNAL for an unknown zone or a time that is
 * not "HH:MM".
 */
export function nextDue(schedule: Schedule, after: Date): Date {
  const zone = zoneOf(schedule.timeZone);
  const time = timeOf(schedule.time);
  const day = mondayOf(after, zone).plus({ days: schedule.day - 1 });
  for (let weeks = 0; ; weeks += 1) {
    const due = firstAt(day.plus({ weeks }).set(time), zone);
    if (due > after) {
      return due;
    }
  }
}

/** Weeks for which somebody still wants to know that their digest was missed. */
const OWED = 8;

/** The first run that is owed, of those from `due` on: what is older than two months is passed over. */
export function firstOwed(schedule: Schedule, due: Date, now: Date): Date {
  const oldest = plusWeeks(now, -OWED, schedule.timeZone);
  return due < oldest ? nextDue(schedule, oldest) : due;
}

/** The next `count` runs after an instant. */
export function nextRuns(schedule: Schedule, after: Date, count: number): readonly Date[] {
  const runs: Date[] = [];
  for (let last = after; runs.length < count; ) {
    last = nextDue(schedule, last);
    runs.push(last);
  }
  return runs;
}

/** The Monday, 00:00, of what the calendar on the wall shows; like all wall-clock time here it is kept as if UTC. */
function mondayOf(instant: Date, zone: IANAZone): DateTime {
  return wallClock(instant.getTime(), zone).startOf("week");
}

function weekFrom(monday: DateTime, zone: IANAZone): Week {
  return {
    week: monday.toFormat("kkkk-'W'WW"),
    from: firstAt(monday, zone),
    to: firstAt(monday.plus({ weeks: 1 }), zone),
  };
}

/** The first instant at which the clocks show this time or, where they leave it out, a later one. */
function firstAt(wall: DateTime, zone: IANAZone): Date {
  const shown = wall.toMillis();
  // No zone is further from UTC than 14 hours, and none changes its clocks twice within three days.
  const before = offsetAt(shown - 36 * HOUR, zone);
  const after = offsetAt(shown + 36 * HOUR, zone);
  const candidates = [shown - before, shown - after].sort((a, b) => a - b);
  const [first, second] = candidates as [number, number];
  const found = candidates.find((instant) => instant + offsetAt(instant, zone) === shown);
  return new Date(found ?? changeWithin(first, second, zone));
}

/** When the clocks are changed between two instants. */
function changeWithin(from: number, to: number, zone: IANAZone): number {
  let [early, late] = [from, to];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(middle, zone) === offsetAt(from, zone)) {
      early = middle;
    } else {
      late = middle;
    }
  }
  return late;
}

function wallClock(instant: number, zone: IANAZone): DateTime {
  return DateTime.fromMillis(instant + offsetAt(instant, zone), { zone: "utc" });
}

/** Milliseconds that the clocks are ahead of UTC. */
function offsetAt(instant: number, zone: IANAZone): number {
  return zone.offset(instant) * 60_000;
}

const zoneOf = remembered((timeZone): IANAZone => {
  if (!IANAZone.isValidZone(timeZone)) {
    throw new AppError("INTERNAL", { detail: `"${timeZone}" is not a time zone of the IANA database.` });
  }
  return IANAZone.create(timeZone);
});

function timeOf(time: string): { readonly hour: number; readonly minute: number } {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (!hour || !minute) {
    throw new AppError("INTERNAL", { detail: `"${time}" is not a time of day like 13:00.` });
  }
  return { hour: Number(hour), minute: Number(minute) };
}
