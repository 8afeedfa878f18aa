import type { ReportSection } from "../../views/view.ts";
import { clearChange } from "../change.ts";
import { changeNews, rateCell } from "../change-news.ts";
import type { FeatureCount } from "../usage/count.ts";
import type { Telling } from "../usage/section.ts";
import { ENOUGH_TRIES, type Outcomes, triesOf } from "../usage/worst-method.ts";

/** One feature now and before; without `before`, that is not wholly stored, or has no such feature. */
export interface Pair {
  readonly count: FeatureCount;
  readonly before?: FeatureCount;
}

const NONE: Outcomes = { successes: 0, failures: 0 };
/** Only a flood of unknown methods is cut. */
const ROWS = 12;

export function featureSentence({ count, before }: Pair, than: string, telling: Telling): string {
  const { history } = telling.words;
  const news = count.feature ? history.news[count.feature] : history.otherNews(count.label);
  return changeNews(news, count, before && { outcomes: before, than }, telling);
}

/** Each method now and before, and all of them; what changed stands in words only beyond noise. */
export function comparedSection(
  pair: Pair,
  than: string,
  isBeforeStored: boolean,
  telling: Telling,
): ReportSection {
  const { count, before } = pair;
  const { compare } = telling.words.history;
  const headline = featureSentence(pair, than, telling);
  const rows = methodsOf(pair).map(({ label, now, was }) => cells(label, now, was));
  const rest = rows.length > ROWS ? rows.slice(0, ROWS) : rows;
  const isFew = isBeforeStored && triesOf(count) >= ENOUGH_TRIES && triesOf(before ?? NONE) < ENOUGH_TRIES;
  return {
    headline,
    ...(rows.length > 0 && {
      table: {
        columns: [
          compare.columns.method,
          compare.columns.now,
          compare.columns.before,
          compare.columns.change,
        ],
        // A rate of so many tries is as long as words, and may break like them.
        wordColumns: [1, 2, 3],
        widths: [3, 2, 2, 2],
        rows: [...rest, cells(compare.all, count, before ?? NONE)],
      },
    }),
    remarks: [
      ...(isFew ? [compare.beforeFew(than)] : []),
      ...(rest.length < rows.length ? [telling.words.usage.more(rows.length - rest.length)] : []),
    ],
  };

  function cells(name: string, now: Outcomes, was: Outcomes): string[] {
    const none = telling.words.figures.none;
    return [
      name,
      rateCell(now, telling),
      isBeforeStored ? rateCell(was, telling) : none,
      isBeforeStored && isComparable(now, was) ? compare.changes[clearChange(now, was) ?? "same"] : none,
    ];
  }
}

function isComparable(now: Outcomes, was: Outcomes): boolean {
  return triesOf(now) >= ENOUGH_TRIES && triesOf(was) >= ENOUGH_TRIES;
}

/** Methods with tries in either period; the most tries now stand first, then those of before. */
function methodsOf({ count, before }: Pair): { label: string; now: Outcomes; was: Outcomes }[] {
  const earlier = new Map((before?.methods ?? []).map((method) => [method.label, method]));
  const labels = new Set([...count.methods, ...(before?.methods ?? [])].map(({ label }) => label));
  const current = new Map(count.methods.map((method) => [method.label, method]));
  return [...labels]
    .map((label) => ({ label, now: current.get(label) ?? NONE, was: earlier.get(label) ?? NONE }))
    .filter(({ now, was }) => triesOf(now) + triesOf(was) > 0)
    .sort((one, other) => triesOf(other.now) - triesOf(one.now) || triesOf(other.was) - triesOf(one.was));
}
