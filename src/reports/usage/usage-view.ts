import type { Question } from "../../language/question.ts";
import type { UsageSnapshot } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { UsageSection, UsageView } from "../../views/view.ts";
import { menuRefresh, usageButtons } from "./buttons.ts";
import { countByFeature, type FeatureCount } from "./count.ts";
import { type Heard, heardNotices, reasonForNone, snapshotNotices } from "./notices.ts";
import { featureNews, featureSection, methodSection, type Telling } from "./section.ts";
import { triesOf } from "./worst-method.ts";

export interface UsageAnswer extends Heard {
  readonly snapshot: UsageSnapshot;
  readonly question: Question;
  readonly audience: Audience;
  /** Somebody pressed Refresh: the footer says when. */
  readonly refreshed?: boolean;
  /** Only the presser sees this view. */
  readonly onlyYou?: boolean;
  /** The question of the message, where it is not the view's own. */
  readonly base?: Question;
}

/** Rows of all tables of a card together, so that its size stays far below what Teams accepts. */
const ROWS = 30;
const ROWS_OF_A_TABLE = 15;
const TABLES = 4;
const NAMES_IN_A_NOTICE = 10;

/**
 * Success and failure counts per feature and method, or per feature. Pure: the same snapshot, question and
 * audience give the same view. There is never a total across features, and below 20 tries there are only
 * counts. Where nothing was counted, a sentence with the likely reasons stands instead of zeros.
 */
export function usageView(answer: UsageAnswer): UsageView {
  const { snapshot, question, audience, onlyYou = false, base = question } = answer;
  const { words, now } = audience;
  const { usage } = words;
  const telling: Telling = { words, format: createFormat(audience) };
  const title = questionTitle(question, words);
  const { rolling, within } = words.periods[snapshot.period];
  const isByFeature = question.options.by === "feature";

  const counts = countByFeature(snapshot.rows, question.options, words);
  const shown = counts.slice(0, isByFeature ? ROWS_OF_A_TABLE : TABLES);
  const hidden = counts.slice(shown.length).map(({ label }) => label);
  const isEmpty = counts.every((count) => triesOf(count) === 0);
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
      ...snapshotNotices(snapshot, now, telling),
      ...(isEmpty ? [usage.noTries(within), reasonForNone(snapshot, words)] : []),
      ...(hidden.length > 0 ? [moreFeatures(hidden, telling)] : []),
    ],
    sections: tables,
    explanations: isEmpty ? [] : explanations(tables, usage),
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
  const limit = Math.min(ROWS_OF_A_TABLE, Math.floor(ROWS / counts.length));
  const table = { limit, isNarrowed: options.method !== undefined };
  const made =
    options.by === "feature"
      ? [featureSection(counts, telling)]
      : counts.map((count) => methodSection(count, table, telling));
  return made.map((section) =>
    section.rows.length > 0 ? section : { ...section, remarks: [reasonForNone(snapshot, telling.words)] },
  );
}

function explanations(tables: readonly UsageSection[], usage: Words["usage"]): string[] {
  const lacksRates = tables.some(({ rows }) => rows.some(({ comparable }) => !comparable));
  return [usage.tries, usage.failed, ...(lacksRates ? [usage.noRate] : [])];
}

/** A day as a window is told by the hour: both ends often fall on neighbouring dates. */
function range({ period, from, to }: UsageSnapshot, { format }: Telling): string {
  return period === "D1" ? format.hours(from, to) : format.days(from, to);
}

function footer({ snapshot, audience, refreshed }: UsageAnswer, { words, format }: Telling): string {
  const reader = words.readers[snapshot.reader];
  const read = format.moment(snapshot.readAt);
  return refreshed
    ? words.usage.footerRefreshed(reader, read, format.moment(audience.now))
    : words.usage.footer(reader, read);
}

function moreFeatures(labels: readonly string[], { words }: Telling): string {
  const named = labels.slice(0, NAMES_IN_A_NOTICE);
  return words.usage.moreFeatures(named, labels.length - named.length);
}
