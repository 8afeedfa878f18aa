import type { PeopleDay, PeopleDays } from "../ports/people-history.ts";
import type { PeopleTrend } from "../reports/trend/people-trend.ts";
import type { TrendWeek } from "../reports/trend/weeks.ts";
import type { Week } from "./calendar.ts";

/**
 * The last count within each week; the last of the weeks is the running one. Weeks before the first count are left out.
 * Undefined where no count lies in any of them.
 */
export function peopleWeeks(
  { reader, scope, days, others }: PeopleDays,
  spans: readonly Week[],
): PeopleTrend | undefined {
  const weeks = spans.map((span): TrendWeek<PeopleDay> => {
    const numbers = days.findLast(({ readAt }) => readAt >= span.from && readAt < span.to);
    return numbers ? { ...span, numbers } : { ...span, gap: { kind: "uncounted" } };
  });
  const first = weeks.findIndex((week) => "numbers" in week);
  const [since, last] = [days[0], days.at(-1)];
  return first < 0 || !since || !last
    ? undefined
    : {
        reader,
        scope,
        readAt: last.readAt,
        since: since.readAt,
        asked: spans.length,
        weeks: weeks.slice(first),
        others,
      };
}
