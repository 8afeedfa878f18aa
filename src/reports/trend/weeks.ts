import type { ServiceChange } from "../../reference/service-changes.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Days } from "../../views/days.ts";
import { calendarOf } from "../../views/format.ts";
import { weekNumber } from "../../views/iso-week.ts";
import { printable } from "../../views/plain-text.ts";
import type { Telling } from "../usage/section.ts";

/** Monday to Sunday as the clocks of a zone show it. */
export interface WeekSpan {
  /** ISO 8601: "2026-W46". */
  readonly week: string;
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

/**
 * begins: what is stored begins within it, at `at` · ends: the newest reading reaches to `at` · unsure: not all of it was
 * read, or nobody knows whether all · uncounted: no count was taken.
 */
export type Gap =
  | { readonly kind: "begins" | "ends"; readonly at: Date }
  | { readonly kind: "unsure" | "uncounted" };

export interface KnownWeek<Numbers> extends WeekSpan {
  readonly numbers: Numbers;
}

/** A week with all its numbers, or the reason why there are none. */
export type TrendWeek<Numbers> = KnownWeek<Numbers> | (WeekSpan & { readonly gap: Gap });

export function isKnown<Numbers>(week: TrendWeek<Numbers>): week is KnownWeek<Numbers> {
  return "numbers" in week;
}

/** What weeks are told with. */
export interface WeeksTelling extends Telling {
  readonly days: Days;
  /** Announced changes that bend what is shown. */
  readonly changes: readonly ServiceChange[];
}

/** "46 · 9 Nov", with the ids of what was announced for a day of it. */
export function weekName(span: WeekSpan, { words, days, changes }: WeeksTelling): string {
  const { trend, announced } = words.history;
  const name = trend.week(weekNumber(span.week), days.day(span.from));
  const marks = changes
    .filter(({ date }) => isWithin(date, span, days.zone))
    .map(({ message }) => (message === undefined ? announced.mark : printable(message)));
  return [...new Set(marks)].reduce((marked, mark) => trend.marked(marked, mark), name);
}

/** Whether a day of the calendar lies in a week of a zone. */
function isWithin(date: string, span: WeekSpan, zone: string): boolean {
  return date >= isoDay(span.from, zone) && date < isoDay(span.to, zone);
}

/** "2026-11-09", as a zone's calendar shows it. */
export function isoDay(instant: Date, zone: string): string {
  const { year, month, day } = calendarOf(zone)(instant);
  return [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
}

/** One line for each reason, with the weeks that it is about. */
export function gapRemarks(
  weeks: readonly TrendWeek<unknown>[],
  { words, format }: Pick<Telling, "words" | "format">,
): string[] {
  const { gaps } = words.history.trend;
  const lines = new Map<string, { readonly numbers: number[]; readonly gap: Gap }>();
  for (const week of weeks) {
    if (!("gap" in week)) {
      continue;
    }
    const line = lines.get(week.gap.kind) ?? { numbers: [], gap: week.gap };
    line.numbers.push(weekNumber(week.week));
    lines.set(week.gap.kind, line);
  }
  return [...lines.values()].map(({ numbers, gap }) =>
    gap.kind === "begins" || gap.kind === "ends"
      ? gaps[gap.kind](numbers, format.moment(gap.at))
      : gaps[gap.kind](numbers),
  );
}

/** "12 weeks: 31 Aug – 22 Nov 2026 (Europe/Berlin)". */
export function weeksSubtitle(
  weeks: readonly WeekSpan[],
  { words, format, days }: Pick<WeeksTelling, "words" | "format" | "days">,
): string | undefined {
  const [first, last] = [weeks[0], weeks.at(-1)];
  const lastDay = last && new Date(last.to.getTime() - 1);
  return first && lastDay
    ? words.history.trend.subtitle(weeks.length, format.days(first.from, lastDay), days.zone)
    : undefined;
}

/** Numbers of weeks in words of a list; none: no line. */
export function lineOf(weeks: readonly WeekSpan[], told: (weeks: readonly number[]) => string): string[] {
  return weeks.length > 0 ? [told(weeks.map(({ week }) => weekNumber(week)))] : [];
}

/** The title of the column that names weeks. */
export function weekColumn({ history }: Words): string {
  return history.trend.columns.week;
}
