export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const PERIOD_HOURS = { d1: 24, d7: 168, d30: 720 } as const;
export type PeriodName = keyof typeof PERIOD_HOURS;

export function isPeriodName(text: string): text is PeriodName {
  return Object.hasOwn(PERIOD_HOURS, text);
}

export function hourOf(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}

/** A period is its 24, 168 or 720 whole hours before the hour of now, and that hour so far: where it begins. */
export function beginOf(period: PeriodName, now: number): number {
  return hourOf(now) - PERIOD_HOURS[period] * HOUR;
}

/** As Graph writes times of events: to the second. */
export function toSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
