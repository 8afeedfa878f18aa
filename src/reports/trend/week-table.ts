import { weekNumber } from "../../views/iso-week.ts";
import type { LineChart, ReportSection } from "../../views/view.ts";
import { changeNews } from "../change-news.ts";
import type { FeatureCount } from "../usage/count.ts";
import { line } from "../usage/section.ts";
import { ENOUGH_TRIES, type Outcomes, sumOf, triesOf } from "../usage/worst-method.ts";
import {
  isKnown,
  isoDay,
  type KnownWeek,
  type TrendWeek,
  type WeeksTelling,
  weekColumn,
  weekName,
} from "./weeks.ts";

/** The weeks before are one line with their sum: nobody reads half a year of rows, and the chart has all of it. */
export const ROWS = 15;

/** Two years and more; older weeks are in the last row alone. */
export const POINTS = 110;

interface Parts {
  readonly headline: string;
  readonly sections: readonly ReportSection[];
}

/**
 * The newest week first: OK, failed and rate, with the news above and the lines of both counts. `method` is the name of
 * the one that the tries are of.
 */
export function resetParts(
  weeks: readonly TrendWeek<FeatureCount>[],
  telling: WeeksTelling,
  method: string | undefined,
): Parts {
  const { words } = telling;
  const { trend } = words.history;
  const known = weeks.filter(isKnown);
  const news = resetNews(known, telling, method);
  const chart = triesChart(known, telling, method);
  const newestFirst = weeks.toReversed();
  const shown = newestFirst.length === ROWS + 1 ? newestFirst : newestFirst.slice(0, ROWS);
  const earlier = newestFirst.slice(shown.length);
  const rest = (hidden: readonly TrendWeek<FeatureCount>[]): string[] =>
    cells(trend.earlier(hidden.length), sumOf(hidden.filter(isKnown).map(({ numbers }) => numbers)), telling);
  const rows = shown.map((week) => weekCells(week, telling));
  return {
    headline: news.join(" "),
    sections: [
      {
        headline: news[0] ?? "",
        ...(chart && { chart }),
        table: {
          columns: [weekColumn(words), trend.columns.ok, trend.columns.failed, trend.columns.rate],
          rows: earlier.length > 0 ? [...rows, rest(earlier)] : rows,
          rests: [...newestFirst.keys()].map((index) => rest(newestFirst.slice(index))),
        },
        remarks: news.slice(1),
      },
    ],
  };
}

function weekCells(week: TrendWeek<FeatureCount>, telling: WeeksTelling): string[] {
  const { words } = telling;
  const name = weekName(week, telling);
  const { none } = words.figures;
  return isKnown(week) ? cells(name, week.numbers, telling) : [name, none, none, words.history.trend.gapCell];
}

function cells(name: string, outcomes: Outcomes, telling: WeeksTelling): string[] {
  const { okShort, failedShort, rate } = line(name, outcomes, telling);
  return [name, okShort, failedShort, rate];
}

/** The last whole week beside the first one; then why there is nothing to compare, where that is so. */
function resetNews(
  known: readonly KnownWeek<Outcomes>[],
  telling: WeeksTelling,
  method: string | undefined,
): string[] {
  const { history } = telling.words;
  const { trend } = history;
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) {
    return [trend.lastGap];
  }
  const isOnly = first === last;
  const number = weekNumber(first.week);
  const before = isOnly ? undefined : { outcomes: first.numbers, than: trend.thanFirst(number) };
  const isFew = !isOnly && triesOf(last.numbers) >= ENOUGH_TRIES && triesOf(first.numbers) < ENOUGH_TRIES;
  return [
    changeNews(
      method === undefined ? history.news.reset : history.otherNews(method),
      last.numbers,
      before,
      telling,
    ),
    ...(isOnly ? [trend.oneWeek(number)] : []),
    ...(isFew ? [trend.beforeFew(number)] : []),
  ];
}

/** One point alone is no line. Weeks that are gaps have no point. The lines name the method, where they are of one. */
export function triesChart(
  known: readonly KnownWeek<Outcomes>[],
  { words, days }: WeeksTelling,
  method: string | undefined,
): LineChart | undefined {
  const { axis, columns, charts, methodChart, methodLine } = words.history.trend;
  const legend = (line: string): string => (method === undefined ? line : methodLine(method, line));
  const points = (figure: keyof Outcomes) =>
    known.slice(-POINTS).map(({ from, numbers }) => ({ x: isoDay(from, days.zone), y: numbers[figure] }));
  return known.length < 2
    ? undefined
    : {
        title: method === undefined ? charts.usage : methodChart(method),
        axis,
        lines: [
          { legend: legend(columns.ok), points: points("successes") },
          { legend: legend(columns.failed), points: points("failures") },
        ],
      };
}
