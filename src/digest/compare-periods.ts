import { PERIODS, type Period, type SnapshotStore, type UsageSource } from "../ports/usage.ts";
import type { ComparedSpan, Comparison } from "../reports/compare/compare-view.ts";
import { rowsOf } from "./week-numbers.ts";

const DAY = 86_400_000;
/** Milliseconds; days are of 24 hours. */
export const LENGTHS: Readonly<Record<Period, number>> = { D1: DAY, D7: 7 * DAY, D30: 30 * DAY };

interface CompareParts {
  readonly usage: Pick<SnapshotStore, "sums" | "covered">;
  readonly source: UsageSource;
  /** Without one it is the longest that can be compared. */
  readonly period: Period | undefined;
}

/**
 * The period up to the end of what is stored, beside the one of the same length before it; undefined where no cells are
 * stored. Days are of 24 hours, also where clocks are changed.
 */
export async function comparePeriods({
  usage,
  source,
  period: asked,
}: CompareParts): Promise<Comparison | undefined> {
  const covered = await usage.covered(source);
  if (!covered) {
    return undefined;
  }
  // Quarters after the reading are not known yet.
  const end = covered.to.getTime();
  const stored = end - covered.from.getTime();
  const period = asked ?? PERIODS.findLast((one) => 2 * LENGTHS[one] <= stored) ?? "D1";
  const length = LENGTHS[period];

  async function span(from: number): Promise<ComparedSpan> {
    const ends = { from: new Date(from), to: new Date(from + length) };
    return covered && ends.from >= covered.from
      ? { ...ends, rows: rowsOf(await usage.sums(source, ends.from, ends.to)) }
      : ends;
  }

  return {
    reader: "events",
    readAt: covered.readAt,
    period,
    isShorter: asked === undefined && period !== "D30",
    stored: { since: covered.from, now: await span(end - length), before: await span(end - 2 * length) },
  };
}
