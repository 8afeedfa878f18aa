import type { ReportTable } from "../../views/view.ts";
import { isKnown, type TrendWeek, type WeeksTelling, weekColumn, weekName } from "./weeks.ts";

/** Two tables share a card; the weeks before are one line with their sum. */
const ROWS = 15;

/** The newest week first, with the cells of its days; what is left out is one line with the cells of all its days. */
export function dayTable<Counts>(
  weeks: readonly TrendWeek<readonly Counts[]>[],
  columns: readonly [string, string, string],
  cells: (days: readonly Counts[]) => readonly [string, string, string],
  telling: WeeksTelling,
): ReportTable {
  const { trend } = telling.words.history;
  const { none } = telling.words.figures;
  const newestFirst = weeks.toReversed();
  const gap = [none, none, trend.gapCell];
  const rest = (hidden: readonly TrendWeek<readonly Counts[]>[]): readonly string[] => {
    const days = hidden.filter(isKnown).flatMap(({ numbers }) => numbers);
    return [trend.earlier(hidden.length), ...(days.length > 0 ? cells(days) : gap)];
  };
  const shown = newestFirst.length === ROWS + 1 ? newestFirst : newestFirst.slice(0, ROWS);
  const earlier = newestFirst.slice(shown.length);
  const rows = shown.map((week) => [weekName(week, telling), ...(isKnown(week) ? cells(week.numbers) : gap)]);
  return {
    columns: [weekColumn(telling.words), ...columns],
    rows: earlier.length > 0 ? [...rows, rest(earlier)] : rows,
    rests: [...newestFirst.keys()].map((index) => rest(newestFirst.slice(index))),
  };
}

/** The last known week, and the one directly before it where that is known too. */
export function lastTwo<Numbers>(
  weeks: readonly TrendWeek<Numbers>[],
): readonly [last: WeekOf<Numbers> | undefined, before: WeekOf<Numbers> | undefined] {
  const index = weeks.findLastIndex(isKnown);
  const [last, before] = [weeks[index], weeks[index - 1]];
  return [last && isKnown(last) ? last : undefined, before && isKnown(before) ? before : undefined];
}

type WeekOf<Numbers> = Extract<TrendWeek<Numbers>, { readonly numbers: Numbers }>;
