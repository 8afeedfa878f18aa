import type { Question } from "../../language/question.ts";
import {
  PERIODS,
  type TouchedPeople,
  type UsageRow,
  type UsageSnapshot,
  type UsageSum,
} from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ActionButton, ReportSection, ReportView } from "../../views/view.ts";
import type { ReportAnswer } from "../answer.ts";
import { explainButton, firstButton, look, menuRefresh, type Standing } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import { countByFeature, type FeatureCount, isWanted } from "../usage/count.ts";
import { heardNotices, readingNotices, reasonsForNone } from "../usage/notices.ts";
import type { Telling } from "../usage/section.ts";
import { moreFeatures, range } from "../usage/usage-view.ts";
import { triesOf } from "../usage/worst-method.ts";
import { featureSentence, methodSection, reasonSections } from "./sections.ts";
import { touchedNotices } from "./touched.ts";

export interface FailuresAnswer extends ReportAnswer {
  /** The window and the reader; its rows are shown where there are no sums. */
  readonly snapshot: Omit<UsageSnapshot, "pages" | "rowsRead">;
  /** Sums of the window with their reasons; absent where the reader gives none. */
  readonly sums?: readonly UsageSum[];
  /** Sums of the period before; absent where that time is not stored. */
  readonly before?: readonly UsageSum[];
  /** Texts that nobody knows yet could hold a name: only for one person's eyes or a terminal. */
  readonly showUnknownTexts: boolean;
}

/** Graph knows two features: only a flood of unknown ones is cut here, and the others are named. */
const FEATURES_SHOWN = 4;

/**
 * What tries fail of, by reason with what helps, or by method. Pure: the same numbers, question and audience give the
 * same view. Features are never added up. Without reasons the failures stand by method, and a line says why.
 */
export function failuresView(answer: FailuresAnswer): ReportView {
  const { snapshot, sums, question, audience, onlyYou = false, base = question } = answer;
  const { words } = audience;
  const { failures } = words.reports;
  const telling: Telling = { words, format: createFormat(audience) };
  const { rolling, within } = words.periods[snapshot.period];
  const asksReasons = question.options.by !== "method";
  const isByReason = asksReasons && sums !== undefined;
  const rows = sums ? rowsOf(sums) : snapshot.rows;
  const counts = countByFeature(rows, question.options, words).filter((count) => triesOf(count) > 0);
  const [shown, hidden] = [counts.slice(0, FEATURES_SHOWN), counts.slice(FEATURES_SHOWN)];
  const isEmpty = counts.every((count) => count.failures === 0);
  const standing = { question, onlyYou, base };
  const by = isByReason ? "reason" : "method";
  const title = questionTitle({ ...question, options: { ...question.options, by } }, words);
  const sections = sectionsOf(shown, answer, isByReason, telling);
  const hasDash = sections.some(({ table }) => table?.rows.some((row) => row.includes(words.figures.none)));

  return {
    kind: "report",
    title,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline:
      shown.length > 0
        ? failures.headline(
            within,
            shown.map((count) => featureSentence(count, telling)),
          )
        : words.usage.noTriesHeadline(title, within),
    subtitle: words.usage.subtitle(rolling, range(snapshot, telling)),
    notices: [
      ...heardNotices(answer, words),
      ...readingNotices(answer, telling),
      ...touchedNotices(snapshot, telling),
      ...(asksReasons && !isByReason ? [failures.noReasons] : []),
      ...noneNotices({ ...snapshot, rows }, shown, isEmpty, question, words),
      ...(hidden.length > 0
        ? [
            moreFeatures(
              hidden.map(({ label }) => label),
              telling,
            ),
          ]
        : []),
    ],
    sections,
    explanations: [
      failures.allAccounts,
      words.usage.failed,
      ...(peopleOf(answer)?.features.length ? [failures.eachOnce] : []),
      ...(isByReason && answer.before === undefined && shown.length > 0
        ? [failures.changes.notStored(words.history.compare.before[snapshot.period])]
        : []),
      ...(hasDash ? [failures.tooFew] : []),
    ],
    footer: readFooter(
      {
        reader: words.readers[snapshot.reader],
        readAt: snapshot.readAt,
        ...(answer.refreshed && { refreshedAt: audience.now }),
      },
      telling,
    ),
    buttons: buttons(standing, answer, isByReason, words),
    refresh: menuRefresh(standing, words),
    shortened: words.usage.shortened,
  };
}

function noneNotices(
  snapshot: Pick<UsageSnapshot, "rows" | "period">,
  shown: readonly FeatureCount[],
  isEmpty: boolean,
  { options }: Question,
  words: Words,
): string[] {
  const { within } = words.periods[snapshot.period];
  if (shown.length === 0) {
    return [words.usage.noTries(within), ...reasonsForNone(snapshot, words, options.feature)];
  }
  return isEmpty ? [words.reports.failures.noFailures(within)] : [];
}

/** People are counted over all methods: where one is asked for, they would be others than those of its tries. */
function peopleOf({ snapshot, question }: FailuresAnswer): TouchedPeople | undefined {
  return question.options.method === undefined ? snapshot.people : undefined;
}

function sectionsOf(
  counts: readonly FeatureCount[],
  answer: FailuresAnswer,
  isByReason: boolean,
  telling: Telling,
): ReportSection[] {
  const { sums = [], before, question, showUnknownTexts, snapshot } = answer;
  const people = peopleOf(answer);
  const wanted = sums.filter((sum) => isWanted(sum, question.options));
  const earlier = before?.filter((sum) => isWanted(sum, question.options));
  return counts.flatMap((count) =>
    isByReason
      ? reasonSections(
          count,
          wanted.filter(({ feature }) => feature === count.value),
          {
            showTexts: showUnknownTexts,
            period: snapshot.period,
            ...(people && { people }),
            ...(earlier && { before: earlier.filter(({ feature }) => feature === count.value) }),
          },
          telling,
        )
      : [methodSection(count, telling, people)],
  );
}

function rowsOf(sums: readonly UsageSum[]): UsageRow[] {
  return sums.map(({ feature, method, isSuccess, count }) => ({
    feature,
    method,
    successes: isSuccess ? count : 0,
    failures: isSuccess ? 0 : count,
  }));
}

function buttons(
  standing: Standing,
  { snapshot, sums }: FailuresAnswer,
  isByReason: boolean,
  words: Words,
): ActionButton[] {
  const narrowed = (title: string, options: Question["options"]): ActionButton =>
    look(title, { command: "failures", options: { ...standing.question.options, ...options } }, standing);
  const other = isByReason
    ? [narrowed(words.buttons.byMethod, { by: "method" })]
    : [narrowed(words.buttons.byReason, { by: "reason" })];
  return [
    firstButton(standing, words),
    ...PERIODS.filter((period) => period !== snapshot.period).map((period) =>
      narrowed(words.periods[period].button, { period }),
    ),
    ...(sums ? other : []),
    explainButton(standing, words),
  ];
}
