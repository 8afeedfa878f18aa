import { dayOf, type ServiceChange } from "../../reference/service-changes.ts";
import { dayText } from "../announced.ts";
import { isKnown, type WeeksTelling } from "../trend/weeks.ts";
import { LEAST_WEEKS, type WeekCount, weeklyPace } from "./pace.ts";
import type { PhoneCount, PhoneWeek } from "./phone-weeks.ts";

const WEEK = 7 * 86_400_000;
/** So far ahead, and no farther, a pace is reckoned on. */
const LONGEST = 52;

/**
 * The pace of the whole weeks, and what it makes of the newest count: who would be left on the announced day, and when
 * nobody would be. Nothing of counts that are kept back, and nothing beyond a year.
 */
export function paceLines(
  weeks: readonly PhoneWeek[],
  end: ServiceChange | undefined,
  now: Date,
  telling: WeeksTelling,
): string[] {
  const { words, format } = telling;
  const { pace: told } = words.reports.phoneRetirement;
  const counted = weeks.filter(isKnown).map(({ numbers }) => numbers);
  const newest = counted.at(-1);
  if (!newest || counted.some(({ count }) => format.isFew(count))) {
    return [];
  }
  const pace = weeklyPace(wholeWeeks(weeks, now));
  switch (pace.kind) {
    case "few":
      return [told.few(format.number(pace.weeks), format.number(LEAST_WEEKS))];
    case "unclear":
      return [told.unclear];
    case "rises":
      return [told.rises(format.number(pace.perWeek), format.number(pace.weeks))];
    case "falls":
      return [
        told.falls(format.number(pace.perWeek), format.number(pace.weeks)),
        ...(newest.count > 0 ? arithmetic(newest, pace.perWeek, end, now, telling) : []),
      ];
  }
}

function arithmetic(
  newest: PhoneCount,
  perWeek: number,
  end: ServiceChange | undefined,
  now: Date,
  telling: WeeksTelling,
): string[] {
  const { words, format } = telling;
  const { pace: told } = words.reports.phoneRetirement;
  const needed = newest.count / perWeek;
  const done = new Date(newest.readAt.getTime() + needed * WEEK);
  const isDoneInTime = end !== undefined && done <= dayOf(end);
  const until = end ? (dayOf(end).getTime() - newest.readAt.getTime()) / WEEK : 0;
  const isAhead = end !== undefined && dayOf(end) > now && until <= LONGEST;
  const left =
    isAhead && !isDoneInTime
      ? [told.left(format.people(leftOn(until, newest, perWeek)), dayText(end.date, words, now))]
      : [];
  return [...left, needed > LONGEST ? told.tooFar : told.done(format.day(done))];
}

/** Where it is not done by then, somebody is left, also where rounding says nobody. */
function leftOn(weeks: number, { count }: PhoneCount, perWeek: number): number {
  return Math.max(1, Math.round(count - weeks * perWeek));
}

/** The running week has only some of its days, so its change is none of a week. */
function wholeWeeks(weeks: readonly PhoneWeek[], now: Date): WeekCount[] {
  return weeks.flatMap((week, index) =>
    isKnown(week) && week.to <= now ? [{ week: index, count: week.numbers.count }] : [],
  );
}
