import type { PeopleTrend } from "../../../src/reports/trend/people-trend.ts";
import { isKnown } from "../../../src/reports/trend/weeks.ts";
import { peopleTrend } from "../trend/samples.ts";

/** Counts of people with a phone alone, of the last weeks; the last one is the running week. */
export function phoneTrend(
  phoneOnly: readonly (number | undefined)[],
  more: Partial<PeopleTrend> = {},
): PeopleTrend {
  const trend = peopleTrend(phoneOnly, more);
  return {
    ...trend,
    weeks: trend.weeks.map((week, index) => {
      const count = phoneOnly[index];
      if (!isKnown(week) || count === undefined) {
        return week;
      }
      const { counts, readAt } = week.numbers;
      return { ...week, numbers: { readAt, counts: { ...counts, phoneOnly: count } } };
    }),
  };
}
