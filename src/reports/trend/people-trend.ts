import type { PeopleCounts, PeopleReaderId, PeopleScope } from "../../ports/people.ts";
import type { PeopleDay } from "../../ports/people-history.ts";
import { createDays } from "../../views/days.ts";
import { createFormat } from "../../views/format.ts";
import { weekNumber } from "../../views/iso-week.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { LineChart, ReportTable, ReportView } from "../../views/view.ts";
import { standingOf } from "../answer.ts";
import { menuRefresh } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import { peopleText, shareOrNone } from "../people-reading.ts";
import { ageNotices, heardNotices } from "../usage/notices.ts";
import { markRemarks, marksOf } from "./marks.ts";
import { type TrendAnswer, trendButtons } from "./trend-view.ts";
import { POINTS, ROWS } from "./week-table.ts";
import {
  gapRemarks,
  isKnown,
  isoDay,
  type KnownWeek,
  type TrendWeek,
  type WeeksTelling,
  weekColumn,
  weekName,
  weeksSubtitle,
} from "./weeks.ts";

/** Counts of people by week, as they are kept; each week has its last count, the running one its newest. */
export interface PeopleTrend {
  readonly reader: PeopleReaderId;
  readonly scope: PeopleScope;
  /** When people were counted last. */
  readonly readAt: Date;
  /** The first count that is kept and can be compared. */
  readonly since: Date;
  readonly asked: number;
  /** The oldest first, the running week last; at least one is known. */
  readonly weeks: readonly TrendWeek<PeopleDay>[];
  /** Days that were counted otherwise. */
  readonly others: number;
}

export interface PeopleTrendAnswer extends TrendAnswer {
  readonly trend: PeopleTrend;
}

type Known = KnownWeek<PeopleDay>;

/** How many people could reset, and who depends on a phone, by week. Pure. A week without a count is a gap. */
export function peopleTrendView(answer: PeopleTrendAnswer): ReportView {
  const { trend, question, audience, changes, nextReadAt, onlyYou, refreshed } = answer;
  const { words, now } = audience;
  const { history, reports } = words;
  const { registration } = history.trend;
  const { weeks } = trend;
  const telling: WeeksTelling = {
    words,
    format: createFormat(audience),
    days: createDays(audience),
    changes: marksOf(changes, "registration", weeks, audience),
  };
  const { format } = telling;
  const known = weeks.filter(isKnown);
  const standing = standingOf(answer);
  const headline = headlineOf(known, trend.scope, telling);
  const chart = chartOf(known, telling);
  return {
    kind: "report",
    title: questionTitle(question, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: weeksSubtitle(weeks, telling) ?? format.day(now),
    notices: [
      ...heardNotices(answer, words),
      ...ageNotices(trend.readAt, nextReadAt, telling),
      ...(weeks.length < trend.asked ? [registration.keptSince(format.day(trend.since))] : []),
      ...(trend.others > 0 ? [registration.others(format.number(trend.others), trend.others === 1)] : []),
    ],
    sections: [
      {
        headline,
        ...(chart && { chart }),
        table: tableOf(weeks, telling),
        remarks: [
          ...gapRemarks(weeks, telling),
          ...running(weeks, telling, now),
          ...markRemarks(telling.changes, words, now),
        ],
      },
    ],
    explanations: [registration.last, registration.shares],
    footer: readFooter(
      {
        reader: reports.counted.readers[trend.reader],
        readAt: trend.readAt,
        ...(refreshed && { refreshedAt: now }),
      },
      telling,
    ),
    buttons: trendButtons(standing, words),
    refresh: menuRefresh(standing, words),
    shortened: history.shortened,
  };
}

function headlineOf(known: readonly Known[], scope: PeopleScope, telling: WeeksTelling): string {
  const { words, format } = telling;
  const { registration, lastGap } = words.history.trend;
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) {
    return lastGap;
  }
  const { people, ssprCapable, ssprEnabled = 0 } = last.numbers.counts;
  if (ssprCapable === undefined || ssprEnabled === 0) {
    return registration.people(
      peopleText(scope, people, telling),
      changeOf(first, last, ({ people: all }) => all, telling),
    );
  }
  return registration.headline(
    format.people(ssprCapable),
    format.people(ssprEnabled),
    shareOrNone(ssprCapable, ssprEnabled, telling),
    changeOf(first, last, (counts) => counts.ssprCapable, telling),
  );
}

/** A count of all has no noise of chance, so every change is told; none beside a count that is kept back. */
function changeOf(
  first: Known,
  last: Known,
  figure: (counts: PeopleCounts) => number | undefined,
  { words, format }: WeeksTelling,
): string {
  const { change } = words.history.trend.registration;
  if (first === last) {
    return change.first;
  }
  const [was, is] = [figure(first.numbers.counts), figure(last.numbers.counts)];
  if (was === undefined || is === undefined || format.isFew(was) || format.isFew(is)) {
    return "";
  }
  const week = weekNumber(first.week);
  if (is === was) {
    return change.same(week);
  }
  return is > was ? change.up(format.number(is - was), week) : change.down(format.number(was - is), week);
}

function tableOf(weeks: readonly TrendWeek<PeopleDay>[], telling: WeeksTelling): ReportTable {
  const { trend } = telling.words.history;
  const { columns } = trend.registration;
  const newestFirst = weeks.toReversed();
  const { none } = telling.words.figures;
  const rests = [...newestFirst.keys()].map((index) => [
    trend.earlier(newestFirst.length - index),
    none,
    none,
    none,
  ]);
  const rest = newestFirst.length > ROWS + 1 ? rests[ROWS] : undefined;
  const rows = (rest ? newestFirst.slice(0, ROWS) : newestFirst).map((week) => [
    weekName(week, telling),
    ...(isKnown(week) ? cellsOf(week.numbers.counts, telling) : [none, none, trend.gapCell]),
  ]);
  return {
    columns: [weekColumn(telling.words), columns.capable, columns.mfa, columns.phone],
    // A count with its share is as long as words, and may break like them.
    wordColumns: [1, 2, 3],
    widths: [4, 4, 5, 4],
    rows: rest ? [...rows, rest] : rows,
    rests,
  };
}

function cellsOf(counts: PeopleCounts, telling: WeeksTelling): string[] {
  const { people, ssprEnabled = 0, ssprCapable, mfaRegistered, phoneOnly } = counts;
  return [
    cell(ssprCapable, ssprEnabled, telling),
    cell(mfaRegistered, people, telling),
    cell(phoneOnly, people, telling),
  ];
}

/** A figure that the report does not have says so. */
function cell(count: number | undefined, whole: number, telling: WeeksTelling): string {
  const { words, format } = telling;
  if (count === undefined) {
    return words.reports.counted.notInApi;
  }
  const share = shareOrNone(count, whole, telling);
  const people = format.people(count);
  return share === undefined ? people : words.history.trend.registration.cell(people, share);
}

function running(
  weeks: readonly TrendWeek<PeopleDay>[],
  { words, format }: WeeksTelling,
  now: Date,
): string[] {
  const last = weeks.at(-1);
  return last && isKnown(last) && last.to > now
    ? [words.history.trend.registration.running(weekNumber(last.week), format.moment(last.numbers.readAt))]
    : [];
}

/** Who can reset, and whose only second method is a phone; a count that is kept back has no point. */
function chartOf(known: readonly Known[], { words, format, days }: WeeksTelling): LineChart | undefined {
  const { axis, charts, registration } = words.history.trend;
  const line = (legend: string, figure: (counts: PeopleCounts) => number | undefined) => ({
    legend,
    points: known.slice(-POINTS).flatMap(({ from, numbers }) => {
      const y = figure(numbers.counts);
      return y === undefined || format.isFew(y) ? [] : [{ x: isoDay(from, days.zone), y }];
    }),
  });
  const lines = [
    line(registration.columns.capable, ({ ssprCapable }) => ssprCapable),
    line(registration.columns.phone, ({ phoneOnly }) => phoneOnly),
  ].filter(({ points }) => points.length > 1);
  return lines.length === 0 ? undefined : { title: charts.registration, axis, lines };
}
