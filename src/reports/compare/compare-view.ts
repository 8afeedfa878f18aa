import type { Period, ReaderId, UsageRow } from "../../ports/usage.ts";
import { nearestChange, type ServiceChange } from "../../reference/service-changes.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ActionButton, ReportSection, ReportView } from "../../views/view.ts";
import { announcedLine } from "../announced.ts";
import { type ReportAnswer, standingOf } from "../answer.ts";
import { explainButton, firstButton, look, menuRefresh, type Standing } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import { countByFeature } from "../usage/count.ts";
import { ageNotices, heardNotices } from "../usage/notices.ts";
import type { Telling } from "../usage/section.ts";
import { triesOf } from "../usage/worst-method.ts";
import { comparedSection, featureSentence } from "./compared-section.ts";

/** Some hours; its rows are absent where it is not wholly stored. */
export interface ComparedSpan {
  readonly from: Date;
  readonly to: Date;
  readonly rows?: readonly UsageRow[];
}

/** A period beside the one before, as they are stored. */
export interface Comparison {
  readonly reader: ReaderId;
  readonly readAt: Date;
  readonly period: Period;
  /** No period was asked for, and this one is shorter than the usual one for want of history. */
  readonly isShorter: boolean;
  /** Absent where the report has no times, so that nothing is stored. */
  readonly stored?: { readonly since: Date; readonly now: ComparedSpan; readonly before: ComparedSpan };
}

export interface CompareAnswer extends ReportAnswer {
  readonly comparison: Comparison;
  readonly changes: readonly ServiceChange[];
}

/**
 * This period beside the one before, by feature and method. Pure. A change is put in words only beyond noise; where one
 * of both is not wholly stored, that is said and nothing is compared.
 */
export function compareView(answer: CompareAnswer): ReportView {
  const { comparison, question, audience, changes, nextReadAt, onlyYou = false } = answer;
  const { words, now } = audience;
  const { history } = words;
  const telling: Telling = { words, format: createFormat(audience) };
  const { format } = telling;
  const { stored, period, reader, readAt } = comparison;
  const { headline, sections } = partsOf(comparison, telling);
  const standing = standingOf(answer);
  const near = nearestChange(
    changes.filter(({ bends }) => bends.includes("usage")),
    now,
  );
  return {
    kind: "report",
    title: questionTitle(question, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: stored
      ? history.compare.subtitle(
          format.hours(stored.now.from, stored.now.to),
          format.hours(stored.before.from, stored.before.to),
        )
      : words.periods[period].rolling,
    notices: [
      ...heardNotices(answer, words),
      ...ageNotices(readAt, nextReadAt, telling),
      ...(comparison.isShorter && stored && period !== "D30"
        ? [history.compare.shorter[period](format.moment(stored.since))]
        : []),
    ],
    sections,
    explanations: [
      ...(near ? [announcedLine(near, words, now)] : []),
      ...(stored?.now.rows ? [history.compare.cells, history.compare.noise, words.usage.failed] : []),
    ],
    footer: readFooter(
      { reader: words.readers[reader], readAt, ...(answer.refreshed && { refreshedAt: now }) },
      telling,
    ),
    buttons: buttons(standing, period, telling),
    refresh: menuRefresh(standing, words),
    shortened: history.shortened,
  };
}

function partsOf(
  { stored, period, reader }: Comparison,
  telling: Telling,
): { readonly headline: string; readonly sections: readonly ReportSection[] } {
  const { words, format } = telling;
  const { history } = words;
  if (!stored?.now.rows) {
    const why = stored
      ? history.compare.notStored[period](format.moment(stored.since))
      : history.needsEvents(words.readers[reader]);
    return { headline: why, sections: [{ headline: why, remarks: [] }] };
  }
  const than = history.compare.before[period];
  const now = countByFeature(stored.now.rows, {}, words);
  const before = stored.before.rows && countByFeature(stored.before.rows, {}, words);
  const pairs = now.map((count) => {
    const earlier = before?.find(({ value }) => value === count.value);
    return { count, ...(earlier && { before: earlier }) };
  });
  const sentences = pairs.map((pair) => featureSentence(pair, than, telling));
  const missing = before ? [] : [history.compare.nothingToCompare[period](format.moment(stored.since))];
  return {
    headline: sentences.join(" "),
    sections: pairs.map((pair, index) => {
      const section = comparedSection(pair, than, before !== undefined, telling);
      const isEmpty = triesOf(pair.count) === 0;
      return {
        ...section,
        remarks: [
          ...(index === 0 ? missing : []),
          ...(isEmpty && pair.count.feature === "reset" ? [words.usage.neverCollected] : []),
          ...section.remarks,
        ],
      };
    }),
  };
}

const PERIODS_OFFERED: readonly Period[] = ["D1", "D7", "D30"];

function buttons(standing: Standing, shown: Period, { words }: Telling): ActionButton[] {
  const others = PERIODS_OFFERED.filter((period) => period !== shown);
  return [
    firstButton(standing, words),
    ...others.map((period) =>
      look(words.periods[period].button, { command: "compare", options: { period } }, standing),
    ),
    look(words.reports.bestMethods.button, { command: "best-methods", options: { period: shown } }, standing),
    explainButton(standing, words),
  ];
}
