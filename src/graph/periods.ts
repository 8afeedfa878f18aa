import type { Period, UsageRow, UsageSummary } from "../ports/usage.ts";

const HOUR = 3_600_000;
const HOURS: Readonly<Record<Period, number>> = { D1: 24, D7: 168, D30: 720 };

/** The start of the hour; hours are counted in UTC, where none is missing or doubled. */
function hourOf(time: Date): number {
  return Math.floor(time.getTime() / HOUR) * HOUR;
}

/** The end of the hour that `time` is in. */
export function endOfHour(time: Date): number {
  return hourOf(time) + HOUR;
}

/** When a period begins for a reading: so many whole hours before the reading's own hour. */
export function beginOf(period: Period, readAt: Date): number {
  return hourOf(readAt) - HOURS[period] * HOUR;
}

export function summaryOf(period: Period, readAt: Date, rows: readonly UsageRow[]): UsageSummary {
  return { period, from: new Date(beginOf(period, readAt)), to: readAt, rows };
}
