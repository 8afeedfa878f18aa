import { weekOf } from "../../../src/digest/calendar.ts";
import { weeksUpTo } from "../../../src/digest/usage-weeks.ts";
import type { Question } from "../../../src/language/question.ts";
import type { PeopleDay } from "../../../src/ports/people-history.ts";
import type { UsageRow } from "../../../src/ports/usage.ts";
import { SERVICE_CHANGES } from "../../../src/reference/service-changes.ts";
import type { PeopleTrend } from "../../../src/reports/trend/people-trend.ts";
import type { UsageTrend } from "../../../src/reports/trend/usage-trend.ts";
import type { TrendWeek } from "../../../src/reports/trend/weeks.ts";
import { MEMBERS } from "../../views/people-samples.ts";
import { AUDIENCE, NOW, usageRow } from "../../views/samples.ts";

const ZONE = AUDIENCE.timeZone;

export function trendQuestion(options: Question["options"] = {}): Question {
  return { command: "trend", options };
}

/** Weeks that end with week 46 of 2026, the oldest first. */
export function weeksOf(tries: readonly (readonly UsageRow[])[]): TrendWeek<readonly UsageRow[]>[] {
  const spans = weeksUpTo(weekOf(new Date("2026-11-15T12:00:00Z"), ZONE), ZONE, tries.length);
  return spans.map((span, index) => ({ ...span, numbers: tries[index] ?? [] }));
}

export function resets(successes: number, failures: number, method = "email"): UsageRow[] {
  return [usageRow("reset", method, successes, failures)];
}

export function usageTrend(
  weeks: readonly TrendWeek<readonly UsageRow[]>[],
  more: Partial<UsageTrend> = {},
): UsageTrend {
  return {
    reader: "events",
    readAt: NOW,
    since: weeks[0]?.from ?? new Date("2026-11-17T10:00:00Z"),
    asked: Math.max(1, weeks.length),
    weeks,
    mayGrow: false,
    ...more,
  };
}

/** So many weeks of four methods, whose push gets worse. */
export function manyWeeks(count: number): TrendWeek<readonly UsageRow[]>[] {
  return weeksOf(
    Array.from({ length: count }, (_unused, index) => [
      usageRow("reset", "microsoftAuthenticatorPush", 1_200 - 5 * index, 80 + 5 * index),
      usageRow("reset", "mobileSMS", 600, 140),
      usageRow("reset", "email", 388, 97),
      usageRow("reset", "mobileCall", 41, 35),
      usageRow("registration", "email", 980, 124),
    ]),
  );
}

/** Counts of people of the last weeks, the running one among them. */
export function peopleTrend(
  capable: readonly (number | undefined)[],
  more: Partial<PeopleTrend> = {},
): PeopleTrend {
  const spans = weeksUpTo(weekOf(NOW, ZONE), ZONE, capable.length);
  const weeks = spans.map((span, index): TrendWeek<PeopleDay> => {
    const ssprCapable = capable[index];
    return ssprCapable === undefined
      ? { ...span, gap: { kind: "uncounted" } }
      : {
          ...span,
          numbers: {
            readAt: new Date(span.from.getTime() + 86_400_000),
            counts: { ...MEMBERS, ssprCapable },
          },
        };
  });
  return {
    reader: "details",
    scope: "members",
    readAt: NOW,
    since: weeks[0]?.from ?? NOW,
    asked: capable.length,
    weeks,
    others: 0,
    ...more,
  };
}

export const CHANGES = SERVICE_CHANGES;
