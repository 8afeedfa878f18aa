import type { DayCounts } from "../../ports/days.ts";
import { weekNumber } from "../../views/iso-week.ts";
import type { LineChart, ReportSection } from "../../views/view.ts";
import { ENOUGH_TRIES, type Outcomes, sumOf, triesOf } from "../usage/worst-method.ts";
import { dayTable, lastTwo } from "./day-table.ts";
import { clearShareChange } from "./share-change.ts";
import { POINTS } from "./week-table.ts";
import { isKnown, isoDay, lineOf, type TrendWeek, type WeeksTelling } from "./weeks.ts";

type Counts = DayCounts["passwords"];
type Weeks = readonly TrendWeek<readonly Counts[]>[];

/** What part of the password resets of each week people made themselves. */
export function resetShares(weeks: Weeks, telling: WeeksTelling): ReportSection {
  const { words, format } = telling;
  const { columns } = words.helpdesk;
  const chart = chartOf(weeks, telling);
  const empty = weeks.filter((week) => isKnown(week) && triesOf(resetsOf(week.numbers)) === 0);
  return {
    headline: newsOf(weeks, telling),
    ...(chart && { chart }),
    table: dayTable(
      weeks,
      [columns.selfService, columns.byAdmins, columns.share],
      (days) => {
        const resets = resetsOf(days);
        const share =
          triesOf(resets) < ENOUGH_TRIES
            ? words.figures.none
            : format.percent(resets.successes, triesOf(resets));
        return [format.short(resets.successes), format.short(resets.failures), share];
      },
      telling,
    ),
    remarks: [...changesOf(weeks, telling), ...lineOf(empty, words.helpdesk.noResets)],
  };
}

/** The last week beside the one before it; a change is named only where it is beyond noise. */
function newsOf(weeks: Weeks, { words, format }: WeeksTelling): string {
  const { resets } = words.helpdesk;
  const [last, before] = lastTwo(weeks);
  if (!last) {
    return words.history.trend.lastGap;
  }
  const week = weekNumber(last.week);
  const now = resetsOf(last.numbers);
  const all = triesOf(now);
  if (all === 0) {
    return resets.none(week);
  }
  if (all < ENOUGH_TRIES) {
    return resets.few(format.number(now.successes), format.number(all), week);
  }
  const percent = format.percent(now.successes, all);
  const was = before && resetsOf(before.numbers);
  if (!was || triesOf(was) < ENOUGH_TRIES) {
    return resets.alone(percent, format.number(all), week);
  }
  const change = clearShareChange(last.numbers.map(outcomesOf), before.numbers.map(outcomesOf)) ?? "same";
  const percentBefore = format.percent(was.successes, triesOf(was));
  return resets[change](percent, format.number(all), week, percentBefore, weekNumber(before.week));
}

function changesOf(weeks: Weeks, { words, format }: WeeksTelling): string[] {
  const [last] = lastTwo(weeks);
  const changes = last?.numbers.reduce((sum, { changesSelfService }) => sum + changesSelfService, 0) ?? 0;
  return last && changes > 0
    ? [words.helpdesk.resets.changes(format.number(changes), weekNumber(last.week))]
    : [];
}

/** One point alone is no line. Weeks that are gaps have no point. */
function chartOf(weeks: Weeks, { words, days }: WeeksTelling): LineChart | undefined {
  const { helpdesk, history } = words;
  const known = weeks.filter(isKnown).slice(-POINTS);
  const points = (figure: keyof Outcomes) =>
    known.map(({ from, numbers }) => ({ x: isoDay(from, days.zone), y: resetsOf(numbers)[figure] }));
  return known.length < 2
    ? undefined
    : {
        title: helpdesk.chart,
        axis: history.trend.axis,
        lines: [
          { legend: helpdesk.columns.selfService, points: points("successes") },
          { legend: helpdesk.columns.byAdmins, points: points("failures") },
        ],
      };
}

function resetsOf(days: readonly Counts[]): Outcomes {
  return sumOf(days.map(outcomesOf));
}

/** A reset that nobody else had to make is what one wants more of. */
function outcomesOf({ resetsSelfService, resetsByAdmin }: Counts): Outcomes {
  return { successes: resetsSelfService, failures: resetsByAdmin };
}
