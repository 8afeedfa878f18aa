import type { PeopleDay } from "../../ports/people-history.ts";
import { weekNumber } from "../../views/iso-week.ts";
import type { LineChart, ReportSection } from "../../views/view.ts";
import {
  gapRemarks,
  isKnown,
  isoDay,
  type TrendWeek,
  type WeeksTelling,
  weekColumn,
  weekName,
} from "../trend/weeks.ts";

/** People whose only second method is a phone. */
export interface PhoneCount {
  readonly count: number;
  readonly readAt: Date;
}

/** The last count of a week. */
export type PhoneWeek = TrendWeek<PhoneCount>;

/** The weeks whose report knows phones; a week without a count stays a gap. */
export function phoneWeeks(weeks: readonly TrendWeek<PeopleDay>[]): PhoneWeek[] {
  return weeks.map((week): PhoneWeek => {
    if (!isKnown(week)) {
      return week;
    }
    const { readAt, counts } = week.numbers;
    const { week: name, from, to } = week;
    return counts.phoneOnly === undefined
      ? { week: name, from, to, gap: { kind: "uncounted" } }
      : { week: name, from, to, numbers: { count: counts.phoneOnly, readAt } };
  });
}

/** ", down 140 since week 35": a count of all has no noise of chance, so every change is told; none beside a small group. */
export function changeText(
  weeks: readonly PhoneWeek[],
  count: number,
  { words, format }: WeeksTelling,
): string {
  const { change } = words.history.trend.registration;
  const first = weeks.find(isKnown);
  if (!first || weeks.filter(isKnown).length < 2) {
    return "";
  }
  const was = first.numbers.count;
  if (format.isFew(was) || format.isFew(count)) {
    return "";
  }
  const week = weekNumber(first.week);
  if (count === was) {
    return change.same(week);
  }
  return count > was
    ? change.up(format.number(count - was), week)
    : change.down(format.number(was - count), week);
}

/** What the weeks come to, then their line and table, the newest week first. */
export function weeksSections(
  weeks: readonly PhoneWeek[],
  news: readonly string[],
  now: Date,
  telling: WeeksTelling,
): ReportSection[] {
  const { words, format, days } = telling;
  const { weeks: told } = words.reports.phoneRetirement;
  const { trend } = words.history;
  const { none } = words.figures;
  const known = weeks.filter(isKnown);
  const points = known
    .filter(({ numbers }) => !format.isFew(numbers.count))
    .map(({ from, numbers }) => ({ x: isoDay(from, days.zone), y: numbers.count }));
  const chart: LineChart = {
    title: told.chart,
    axis: trend.axis,
    lines: [{ legend: told.legend, points }],
  };
  const rows = weeks.map((week, index) => {
    if (!isKnown(week)) {
      return [weekName(week, telling), none, trend.gapCell];
    }
    const before = weeks.slice(0, index).findLast(isKnown);
    return [
      weekName(week, telling),
      format.people(week.numbers.count),
      before ? changeCell(week.numbers.count, before.numbers.count, telling) : none,
    ];
  });
  const newestFirst = rows.toReversed();
  const last = weeks.at(-1);
  const isRunning = last && isKnown(last) && last.to > now;
  const shown: ReportSection = {
    ...(points.length > 1 && { chart }),
    table: {
      columns: [weekColumn(words), told.columns.phoneOnly, told.columns.change],
      rows: newestFirst,
      rests: newestFirst.map((_row, index) => [trend.earlier(newestFirst.length - index), none, none]),
    },
    remarks: [
      ...gapRemarks(weeks, telling),
      ...(isRunning
        ? [trend.registration.running(weekNumber(last.week), format.moment(last.numbers.readAt))]
        : []),
    ],
  };
  return [{ headline: told.title, remarks: news }, shown];
}

function changeCell(now: number, before: number, { words, format }: WeeksTelling): string {
  const { weeks } = words.reports.phoneRetirement;
  if (format.isFew(now) || format.isFew(before)) {
    return words.figures.none;
  }
  if (now === before) {
    return weeks.same;
  }
  return now > before ? weeks.up(format.number(now - before)) : weeks.down(format.number(before - now));
}
