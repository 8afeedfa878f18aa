import type { DailyReport, DayCounts, DaysStore, StoredDay } from "../ports/days.ts";
import type { UsageSource } from "../ports/usage.ts";
import type { DayWeeks } from "../reports/trend/helpdesk-trend.ts";
import type { Gap, TrendWeek } from "../reports/trend/weeks.ts";
import { isSettled, lastWholeWeek, type Week, weekOf } from "./calendar.ts";
import { weeksUpTo } from "./usage-weeks.ts";

type Span = Omit<Week, "week">;

const DAY = 86_400_000;
const UTC = "UTC";

/** The last whole weeks (UTC), the oldest first. */
export function utcWeeks(now: Date, count: number): readonly Week[] {
  return weeksUpTo(lastWholeWeek(now, UTC), UTC, count);
}

/**
 * Whole weeks of stored days. A week of which a day is missing, or was read before it was over, is a gap: no row is not
 * a zero. Weeks before the first stored day are left out.
 */
export function dayWeeks<Report extends DailyReport>(
  stored: readonly StoredDay<Report>[],
  spans: readonly Week[],
): DayWeeks<Report> {
  const [first] = stored;
  if (!first) {
    return { weeks: [], mayGrow: false };
  }
  const since = beginOf(first.day);
  const lastWhole = stored.findLast(isWhole);
  const end = lastWhole ? endOf(lastWhole.day) : since;
  const weeks = spans
    .filter(({ to }) => to > since)
    .map((span): TrendWeek<readonly DayCounts[Report][]> => {
      const days = wholeDays(stored, span);
      return days ? { ...span, numbers: days.map(({ counts }) => counts) } : { ...span, gap: gapOf(span) };
    });
  const last = spans.at(-1);
  return { weeks, since, mayGrow: last !== undefined && mayGrow(wholeDays(stored, last) ?? []) };

  function gapOf({ from, to }: Week): Gap {
    if (from < since) {
      return { kind: "begins", at: since };
    }
    return end < to ? { kind: "ends", at: end } : { kind: "unsure" };
  }
}

/**
 * Resets of seven days (UTC) by who made them; undefined where not all of the days are stored as they were after their
 * end.
 */
export async function resetsWithin(
  store: Pick<DaysStore, "days">,
  source: UsageSource,
  span: Span,
): Promise<
  { readonly selfService: number; readonly byAdmins: number; readonly mayGrow: boolean } | undefined
> {
  const days = wholeDays(await store.days(source, "passwords", span.from), span);
  return (
    days && {
      selfService: days.reduce((sum, { counts }) => sum + counts.resetsSelfService, 0),
      byAdmins: days.reduce((sum, { counts }) => sum + counts.resetsByAdmin, 0),
      mayGrow: mayGrow(days),
    }
  );
}

/** The seven days that end with the last midnight (UTC) up to an instant. */
export function sevenDaysTo(instant: Date): Span {
  const to = Math.floor(instant.getTime() / DAY) * DAY;
  return { from: new Date(to - 7 * DAY), to: new Date(to) };
}

/** The week of UTC with the same number as a week of any zone: both hold the middle of it. */
export function sameWeekInUtc({ from, to }: Span): Span {
  return weekOf(new Date((from.getTime() + to.getTime()) / 2), UTC);
}

/** All days of a span; undefined where one is missing or was read before its end. */
function wholeDays<Report extends DailyReport>(
  stored: readonly StoredDay<Report>[],
  { from, to }: Span,
): readonly StoredDay<Report>[] | undefined {
  const days = stored.filter((day) => beginOf(day.day) >= from && beginOf(day.day) < to && isWhole(day));
  return days.length * DAY === to.getTime() - from.getTime() ? days : undefined;
}

function isWhole({ day, readAt }: StoredDay<DailyReport>): boolean {
  return readAt >= endOf(day);
}

/** One of the days was read before Graph had all of it. */
function mayGrow(days: readonly StoredDay<DailyReport>[]): boolean {
  return days.some(({ day, readAt }) => !isSettled(endOf(day), readAt));
}

function beginOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function endOf(day: string): Date {
  return new Date(beginOf(day).getTime() + DAY);
}
