import { dayOf, PHONE_ENDS, type ServiceChange } from "../../reference/service-changes.ts";
import type { ReportSection } from "../../views/view.ts";
import { announcedLine } from "../announced.ts";
import type { Telling } from "../usage/section.ts";

const DAY = 86_400_000;

/** What was announced for phones, the oldest first. */
export function phoneEnds(changes: readonly ServiceChange[]): readonly ServiceChange[] {
  return changes.filter(({ id }) => PHONE_ENDS.some((known) => known === id));
}

/** The announced days and how far they are; with a telephony provider of one's own, and without a date, why there is none. */
export function datesSection(
  ends: readonly ServiceChange[],
  isOwnProvider: boolean,
  now: Date,
  { words }: Telling,
): ReportSection {
  const { dates } = words.reports.phoneRetirement;
  if (isOwnProvider || ends.length === 0) {
    return { headline: dates.title, remarks: [isOwnProvider ? dates.ownProvider : dates.none] };
  }
  const lines = ends.map((change) => {
    const line = announcedLine(change, words, now);
    const days = Math.ceil((dayOf(change).getTime() - now.getTime()) / DAY);
    return days > 0 ? `${line} ${dates.left(words.dates.days(days), days === 1)}` : line;
  });
  return { headline: dates.title, remarks: [...lines, ...(ends.length > 1 ? [dates.groups] : [])] };
}
