const DAY = 86_400_000;

/** The number in an ISO week: 46 of "2026-W46". */
export function weekNumber(week: string): number {
  return Number(week.slice(-2));
}

/** Whether `earlier` is the ISO week right before `week`, also across the turn of a year. */
export function isWeekBefore(earlier: string, week: string): boolean {
  return mondayOf(week) - mondayOf(earlier) === 7 * DAY;
}

/** ISO 8601: the fourth of January is always in week 1. */
function mondayOf(week: string): number {
  const fourth = Date.UTC(Number(week.slice(0, 4)), 0, 4);
  const weekday = (new Date(fourth).getUTCDay() + 6) % 7;
  return fourth - weekday * DAY + (weekNumber(week) - 1) * 7 * DAY;
}
