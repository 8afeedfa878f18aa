import type { SnapshotStore, UsageSnapshot, UsageSource } from "../ports/usage.ts";
import type { PeriodBefore } from "../reports/best-methods/best-methods-view.ts";
import { LENGTHS } from "./compare-periods.ts";
import { rowsOf } from "./week-numbers.ts";

/**
 * The period of the same length that ends where the snapshot's begins, so that no try is on both sides. A snapshot begins
 * at a whole hour, as stored cells do.
 */
export async function periodBefore(
  { period, from, reader }: UsageSnapshot,
  usage: Pick<SnapshotStore, "sums" | "covered">,
  source: UsageSource,
): Promise<PeriodBefore> {
  const covered = reader === "events" ? await usage.covered(source) : undefined;
  if (!covered) {
    return {};
  }
  const since = covered.from;
  const begin = new Date(from.getTime() - LENGTHS[period]);
  return begin >= since && from <= covered.to
    ? { since, rows: rowsOf(await usage.sums(source, begin, from)) }
    : { since };
}
