import type { ReaderId, UsageRow } from "../../ports/usage.ts";
import { createDays } from "../../views/days.ts";
import { createFormat } from "../../views/format.ts";
import { weekNumber } from "../../views/iso-week.ts";
import { questionTitle, trendKind } from "../../views/question-title.ts";
import type { ReportSection, ReportView } from "../../views/view.ts";
import { standingOf } from "../answer.ts";
import { menuRefresh } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import type { FeatureCount } from "../usage/count.ts";
import { ageNotices, heardNotices } from "../usage/notices.ts";
import { resetsOf } from "../usage/resets.ts";
import { triesOf } from "../usage/worst-method.ts";
import { markRemarks, marksOf } from "./marks.ts";
import { methodParts } from "./method-trend.ts";
import { type TrendAnswer, trendButtons } from "./trend-view.ts";
import { resetParts } from "./week-table.ts";
import { gapRemarks, isKnown, lineOf, type TrendWeek, type WeeksTelling, weeksSubtitle } from "./weeks.ts";

/** Tries by week, as they are stored. */
export interface UsageTrend {
  readonly reader: ReaderId;
  readonly readAt: Date;
  /** Since when tries are stored, with the gaps that weeks show; absent where the report has no times, so that nothing is. */
  readonly since?: Date;
  /** Weeks that were asked for. */
  readonly asked: number;
  /** The oldest first, without those before anything was stored. */
  readonly weeks: readonly TrendWeek<readonly UsageRow[]>[];
  /** The newest reading came before Graph had all of the last week. */
  readonly mayGrow: boolean;
}

export interface UsageTrendAnswer extends TrendAnswer {
  readonly trend: UsageTrend;
}

/**
 * Reset tries by week, in all, by method or of one method. Pure. A week that is not wholly stored is a gap with its reason and never a
 * zero; the last and the first whole week are compared, and a change is put in words only beyond noise.
 */
export function usageTrendView(answer: UsageTrendAnswer): ReportView {
  const { trend, question, audience, changes, nextReadAt, onlyYou, refreshed } = answer;
  const { words, now } = audience;
  const { history, usage } = words;
  const format = createFormat(audience);
  const weeks = trend.weeks.map((week) =>
    isKnown(week) ? { ...week, numbers: resetsOf(week.numbers, words, question.options.method) } : week,
  );
  const telling: WeeksTelling = {
    words,
    format,
    days: createDays(audience),
    changes: marksOf(changes, "usage", weeks, audience),
  };
  const standing = standingOf(answer);
  const { headline, sections } = partsOf(weeks, answer, telling);
  return {
    kind: "report",
    title: questionTitle(question, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: weeksSubtitle(weeks, telling) ?? words.dates.zoned(format.day(now), telling.days.zone),
    notices: [
      ...heardNotices(answer, words),
      ...ageNotices(trend.readAt, nextReadAt, telling),
      ...fewerWeeks(trend, telling),
    ],
    sections,
    explanations: weeks.some(isKnown) ? [usage.tries, usage.failed] : [],
    footer: readFooter(
      { reader: words.readers[trend.reader], readAt: trend.readAt, ...(refreshed && { refreshedAt: now }) },
      telling,
    ),
    buttons: trendButtons(standing, words),
    refresh: menuRefresh(standing, words),
    shortened: history.shortened,
  };
}

function partsOf(
  weeks: readonly TrendWeek<FeatureCount>[],
  { trend, question, audience: { now } }: UsageTrendAnswer,
  telling: WeeksTelling,
): { readonly headline: string; readonly sections: readonly ReportSection[] } {
  const { words, format } = telling;
  const { history } = words;
  const marks = markRemarks(telling.changes, words, now);
  if (trend.since === undefined) {
    const why = history.needsEvents(words.readers[trend.reader]);
    return { headline: why, sections: [{ headline: why, remarks: marks }] };
  }
  if (weeks.length === 0) {
    const { noWeek, noWeekWhy } = history.trend;
    const why = noWeekWhy(format.moment(trend.since));
    return { headline: noWeek, sections: [{ headline: noWeek, remarks: [why, ...marks] }] };
  }
  const { method } = question.options;
  const label = method && words.families[method];
  const made =
    trendKind(question.options) === "method"
      ? methodParts(weeks, telling)
      : resetParts(weeks, telling, label);
  const remarks = [
    ...gapRemarks(weeks, telling),
    ...zeroRemarks(weeks, telling, label),
    ...growing(trend, telling),
    ...marks,
  ];
  return {
    headline: made.headline,
    sections: made.sections.map((section, index) =>
      index === made.sections.length - 1
        ? { ...section, remarks: [...section.remarks, ...remarks] }
        : section,
    ),
  };
}

/** A zero stands with its reason. */
function zeroRemarks(
  weeks: readonly TrendWeek<FeatureCount>[],
  { words }: WeeksTelling,
  method: string | undefined,
): string[] {
  const { noTries, noTriesWith } = words.history.trend;
  const empty = weeks.filter((week) => isKnown(week) && triesOf(week.numbers) === 0);
  return lineOf(empty, method === undefined ? noTries : (numbers) => noTriesWith(method, numbers));
}

function growing({ weeks, mayGrow }: UsageTrend, { words }: WeeksTelling): string[] {
  const last = weeks.at(-1);
  return mayGrow && last && isKnown(last) ? [words.history.trend.mayGrow(weekNumber(last.week))] : [];
}

function fewerWeeks({ asked, weeks, since }: UsageTrend, { words, format }: WeeksTelling): string[] {
  return since && weeks.length > 0 && weeks.length < asked
    ? [words.history.trend.fewerWeeks(asked, format.day(since))]
    : [];
}
