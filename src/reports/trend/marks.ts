import { type BentFigure, isNear, type ServiceChange } from "../../reference/service-changes.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Audience } from "../../views/audience.ts";
import { knownZone } from "../../views/format.ts";
import { announcedLine } from "../announced.ts";
import { isoDay, type WeekSpan } from "./weeks.ts";

/** What was announced for a day within the weeks or near to now, and bends the figures. */
export function marksOf(
  changes: readonly ServiceChange[],
  figure: BentFigure,
  weeks: readonly WeekSpan[],
  { now, timeZone }: Pick<Audience, "now" | "timeZone">,
): readonly ServiceChange[] {
  const zone = knownZone(timeZone);
  const [first, today] = [isoDay(weeks[0]?.from ?? now, zone), isoDay(now, zone)];
  return changes.filter(
    (change) =>
      change.bends.includes(figure) &&
      (isNear(change, now) || (change.date >= first && change.date <= today)),
  );
}

export function markRemarks(changes: readonly ServiceChange[], words: Words, now: Date): string[] {
  return changes.map((change) => announcedLine(change, words, now));
}
