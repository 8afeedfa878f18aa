/**
 * So many calendar months before a time, in UTC. Where that month is too short for the day it is the month's last
 * day: three months before 31 May is the last day of February.
 */
export function monthsBefore(at: Date, months: number): Date {
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth() - months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = new Date(at);
  before.setUTCFullYear(year, month, Math.min(at.getUTCDate(), lastDay));
  return before;
}
