import type { Words } from "../reference/words/words.ts";
import { createDays } from "./days.ts";

/**
 * The next runs in the zone of the schedule and in UTC: the first in full, the others in one line as long as
 * the clocks stand still. A change of the clocks between two runs is named.
 */
export function runLines(
  runs: readonly Date[],
  timeZone: string,
  words: Words,
  lead: "first" | "nextRun" = "nextRun",
): string[] {
  const told = words.digest.schedule;
  const days = createDays({ words, timeZone });
  const utc = createDays({ words, timeZone: "UTC" });
  const utcTime = (run: Date): string | undefined => (days.zone === "UTC" ? undefined : utc.time(run));
  const [first, ...later] = runs;
  if (first === undefined) {
    return [];
  }
  const clock = (run: Date): string => `${days.time(run)} ${utc.time(run)}`;
  const isSteady = new Set(runs.map(clock)).size === 1;
  const changes = runs.flatMap((run, index) => {
    const before = runs[index - 1];
    return before && clock(before) !== clock(run)
      ? [told.clocks(days.weekday(before), days.weekday(run), days.time(run), utc.time(run))]
      : [];
  });
  const named = later.map((run) => days.weekday(run));
  const together = named.length > 1 ? told.and(named.slice(0, -1).join(", "), named.at(-1) ?? "") : named[0];
  const rest =
    isSteady && together !== undefined
      ? [told.later(told.laterRun(together, days.time(first), utcTime(first)))]
      : later.map((run) => told.later(told.laterRun(days.weekday(run), days.time(run), utcTime(run))));
  return [
    told[lead](told.run(days.fullDay(first), days.time(first), days.zone, utcTime(first))),
    ...rest,
    ...changes,
  ];
}

/** "Every Tuesday 13:00 (Europe/Berlin)." */
export function everyText(
  { day, time, timeZone }: { readonly day: number; readonly time: string; readonly timeZone: string },
  { dates, digest }: Words,
): string {
  return digest.schedule.every(dates.weekdays[day - 1] ?? "", time, timeZone);
}
