import { AppError } from "../kernel/problem.ts";
import type { UsageRow } from "../ports/usage.ts";

/**
 * Counts per feature and method, in Graph's own words: a value nobody knows yet is kept as it is. All tries of
 * one feature together stay below 2^53, so that every sum which is shown of them is exact.
 */
export interface Tally {
  /** Throws GRAPH-ANSWER where the tries of the feature become more than a number holds exactly. */
  add(row: UsageRow): void;
  /** One row per feature and method, in the order of these words. */
  rows(): readonly UsageRow[];
}

export function createTally(): Tally {
  const sums = new Map<string, UsageRow>();
  const tries = new Map<string, number>();
  return {
    add({ feature, method, successes, failures }) {
      tries.set(feature, exact((tries.get(feature) ?? 0) + successes + failures));
      const key = JSON.stringify([feature, method]);
      const sum = sums.get(key);
      sums.set(key, {
        feature,
        method,
        successes: (sum?.successes ?? 0) + successes,
        failures: (sum?.failures ?? 0) + failures,
      });
    },
    rows() {
      return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    },
  };
}

/** Graph counts in 64 bits; a sum that a number cannot hold exactly is not shown as if it could. */
function exact(sum: number): number {
  if (!Number.isSafeInteger(sum)) {
    throw new AppError("GRAPH-ANSWER", { detail: "A count of Microsoft Graph is too large." });
  }
  return sum;
}
