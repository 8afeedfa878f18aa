import { AppError } from "../kernel/problem.ts";
import type { UsageRow } from "../ports/usage.ts";

/** Counts per feature and method, in Graph's own words: a value nobody knows yet is kept as it is. */
export interface Tally {
  add(row: UsageRow): void;
  /** One row per feature and method, in the order of these words. */
  rows(): readonly UsageRow[];
}

export function createTally(): Tally {
  const sums = new Map<string, UsageRow>();
  return {
    add({ feature, method, successes, failures }) {
      const key = JSON.stringify([feature, method]);
      const sum = sums.get(key);
      sums.set(key, {
        feature,
        method,
        successes: exact((sum?.successes ?? 0) + successes),
        failures: exact((sum?.failures ?? 0) + failures),
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
