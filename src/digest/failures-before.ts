import type { SnapshotStore, UsageSnapshot, UsageSource, UsageSum } from "../ports/usage.ts";
import { LENGTHS } from "./compare-periods.ts";

/**
 * Tries of the period before that of a reading, as long and right before it, from stored cells; undefined where not all
 * of that time is stored. The reading itself stays as it is, so that a change is told of the figures of its own card.
 */
export async function failuresBefore(
  usage: Pick<SnapshotStore, "sums" | "spans">,
  source: UsageSource,
  { from: to, period }: UsageSnapshot,
): Promise<readonly UsageSum[] | undefined> {
  const from = new Date(to.getTime() - LENGTHS[period]);
  const spans = await usage.spans(source);
  return spans.some((span) => span.from <= from && to <= span.to)
    ? await usage.sums(source, from, to)
    : undefined;
}
