import type { Outcomes } from "../../src/reports/usage/worst-method.ts";

/** The 97.5th percentile of the normal distribution (NIST/SEMATECH e-Handbook, 1.3.6.7.1). */
const Z = 1.959964;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * One end of the score interval by its definition: the outermost share that the score test does not reject, found by
 * halving and not by the closed form.
 */
function scoreEnd(successes: number, tries: number, end: "low" | "high"): number {
  const share = successes / tries;
  const isKept = (p: number): boolean => Math.abs(share - p) <= Z * Math.sqrt((p * (1 - p)) / tries);
  let [inside, outside] = [share, end === "low" ? 0 : 1];
  for (let step = 0; step < 200; step++) {
    const middle = (inside + outside) / 2;
    if (isKept(middle)) {
      inside = middle;
    } else {
      outside = middle;
    }
  }
  return inside;
}

/** The 95 % Wilson interval of a share. */
export function scoreInterval(successes: number, tries: number): Interval {
  return { low: scoreEnd(successes, tries, "low"), high: scoreEnd(successes, tries, "high") };
}

/**
 * The 95 % interval of the difference of two shares: R. G. Newcombe, "Interval estimation for the difference between
 * independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), 873–890, method 10.
 */
export function differenceInterval(now: Outcomes, before: Outcomes): Interval {
  const [one, other] = [shareOf(now), shareOf(before)];
  const difference = one.share - other.share;
  return {
    low: difference - Math.hypot(one.share - one.low, other.high - other.share),
    high: difference + Math.hypot(one.high - one.share, other.share - other.low),
  };
}

function shareOf({ successes, failures }: Outcomes): Interval & { readonly share: number } {
  const tries = successes + failures;
  return { share: successes / tries, ...scoreInterval(successes, tries) };
}

/**
 * Whether two rates differ clearly, as Pearson's chi-squared of the table of four counts says it (3.5 standard errors
 * squared), and by two points, in whole numbers where these are exact. "edge" is where rounding may decide.
 */
export function clearlyDiffers(now: Outcomes, before: Outcomes): "more" | "less" | "no" | "edge" {
  const [tries, triesBefore] = [now.successes + now.failures, before.successes + before.failures];
  if (tries < 20 || triesBefore < 20) {
    return "no";
  }
  const cross = now.successes * before.failures - before.successes * now.failures;
  const [worked, failed] = [now.successes + before.successes, now.failures + before.failures];
  const chiSquared =
    worked === 0 || failed === 0
      ? 0
      : ((tries + triesBefore) * (cross / tries / triesBefore) ** 2 * tries * triesBefore) /
        (worked * failed);
  const points = (100 * Math.abs(cross)) / (tries * triesBefore);
  if (Math.abs(chiSquared - 3.5 ** 2) < 1e-6 || Math.abs(points - 2) < 1e-6) {
    return "edge";
  }
  if (chiSquared < 3.5 ** 2 || points < 2) {
    return "no";
  }
  return cross > 0 ? "more" : "less";
}
