import type { Outcomes } from "../../src/reports/usage/worst-method.ts";

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function lottery(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface QuietTenant {
  readonly weeks: number;
  /** Tries of a week, give or take a fifth. */
  readonly tries: number;
  readonly rate: number;
  readonly draw: () => number;
}

/** Weeks in which nothing happens but chance. */
export function quietWeeks({ weeks, tries, rate, draw }: QuietTenant): Outcomes[] {
  return Array.from({ length: weeks }, () => {
    const all = Math.round(tries * (0.8 + 0.4 * draw()));
    const successes = Array.from({ length: all }, draw).filter((drawn) => drawn < rate).length;
    return { successes, failures: all - successes };
  });
}
