import type { ServiceChange } from "../../reference/service-changes.ts";
import type { RankingWords } from "../../reference/words/best-methods-words.ts";
import type { ReportSection, ReportTable } from "../../views/view.ts";
import { clearChange } from "../change.ts";
import { rateText } from "../change-news.ts";
import { cutRows } from "../cut.ts";
import type { FeatureCount, MethodCount } from "../usage/count.ts";
import { featureNews, type Telling } from "../usage/section.ts";
import { ENOUGH_TRIES, triesOf } from "../usage/worst-method.ts";
import { closeToFirst, levelWithFirst, type RankedMethod, rankMethods } from "./ranking.ts";
import { shownStrength } from "./strength.ts";

export interface RankedTelling extends Telling {
  /** What Microsoft announced. */
  readonly changes: readonly ServiceChange[];
}

/** The same feature in the period before, and when that was: "in the 30 days before". */
export interface EarlierCount {
  readonly count: FeatureCount | undefined;
  readonly than: string;
}

/** Only a flood of unknown methods is cut. */
const ROWS = 15;
const NAMES = 10;
const NAMED_CHANGES = 3;

/** One feature: its order of methods with their strength, what is not ranked, and what changed beyond noise. */
export function rankedSection(
  count: FeatureCount,
  earlier: EarlierCount | undefined,
  telling: RankedTelling,
): ReportSection {
  const { ranked, tooFew } = rankMethods(count.methods);
  return {
    headline: featureSentence(count, telling),
    ...(ranked.length > 0 && { table: tableOf(ranked, telling) }),
    remarks: [
      ...strengthRemarks(ranked, telling),
      ...notRanked(tooFew, telling),
      ...(earlier ? changeRemarks(ranked, earlier, telling) : []),
    ],
  };
}

/** Which method is first, and whether that is beyond noise; a method that is not secure says so with it. */
export function featureNewsOf(count: FeatureCount, telling: RankedTelling): string {
  const { ranked } = rankMethods(count.methods);
  const [notSecure] = strengthRemarks(ranked, telling);
  return [featureSentence(count, telling), ...(notSecure === undefined ? [] : [notSecure])].join(" ");
}

function featureSentence(count: FeatureCount, telling: RankedTelling): string {
  const { bestMethods } = telling.words.reports;
  if (triesOf(count) === 0) {
    return `${featureNews(count, telling)}.`;
  }
  const news: RankingWords = count.feature
    ? bestMethods.news[count.feature]
    : bestMethods.otherNews(count.label);
  const { ranked } = rankMethods(count.methods);
  const [first, second] = ranked;
  if (!first) {
    return news.none;
  }
  if (first.successes === 0) {
    return news.noneWorked;
  }
  const rate = rateText(first, telling);
  const level = levelWithFirst(ranked) ?? closeToFirst(ranked);
  if (!second) {
    return news.alone(first.label, rate);
  }
  return level ? news.level(first.label, rate, level.label) : news.leads(first.label, rate);
}

function tableOf(ranked: readonly RankedMethod[], telling: RankedTelling): ReportTable {
  const { words, format, changes } = telling;
  const { columns, strengths, ranked: place, rate, more } = words.reports.bestMethods;
  const rows = ranked.map((method, index) => [
    place(format.number(index + 1), method.label),
    rate(
      format.percent(method.successes, triesOf(method)),
      format.short(method.successes),
      format.short(triesOf(method)),
    ),
    strengths[shownStrength(method.name, changes)],
  ]);
  const { none } = words.figures;
  const rests = ranked.map((_method, index) => [more(ranked.length - index), none, none]);
  return {
    columns: [columns.method, columns.worked, columns.strength],
    wordColumns: [1, 2],
    rows: cutRows(rows, rests, ROWS),
    rests,
  };
}

/** Where the first one is weak: that it is, and which of the stronger ones stands first. */
function strengthRemarks(ranked: readonly RankedMethod[], telling: RankedTelling): string[] {
  const { notSecure, stronger, noStronger } = telling.words.reports.bestMethods;
  const [first] = ranked;
  const strength = first && shownStrength(first.name, telling.changes);
  if (!first || first.successes === 0 || (strength !== "weak" && strength !== "retiring")) {
    return [];
  }
  const strong = ranked.find(({ name }) =>
    ["phishing-resistant", "strong"].includes(shownStrength(name, telling.changes)),
  );
  return [
    notSecure[strength](first.label),
    strong ? stronger(strong.label, rateText(strong, telling)) : noStronger,
  ];
}

function notRanked(tooFew: readonly MethodCount[], { words, format }: Telling): string[] {
  const { few, notRanked: told } = words.reports.bestMethods;
  const named = tooFew
    .slice(0, NAMES)
    .map((method) => few(method.label, format.number(method.successes), format.number(triesOf(method))));
  return named.length > 0 ? [told(named, tooFew.length - named.length)] : [];
}

/** In the order of the table; only what is beyond noise, and only where there is enough on both sides. */
function changeRemarks(
  ranked: readonly RankedMethod[],
  { count, than }: EarlierCount,
  telling: Telling,
): string[] {
  const { history, reports } = telling.words;
  const pairs = ranked.flatMap((now) => {
    const before = count?.methods.find(({ label }) => label === now.label);
    return before && triesOf(before) >= ENOUGH_TRIES ? [{ now, before }] : [];
  });
  if (pairs.length === 0) {
    return ranked.length > 0 ? [history.compare.beforeFew(than)] : [];
  }
  const changed = pairs.flatMap(({ now, before }) => {
    const direction = clearChange(now, before);
    return direction
      ? [
          history.trend.methodClear(
            now.label,
            direction,
            rateText(now, telling),
            rateText(before, telling),
            than,
          ),
        ]
      : [];
  });
  const more = changed.length - NAMED_CHANGES;
  return changed.length > 0
    ? [...changed.slice(0, NAMED_CHANGES), ...(more > 0 ? [reports.bestMethods.moreChanges(more)] : [])]
    : [history.trend.noMethodChange(than)];
}
