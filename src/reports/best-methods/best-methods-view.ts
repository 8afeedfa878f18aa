import { PERIODS, type UsageRow, type UsageSnapshot } from "../../ports/usage.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ActionButton, ReportSection, ReportView } from "../../views/view.ts";
import { announcedLine } from "../announced.ts";
import { type ReportAnswer, standingOf } from "../answer.ts";
import { explainButton, firstButton, look, menuRefresh, type Standing } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import { countByFeature, type FeatureCount } from "../usage/count.ts";
import { heardNotices, readingNotices, reasonsForNone } from "../usage/notices.ts";
import { moreFeatures, range } from "../usage/usage-view.ts";
import { triesOf } from "../usage/worst-method.ts";
import { featureNewsOf, type RankedTelling, rankedSection } from "./section.ts";
import { phoneEnd, shownStrength } from "./strength.ts";

/** The period before the one that is shown, from what is stored. */
export interface PeriodBefore {
  /** Since when tries are stored without a gap; absent where the report has no times, so that nothing is. */
  readonly since?: Date;
  /** Absent where not all of it is stored. */
  readonly rows?: readonly UsageRow[];
}

export interface BestMethodsAnswer extends ReportAnswer {
  readonly snapshot: UsageSnapshot;
  readonly before: PeriodBefore;
  readonly changes: readonly ServiceChange[];
}

/** Graph knows two features: only a flood of unknown ones is cut here, and the others are named. */
const FEATURES_SHOWN = 4;

/**
 * Methods in the order of their reliability, per feature, with their strength beside it. Pure. Below 20 tries a method has
 * no rank, and a change since the period before is put in words only beyond noise.
 */
export function bestMethodsView(answer: BestMethodsAnswer): ReportView {
  const { snapshot, question, audience, changes, nextReadAt, onlyYou = false } = answer;
  const { words, now } = audience;
  const { bestMethods } = words.reports;
  const telling: RankedTelling = { words, format: createFormat(audience), changes };
  const { rolling, within } = words.periods[snapshot.period];
  const counts = countByFeature(snapshot.rows, question.options, words);
  const listed = counts.filter((count) => count.feature !== undefined || triesOf(count) > 0);
  const shown = listed.slice(0, FEATURES_SHOWN);
  const hidden = listed.slice(FEATURES_SHOWN).map(({ label }) => label);
  const standing = standingOf(answer);
  const end = hasRetiring(shown, changes) ? phoneEnd(changes) : undefined;
  const isEmpty = shown.every((count) => triesOf(count) === 0);
  return {
    kind: "report",
    title: questionTitle(question, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline: bestMethods.headline(
      within,
      shown.map((count) => featureNewsOf(count, telling)),
    ),
    subtitle: words.usage.subtitle(rolling, range(snapshot, telling)),
    notices: [
      ...heardNotices(answer, words),
      ...readingNotices({ snapshot, ...(nextReadAt && { nextReadAt }) }, telling),
      ...(isEmpty ? [] : beforeNotices(answer, telling)),
      ...(hidden.length > 0 ? [moreFeatures(hidden, telling)] : []),
    ],
    sections: sectionsOf(shown, answer, telling),
    explanations: isEmpty
      ? []
      : [
          bestMethods.order,
          bestMethods.reliable,
          ...(end ? [announcedLine(end, words, now)] : []),
          words.usage.tries,
          words.usage.failed,
        ],
    footer: readFooter(
      {
        reader: words.readers[snapshot.reader],
        readAt: snapshot.readAt,
        ...(answer.refreshed && { refreshedAt: now }),
      },
      telling,
    ),
    buttons: buttons(standing, answer),
    refresh: menuRefresh(standing, words),
    shortened: words.usage.shortened,
  };
}

function sectionsOf(
  shown: readonly FeatureCount[],
  { snapshot, before }: BestMethodsAnswer,
  telling: RankedTelling,
): ReportSection[] {
  const { words } = telling;
  const earlier = before.rows && countByFeature(before.rows, {}, words);
  const than = words.history.compare.before[snapshot.period];
  return shown.map((count) => {
    const section = rankedSection(
      count,
      earlier && { count: earlier.find(({ value }) => value === count.value), than },
      telling,
    );
    return triesOf(count) === 0
      ? { ...section, remarks: reasonsForNone(snapshot, words, count.feature) }
      : section;
  });
}

/** Why no change is told at all. */
function beforeNotices({ snapshot, before }: BestMethodsAnswer, { words, format }: RankedTelling): string[] {
  const { history } = words;
  if (before.rows) {
    return [];
  }
  return before.since
    ? [history.compare.nothingToCompare[snapshot.period](format.moment(before.since))]
    : [history.needsEvents(words.readers[snapshot.reader])];
}

function hasRetiring(counts: readonly FeatureCount[], changes: readonly ServiceChange[]): boolean {
  return counts.some(({ methods }) =>
    methods.some((method) => triesOf(method) > 0 && shownStrength(method.name, changes) === "retiring"),
  );
}

function buttons(standing: Standing, { snapshot, audience: { words } }: BestMethodsAnswer): ActionButton[] {
  const { question } = standing;
  const { period } = snapshot;
  return [
    firstButton(standing, words),
    look(words.buttons.whyFail, { command: "failures", options: { ...question.options, period } }, standing),
    ...PERIODS.filter((other) => other !== period).map((other) =>
      look(
        words.periods[other].button,
        { command: "best-methods", options: { ...question.options, period: other } },
        standing,
      ),
    ),
    explainButton(standing, words),
  ];
}
