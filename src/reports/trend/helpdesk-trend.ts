import type { DailyReport, DayCounts } from "../../ports/days.ts";
import { createDays } from "../../views/days.ts";
import { createFormat } from "../../views/format.ts";
import { weekNumber } from "../../views/iso-week.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ReportSection, ReportView } from "../../views/view.ts";
import { standingOf } from "../answer.ts";
import { menuRefresh } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import { ageNotices, heardNotices } from "../usage/notices.ts";
import { callSections, type HelpdeskCalls } from "./helpdesk-calls.ts";
import { resetShares } from "./reset-shares.ts";
import { signInShares } from "./sign-in-shares.ts";
import { type TrendAnswer, trendButtons } from "./trend-view.ts";
import { gapRemarks, type TrendWeek, type WeeksTelling, weeksSubtitle } from "./weeks.ts";

/** Weeks of one daily report, the oldest first. The numbers of a week are those of its seven days. */
export interface DayWeeks<Report extends DailyReport> {
  readonly weeks: readonly TrendWeek<readonly DayCounts[Report][]>[];
  /** The first stored day; absent where none is stored. */
  readonly since?: Date;
  /** The newest reading of a day of the last week came before Graph had all of it. */
  readonly mayGrow: boolean;
}

/** The same with what is known of its readings. */
export interface ReportWeeks<Report extends DailyReport> extends DayWeeks<Report> {
  readonly readAt?: Date;
  /** What the newest reading failed of. */
  readonly problem?: { readonly code: string; readonly at: Date };
}

export interface HelpdeskTrend {
  /** When one of the reports was read last. */
  readonly readAt: Date;
  readonly asked: number;
  readonly passwords: ReportWeeks<"passwords">;
  readonly signIns: ReportWeeks<"signIns">;
  /** Reset tries that became or will become calls, from single events; none where these are not stored. */
  readonly calls?: readonly TrendWeek<HelpdeskCalls>[];
}

export interface HelpdeskTrendAnswer extends TrendAnswer {
  readonly trend: HelpdeskTrend;
}

/** A report that was read so much earlier than the other one says so. */
const APART = 12 * 3_600_000;

/**
 * Resets by people beside those by administrators, and sign-ins, by weeks of UTC: Graph counts them by day. Pure. A
 * report without days, and a week without all of its days, says why and shows no zero.
 */
export function helpdeskTrendView(answer: HelpdeskTrendAnswer): ReportView {
  const { trend, question, audience, nextReadAt, onlyYou, refreshed } = answer;
  const { words, now } = audience;
  const { history, helpdesk } = words;
  const { passwords, signIns, asked, readAt } = trend;
  const inUtc = { ...audience, timeZone: "UTC" };
  const telling: WeeksTelling = {
    words,
    format: createFormat(inUtc),
    days: createDays(inUtc),
    // What was announced bends tries and registrations; nobody knows what it does to these.
    changes: [],
  };
  const own = { words, format: createFormat(audience) };
  const standing = standingOf(answer);
  const resets = sectionOf("passwords", trend, telling, () => resetShares(passwords.weeks, telling));
  const factors = sectionOf("signIns", trend, telling, () => signInShares(signIns.weeks, telling));
  const longest = passwords.weeks.length >= signIns.weeks.length ? passwords : signIns;
  return {
    kind: "report",
    title: questionTitle(question, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline: resets.headline ?? "",
    subtitle: weeksSubtitle(longest.weeks, telling) ?? words.dates.zoned(telling.format.day(now), "UTC"),
    notices: [
      ...heardNotices(answer, words),
      ...ageNotices(readAt, nextReadAt, own),
      ...(longest.since && longest.weeks.length > 0 && longest.weeks.length < asked
        ? [helpdesk.fewerWeeks(asked, telling.format.day(longest.since))]
        : []),
    ],
    sections: [resets, ...callSections(trend.calls ?? [], telling), factors],
    explanations: [helpdesk.utc, helpdesk.counted],
    footer: readFooter({ reader: helpdesk.reader, readAt, ...(refreshed && { refreshedAt: now }) }, own),
    buttons: trendButtons(standing, words),
    refresh: menuRefresh(standing, words),
    shortened: history.shortened,
  };
}

function sectionOf<Report extends DailyReport>(
  report: Report,
  trend: HelpdeskTrend,
  telling: WeeksTelling,
  shares: () => ReportSection,
): ReportSection {
  const { words, format } = telling;
  const { helpdesk, history } = words;
  const { weeks, since, readAt, problem, mayGrow } = trend[report];
  const failed = problem ? [helpdesk.failed[report](problem.code, format.moment(problem.at))] : [];
  const isOld = readAt !== undefined && trend.readAt.getTime() - readAt.getTime() > APART;
  const old = isOld ? [helpdesk.old[report](format.moment(readAt))] : [];
  if (since === undefined) {
    return { headline: helpdesk.notRead[report], remarks: failed };
  }
  if (weeks.length === 0) {
    const why = helpdesk.noWeekWhy(format.day(since));
    return { headline: history.trend.noWeek, remarks: [why, ...old, ...failed] };
  }
  const section = shares();
  const last = weeks.at(-1);
  return {
    ...section,
    remarks: [
      ...section.remarks,
      ...gapRemarks(weeks, telling),
      ...(mayGrow && last && "numbers" in last ? [history.trend.mayGrow(weekNumber(last.week))] : []),
      ...old,
      ...failed,
    ],
  };
}
