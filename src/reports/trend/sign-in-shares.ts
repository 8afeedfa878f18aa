import type { DayCounts } from "../../ports/days.ts";
import { weekNumber } from "../../views/iso-week.ts";
import type { ReportSection } from "../../views/view.ts";
import { ENOUGH_TRIES } from "../usage/worst-method.ts";
import { dayTable, lastTwo } from "./day-table.ts";
import { isKnown, lineOf, type TrendWeek, type WeeksTelling } from "./weeks.ts";

type Counts = DayCounts["signIns"];
type Weeks = readonly TrendWeek<readonly Counts[]>[];

/**
 * What part of the sign-ins of each week was multi-factor. Where a day's parts do not add up to its total, as in the
 * documentation's own example, nobody knows what the whole is, so that there is no share.
 */
export function signInShares(weeks: Weeks, telling: WeeksTelling): ReportSection {
  const { words, format } = telling;
  const { columns, signIns } = words.helpdesk;
  const wrong = weeks.filter((week) => isKnown(week) && !week.numbers.every(addsUp));
  return {
    headline: newsOf(weeks, telling),
    table: dayTable(
      weeks,
      [columns.signIns, columns.multiFactor, words.history.trend.columns.rate],
      (days) => {
        const { total, multiFactor } = sumUp(days);
        return [format.short(total), format.short(multiFactor), shareOf(days, telling) ?? words.figures.none];
      },
      telling,
    ),
    remarks: lineOf(wrong, signIns.doNotAddUp),
  };
}

/** Both weeks' figures, and no word about a change: how people sign in differs from day to day for many reasons. */
function newsOf(weeks: Weeks, telling: WeeksTelling): string {
  const { words, format } = telling;
  const { signIns } = words.helpdesk;
  const [last, before] = lastTwo(weeks);
  if (!last) {
    return words.history.trend.lastGap;
  }
  const week = weekNumber(last.week);
  const { total, multiFactor } = sumUp(last.numbers);
  if (total === 0 && multiFactor === 0) {
    return signIns.none(week);
  }
  const share = shareOf(last.numbers, telling);
  if (share === undefined) {
    return signIns.counts(format.number(multiFactor), format.number(total), week);
  }
  const was = before && shareOf(before.numbers, telling);
  return was === undefined || before === undefined
    ? signIns.share(share, format.number(total), week)
    : signIns.shares(share, format.number(total), week, was, weekNumber(before.week));
}

function shareOf(days: readonly Counts[], { format }: WeeksTelling): string | undefined {
  const { total, multiFactor } = sumUp(days);
  return total < ENOUGH_TRIES || !days.every(addsUp) ? undefined : format.percent(multiFactor, total);
}

function addsUp({ total, singleFactor, multiFactor }: Counts): boolean {
  return singleFactor + multiFactor === total;
}

function sumUp(days: readonly Counts[]): Pick<Counts, "total" | "multiFactor"> {
  return {
    total: days.reduce((sum, day) => sum + day.total, 0),
    multiFactor: days.reduce((sum, day) => sum + day.multiFactor, 0),
  };
}
