import type { Period, UsageSnapshot } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { UsageSection, UsageView } from "../../views/view.ts";
import type { ReportAnswer } from "../answer.ts";
import { menuRefresh } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import { usageButtons } from "./buttons.ts";
import { countByFeature, type FeatureCount } from "./count.ts";
import { heardNotices, readingNotices, reasonsForNone } from "./notices.ts";
import { featureNews, featureSection, methodSection, type Telling } from "./section.ts";
import { triesOf } from "./worst-method.ts";

export interface UsageAnswer extends ReportAnswer {
  readonly snapshot: UsageSnapshot;
}

/** Graph knows two features: only a flood of unknown ones is cut here, and the others are named. */
const TABLES = 4;
const FEATURE_ROWS = 15;
const NAMES_IN_A_NOTICE = 10;

/**
 * Success and failure counts per feature and method, or per feature. Pure: the same snapshot, question and
 * audience give the same view. There is never a total across features, and below 20 tries there are only
 * counts. Where nothing was counted, a sentence stands instead of zeros, with the likely reasons where there
 * are any.
 */
export function usageView(answer: UsageAnswer): UsageView {
  const { snapshot, question, audience, onlyYou = false, base = question } = answer;
  const { words } = audience;
  const { usage } = words;
  const { method } = question.options;
  const telling: Telling = { words, format: createFormat(audience) };
  const title = questionTitle(question, words);
  const { rolling, within } = words.periods[snapshot.period];
  const isByFeature = question.options.by === "feature";

  const counts = countByFeature(snapshot.rows, question.options, words);
  const isEmpty = counts.every((count) => triesOf(count) === 0);
  const listed = counts.filter((count) => triesOf(count) > 0 || (count.feature && method === undefined));
  const shown = listed.slice(0, isByFeature ? FEATURE_ROWS : TABLES);
  const hidden = listed.slice(shown.length).map(({ label }) => label);
  const tables = isEmpty ? [] : sections(shown, answer, telling);
  const button = { question, period: snapshot.period, onlyYou, base };

  return {
    kind: "usage",
    title,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline: isEmpty
      ? usage.noTriesHeadline(title, within)
      : usage.headline(
          within,
          shown.map((count) => featureNews(count, telling)),
        ),
    subtitle: usage.subtitle(rolling, range(snapshot, telling)),
    notices: [
      ...heardNotices(answer, words),
      ...readingNotices(answer, telling),
      ...(isEmpty
        ? [usage.noTries(within), ...reasonsForNone(snapshot, words, question.options.feature)]
        : []),
      ...(isEmpty ? [] : leftOut(counts, answer, words)),
      ...(hidden.length > 0 ? [moreFeatures(hidden, telling)] : []),
    ],
    sections: tables,
    explanations: isEmpty ? [] : explanations(tables, words),
    footer: footer(answer, telling),
    buttons: usageButtons(button, words),
    refresh: menuRefresh(button, words),
    shortened: usage.shortened,
  };
}

function sections(
  counts: readonly FeatureCount[],
  { snapshot, question: { options } }: UsageAnswer,
  telling: Telling,
): UsageSection[] {
  const made =
    options.by === "feature"
      ? [featureSection(counts, telling)]
      : counts.map((count) => methodSection(count, options.method !== undefined, telling));
  return made.map((section, index) => {
    const feature = options.by === "feature" ? options.feature : counts[index]?.feature;
    return section.rows.length > 0
      ? section
      : { ...section, remarks: reasonsForNone(snapshot, telling.words, feature) };
  });
}

/** A feature without tries of the method that was asked for is no table, but one sentence. */
function leftOut(
  counts: readonly FeatureCount[],
  { snapshot, question: { options } }: UsageAnswer,
  { usage, families, periods }: Words,
): string[] {
  const { method } = options;
  return counts.flatMap(({ feature, successes, failures }) =>
    method && feature && successes + failures === 0
      ? [usage.noneWith[feature](families[method], periods[snapshot.period].within)]
      : [],
  );
}

function explanations(tables: readonly UsageSection[], { usage, figures }: Words): string[] {
  const lacksRates = tables.some(({ rows }) => rows.some(({ rate }) => rate === figures.none));
  return [usage.tries, usage.failed, ...(lacksRates ? [usage.noRate] : [])];
}

interface Window {
  readonly period: Period;
  readonly from: Date;
  readonly to: Date;
}

/** A day as a window is told by the hour: both ends often fall on neighbouring dates. */
export function range({ period, from, to }: Window, { format }: Telling): string {
  return period === "D1" ? format.hours(from, to) : format.days(from, to);
}

function footer({ snapshot, audience, refreshed }: UsageAnswer, telling: Telling): string {
  const reader = telling.words.readers[snapshot.reader];
  return readFooter(
    { reader, readAt: snapshot.readAt, ...(refreshed && { refreshedAt: audience.now }) },
    telling,
  );
}

export function moreFeatures(labels: readonly string[], { words }: Telling): string {
  const named = labels.slice(0, NAMES_IN_A_NOTICE);
  return words.usage.moreFeatures(named, labels.length - named.length);
}
