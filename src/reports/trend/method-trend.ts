import { weekNumber } from "../../views/iso-week.ts";
import type { ReportSection, ReportTable } from "../../views/view.ts";
import { clearChange } from "../change.ts";
import { rateCell, rateText } from "../change-news.ts";
import type { FeatureCount, MethodCount } from "../usage/count.ts";
import { type Outcomes, sumOf, triesOf } from "../usage/worst-method.ts";
import { ROWS, triesChart } from "./week-table.ts";
import { isKnown, type KnownWeek, type TrendWeek, type WeeksTelling, weekColumn, weekName } from "./weeks.ts";

/** A table has room for two columns beside its weeks, also on a phone, and a card for four tables. */
const METHODS_IN_A_TABLE = 2;
const METHODS = 8;
/** Rows of all tables together: more would make the card too large for Teams. */
const ROWS_IN_ALL = 36;
const WEEK_WIDTH = 4;
const METHOD_WIDTH = 5;
const NAMED_CHANGES = 2;

type Known = KnownWeek<FeatureCount>;

interface Method {
  readonly label: string;
  /** Tries with it in one week. */
  readonly of: (count: FeatureCount) => Outcomes;
}

/** Rates of each method by week: two methods a table, the methods with most tries first. */
export function methodParts(
  weeks: readonly TrendWeek<FeatureCount>[],
  telling: WeeksTelling,
): { readonly headline: string; readonly sections: readonly ReportSection[] } {
  const { trend } = telling.words.history;
  const known = weeks.filter(isKnown);
  const methods = methodsOf(known, telling);
  const news = methodNews(known, methods, telling);
  const tables = Array.from({ length: Math.ceil(methods.length / METHODS_IN_A_TABLE) }, (_unused, index) =>
    methods.slice(index * METHODS_IN_A_TABLE, (index + 1) * METHODS_IN_A_TABLE),
  );
  const [shown] = methods;
  const chart =
    shown &&
    triesChart(
      known.map((week) => ({ ...week, numbers: shown.of(week.numbers) })),
      telling,
      shown.label,
    );
  const [first = [], ...others] = tables;
  const limit = Math.min(ROWS, Math.floor(ROWS_IN_ALL / tables.length));
  const table = (columns: readonly Method[]): { readonly table?: ReportTable } =>
    columns.length > 0 ? { table: tableOf(weeks, columns, limit, telling) } : {};
  return {
    headline: news,
    sections: [
      { headline: news, ...(chart && { chart }), ...table(first), remarks: [] },
      ...others.map((columns) => ({ ...table(columns), remarks: [] })),
      { remarks: methods.length > 0 ? [trend.methodCells] : [] },
    ],
  };
}

/** Over all whole weeks; what does not fit stands together as the last one. */
function methodsOf(known: readonly Known[], { words }: WeeksTelling): Method[] {
  const all = new Map<string, MethodCount[]>();
  for (const method of known.flatMap(({ numbers }) => numbers.methods)) {
    all.set(method.label, [...(all.get(method.label) ?? []), method]);
  }
  const labels = [...all]
    .map(([label, counts]) => ({ label, tries: triesOf(sumOf(counts)) }))
    .filter(({ tries }) => tries > 0)
    .sort((one, other) => other.tries - one.tries || (one.label < other.label ? -1 : 1))
    .map(({ label }) => label);
  const named = labels.length > METHODS ? labels.slice(0, METHODS - 1) : labels;
  const rest = labels.slice(named.length);
  const ofLabels = (label: string, those: readonly string[]): Method => ({
    label,
    of: ({ methods }) => sumOf(methods.filter((method) => those.includes(method.label))),
  });
  return [
    ...named.map((label) => ofLabels(label, [label])),
    ...(rest.length > 0 ? [ofLabels(words.history.trend.methodsMore(rest.length), rest)] : []),
  ];
}

function tableOf(
  weeks: readonly TrendWeek<FeatureCount>[],
  methods: readonly Method[],
  limit: number,
  telling: WeeksTelling,
): ReportTable {
  const { trend } = telling.words.history;
  const newestFirst = weeks.toReversed();
  const shown = newestFirst.length === limit + 1 ? newestFirst : newestFirst.slice(0, limit);
  const rest = (hidden: readonly TrendWeek<FeatureCount>[]): string[] => [
    trend.earlier(hidden.length),
    ...methods.map(({ of }) =>
      rateCell(sumOf(hidden.filter(isKnown).map(({ numbers }) => of(numbers))), telling),
    ),
  ];
  const rows = shown.map((week) => [
    weekName(week, telling),
    ...methods.map(({ of }) => (isKnown(week) ? rateCell(of(week.numbers), telling) : trend.gapCell)),
  ]);
  const earlier = newestFirst.slice(shown.length);
  return {
    columns: [weekColumn(telling.words), ...methods.map(({ label }) => label)],
    // A rate of so many tries is as long as words, and may break like them.
    wordColumns: methods.map((_method, index) => index + 1),
    widths: [WEEK_WIDTH, ...methods.map(() => METHOD_WIDTH)],
    rows: earlier.length > 0 ? [...rows, rest(earlier)] : rows,
    rests: [...newestFirst.keys()].map((index) => rest(newestFirst.slice(index))),
  };
}

/** Methods whose last whole week differs clearly from the first; at most two, the most tries first. */
function methodNews(known: readonly Known[], methods: readonly Method[], telling: WeeksTelling): string {
  const { trend, news } = telling.words.history;
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) {
    return trend.lastGap;
  }
  const number = weekNumber(first.week);
  if (first === last) {
    return trend.oneWeek(number);
  }
  if (methods.length === 0) {
    return news.reset.none;
  }
  const than = trend.thanFirst(number);
  const changed = methods.flatMap(({ label, of }) => {
    const [now, before] = [of(last.numbers), of(first.numbers)];
    const direction = clearChange(now, before);
    return direction
      ? [trend.methodClear(label, direction, rateText(now, telling), rateText(before, telling), than)]
      : [];
  });
  return changed.length > 0 ? changed.slice(0, NAMED_CHANGES).join(" ") : trend.noMethodChange(than);
}
