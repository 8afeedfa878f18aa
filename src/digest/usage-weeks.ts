import type { HistorySpan, SnapshotStore, UsageSource, UsageSum } from "../ports/usage.ts";
import type { UsageTrend } from "../reports/trend/usage-trend.ts";
import type { Gap, TrendWeek } from "../reports/trend/weeks.ts";
import { isSettled, lastWholeWeek, type Week, weekBefore } from "./calendar.ts";
import { rowsOf } from "./week-numbers.ts";

interface WeeksParts {
  readonly usage: Pick<SnapshotStore, "sums" | "spans">;
  readonly source: UsageSource;
  readonly now: Date;
  readonly timeZone: string;
  /** Weeks that are asked for; at least one. */
  readonly asked: number;
}

export interface CellWeeks<Numbers> {
  readonly readAt: Date;
  /** The first stored try. */
  readonly since: Date;
  readonly weeks: readonly TrendWeek<Numbers>[];
  /** The last week was read before Graph had all of it. */
  readonly mayGrow: boolean;
}

/** Tries of the last whole weeks in a zone, as `cellWeeks` finds them. */
export async function usageWeeks(parts: WeeksParts): Promise<UsageTrend | undefined> {
  const found = await cellWeeks(parts, rowsOf);
  return found && { reader: "events", asked: parts.asked, ...found };
}

/**
 * What stored cells say of the last whole weeks in a zone; undefined where there are none. A week that the history does
 * not cover wholly is a gap, also between two spans of it. Weeks before the first stored try are left out.
 */
export async function cellWeeks<Numbers>(
  parts: WeeksParts,
  numbersOf: (sums: readonly UsageSum[]) => Numbers,
): Promise<CellWeeks<Numbers> | undefined> {
  const { usage, source, now, timeZone, asked } = parts;
  const known = await usage.spans(source);
  const [first, newest] = [known[0], known.at(-1)];
  if (!first || !newest) {
    return undefined;
  }
  const spans = weeksUpTo(lastWholeWeek(now, timeZone), timeZone, asked);
  const weeks: TrendWeek<Numbers>[] = [];
  for (const span of await storedWeeks(parts, spans, first.from)) {
    const gap = gapOf(span, known, first, newest);
    weeks.push(
      gap ? { ...span, gap } : { ...span, numbers: numbersOf(await usage.sums(source, span.from, span.to)) },
    );
  }
  const last = spans.at(-1);
  return {
    readAt: newest.readAt,
    since: first.from,
    weeks,
    mayGrow: last !== undefined && !isSettled(last.to, newest.readAt),
  };
}

/** So many weeks with this one as the last, the oldest first. */
export function weeksUpTo(last: Week, timeZone: string, count: number): readonly Week[] {
  const weeks = [last];
  for (let week = last; weeks.length < count; weeks.push(week)) {
    week = weekBefore(week, timeZone);
  }
  return weeks.reverse();
}

/** From the first week on of which anything is stored, covered or not. */
async function storedWeeks(
  { usage, source }: WeeksParts,
  spans: readonly Week[],
  since: Date,
): Promise<readonly Week[]> {
  const older = spans.filter(({ to }) => to <= since);
  const hasCells = async (from: Date, to: Date): Promise<boolean> =>
    (await usage.sums(source, from, to)).length > 0;
  const [first, last] = [older[0], older.at(-1)];
  if (first && last && (await hasCells(first.from, last.to))) {
    for (const [index, span] of older.entries()) {
      if (await hasCells(span.from, span.to)) {
        return spans.slice(index);
      }
    }
  }
  return spans.slice(older.length);
}

/** Why a week is not known; undefined where one of the spans has all of it. */
function gapOf(
  { from, to }: Week,
  known: readonly HistorySpan[],
  first: HistorySpan,
  newest: HistorySpan,
): Gap | undefined {
  if (known.some((span) => span.from <= from && to <= span.to)) {
    return undefined;
  }
  if (from < first.from && first.from < to) {
    return { kind: "begins", at: first.from };
  }
  return newest.from <= from ? { kind: "ends", at: newest.to } : { kind: "unsure" };
}
