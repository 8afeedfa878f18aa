import type { UsageSnapshot } from "../../ports/usage.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import { createDays } from "../../views/days.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ActionButton, ReportView } from "../../views/view.ts";
import { standingOf } from "../answer.ts";
import { explainButton, firstButton, look, menuRefresh, type Standing } from "../buttons.ts";
import {
  countedLines,
  type PeopleAnswer,
  peopleFooter,
  peopleNotices,
  peopleSubtitle,
  peopleText,
  questionOf,
  type ShownScope,
  shareOrNone,
  shownScope,
} from "../people-reading.ts";
import type { PeopleTrend } from "../trend/people-trend.ts";
import { isKnown, type WeeksTelling } from "../trend/weeks.ts";
import { datesSection, phoneEnds } from "./dates.ts";
import { groupsSection } from "./groups.ts";
import { paceLines } from "./pace-lines.ts";
import { triesSection } from "./phone-tries.ts";
import { changeText, type PhoneWeek, phoneWeeks, weeksSections } from "./phone-weeks.ts";

export interface PhoneRetirementAnswer extends PeopleAnswer {
  /** Counts by week of the same people; absent where none is kept. */
  readonly trend?: PeopleTrend;
  /** Tries of the last 30 days; absent where none were read. */
  readonly tries?: UsageSnapshot;
  /** What Microsoft announced for the cloud that is read. */
  readonly changes: readonly ServiceChange[];
  /** The tenant has its own telephony provider, so Microsoft's dates are not its own. */
  readonly isOwnProvider: boolean;
}

/**
 * Who still depends on a phone, and how that changes until the announced days. Pure. A pace is told only where the weeks
 * support it; where the report does not know who has only a phone, that is said and nothing is counted.
 */
export function phoneRetirementView(answer: PhoneRetirementAnswer): ReportView {
  const { reading, question, audience, changes, isOwnProvider, onlyYou = false } = answer;
  const { words, now } = audience;
  const told = words.reports.phoneRetirement;
  const ends = isOwnProvider ? [] : phoneEnds(changes);
  const telling: WeeksTelling = {
    words,
    format: createFormat(audience),
    days: createDays(audience),
    changes: ends,
  };
  const shown = shownScope(answer);
  const { phoneOnly } = shown.counts;
  const trend = trendOf(answer, shown);
  const weeks = phoneWeeks(trend?.weeks ?? []);
  const headline = headlineOf(answer, shown, weeks, telling);
  const standing = standingOf(answer);
  const pace = paceLines(weeks, ends[0], now, telling);
  return {
    kind: "report",
    title: questionTitle(question, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: peopleSubtitle(answer, shown, telling),
    notices: peopleNotices(answer, shown, telling),
    sections: [
      phoneOnly === undefined
        ? { headline, remarks: [] }
        : groupsSection(reading, shown, trend?.weeks ?? [], headline, telling),
      datesSection(ends, isOwnProvider, now, telling),
      triesSection(answer.tries, telling),
      ...(weeks.some(isKnown)
        ? weeksSections(weeks, [...pace, ...keptLines(trend, telling)], now, telling)
        : []),
    ],
    explanations: [
      ...countedLines(reading, shown, telling),
      ...(phoneOnly === undefined ? [] : [told.who.phone]),
      ...(reading.scopes.admins?.phoneOnly === undefined ? [] : [told.who.admins]),
      ...(reading.scopes.guests?.phoneOnly === undefined ? [] : [told.who.guests]),
      ...(answer.tries ? [words.reports.failures.allAccounts] : []),
      ...(pace.length > 0 ? [told.pace.how] : []),
    ],
    footer: peopleFooter(answer, telling),
    buttons: buttons(standing, shown, answer),
    refresh: menuRefresh(standing, words),
    shortened: words.reports.counted.shortened,
  };
}

/** Weeks of other people, or of another report, cannot stand beside these. */
function trendOf({ trend, reading }: PhoneRetirementAnswer, { scope }: ShownScope): PeopleTrend | undefined {
  return trend && trend.scope === scope && trend.reader === reading.reader ? trend : undefined;
}

/** Why there are fewer weeks, and days that do not count. */
function keptLines(trend: PeopleTrend | undefined, { words, format }: WeeksTelling): string[] {
  const { registration } = words.history.trend;
  return trend
    ? [
        ...(trend.weeks.length < trend.asked ? [registration.keptSince(format.day(trend.since))] : []),
        ...(trend.others > 0 ? [registration.others(format.number(trend.others), trend.others === 1)] : []),
      ]
    : [];
}

function headlineOf(
  { reading }: PhoneRetirementAnswer,
  { scope, counts }: ShownScope,
  weeks: readonly PhoneWeek[],
  telling: WeeksTelling,
): string {
  const { phoneRetirement, counted, registration } = telling.words.reports;
  const { phoneOnly, people } = counts;
  if (people === 0) {
    return registration.nobody(counted.scopes[scope]);
  }
  return phoneOnly === undefined
    ? phoneRetirement.notInApi(counted.readers[reading.reader])
    : phoneRetirement.headline(
        telling.format.people(phoneOnly),
        peopleText(scope, people, telling),
        shareOrNone(phoneOnly, people, telling),
        changeText(weeks, phoneOnly, telling),
      );
}

function buttons(
  standing: Standing,
  { scope }: ShownScope,
  { audience: { words } }: PhoneRetirementAnswer,
): ActionButton[] {
  return [
    firstButton(standing, words),
    look(words.buttons.methods, questionOf("methods", scope), standing),
    look(
      words.features.reset.row,
      { command: "usage", options: { by: "method", feature: "reset", method: "phone" } },
      standing,
    ),
    look(words.reports.registration.title, questionOf("registration", scope), standing),
    explainButton(standing, words),
  ];
}
