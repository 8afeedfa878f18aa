/** Fewer tries than this carry no rate, rank, comparison or sentence. */
export const ENOUGH_TRIES = 20;

/** The 97.5th percentile of the normal distribution: a 95 % interval. */
const Z = 1.959964;

export interface Outcomes {
  readonly successes: number;
  readonly failures: number;
}

export function triesOf({ successes, failures }: Outcomes): number {
  return successes + failures;
}

/**
 * The Wilson 95 % interval of a share: it holds for small counts and for shares near 0 and 1, where the
 * plain normal interval does not (NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.4.1).
 * `count` of `total`, total > 0; both ends lie between 0 and 1.
 */
export function wilsonInterval(
  count: number,
  total: number,
): { readonly low: number; readonly high: number } {
  const share = count / total;
  const scale = 1 + Z ** 2 / total;
  const middle = (share + Z ** 2 / (2 * total)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  // The ends at none and at all are 0 and 1; rounding would miss them by something that no order may depend on.
  return { low: count === 0 ? 0 : middle - half, high: count === total ? 1 : middle + half };
}

/**
 * The line that fails most often, where that is beyond noise: among those with enough tries the one with the
 * highest failure rate, if the low end of its interval lies above the high end of all others together.
 */
export function worstBeyondNoise<Line extends Outcomes>(lines: readonly Line[]): Line | undefined {
  const rate = (line: Line): number => line.failures / triesOf(line);
  const worst = lines
    .filter((line) => triesOf(line) >= ENOUGH_TRIES)
    .reduce<Line | undefined>(
      (found, line) => (found && rate(found) >= rate(line) ? found : line),
      undefined,
    );
  if (worst === undefined) {
    return undefined;
  }
  const others = sumOf(lines.filter((line) => line !== worst));
  if (triesOf(others) === 0) {
    return undefined;
  }
  const lowest = wilsonInterval(worst.failures, triesOf(worst)).low;
  return lowest > wilsonInterval(others.failures, triesOf(others)).high ? worst : undefined;
}

export function sumOf(lines: readonly Outcomes[]): Outcomes {
  return lines.reduce<Outcomes>(
    (sum, { successes, failures }) => ({
      successes: sum.successes + successes,
      failures: sum.failures + failures,
    }),
    { successes: 0, failures: 0 },
  );
}
