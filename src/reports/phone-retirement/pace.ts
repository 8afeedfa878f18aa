/** A count of the last day of a whole week; `week` is the week's number in a row of weeks. */
export interface WeekCount {
  readonly week: number;
  readonly count: number;
}

/** How a count changes by week. */
export type Pace =
  /** Too few counted weeks to say. */
  | { readonly kind: "few"; readonly weeks: number }
  | { readonly kind: "unclear" }
  /** `perWeek` > 0; `weeks` from the first count to the last. */
  | { readonly kind: "falls" | "rises"; readonly perWeek: number; readonly weeks: number };

/** Seven changes are the least of which a spread says something. */
export const LEAST_WEEKS = 8;
/**
 * How many standard errors the mean change must lie from none. With seven changes (Student's t with six degrees of freedom)
 * chance alone gets past 4 about once in 140 looks, with eleven once in 400; the least change below comes on top.
 */
const STANDARD_ERRORS = 4;
/** A smaller change of all weeks together is no pace. */
const LEAST_CHANGE = 20;

/**
 * The mean change a week where it is clear. A count of people is what it was the week before and what came and went since,
 * so the weekly changes are the sample, not the counts: a line through the counts of a random walk looks sure where nothing
 * is. Drift and spread are the estimates of a Brownian motion with drift from unequal steps (maximum likelihood, the
 * spread with n − 1): drift = Σd ÷ Σt, spread² = Σ((d − drift·t)² ÷ t) ÷ (n − 1), standard error = spread ÷ √Σt.
 */
export function weeklyPace(counts: readonly WeekCount[]): Pace {
  const [first, last] = [counts[0], counts.at(-1)];
  if (!first || !last || counts.length < LEAST_WEEKS) {
    return { kind: "few", weeks: counts.length };
  }
  const weeks = last.week - first.week;
  const drift = (last.count - first.count) / weeks;
  const steps = counts.slice(1).map(({ week, count }, index) => {
    const before = counts[index] ?? first;
    return { time: week - before.week, change: count - before.count };
  });
  const squares = steps.reduce((sum, { time, change }) => sum + (change - drift * time) ** 2 / time, 0);
  const standardError = Math.sqrt(squares / (steps.length - 1) / weeks);
  const isClear =
    Math.abs(last.count - first.count) >= LEAST_CHANGE && Math.abs(drift) > STANDARD_ERRORS * standardError;
  if (!isClear) {
    return { kind: "unclear" };
  }
  return { kind: drift < 0 ? "falls" : "rises", perWeek: Math.abs(drift), weeks };
}
