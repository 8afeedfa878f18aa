import { ENOUGH_TRIES, type Outcomes, triesOf } from "./usage/worst-method.ts";

/**
 * How many standard errors two rates must lie apart. 3.5 lets pure chance through once in about 2,150 digests
 * (two-sided 0.00047): one place in forty sees one false alarm in a year. Tries of one person hang together,
 * which makes real weeks noisier than the formula knows; the strict level is also for that.
 */
const STANDARD_ERRORS = 3.5;
/** Smaller changes are not worth a sentence, however sure; it also keeps the two printed figures apart. */
export const SMALLEST_CHANGE = 0.02;

/**
 * Whether tries worked more or less often than before, where that is beyond noise: the two-proportion test
 * with a pooled rate (NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3). Undefined is "no clear
 * change", always so below 20 tries on either side.
 */
export function clearChange(now: Outcomes, before: Outcomes): "more" | "less" | undefined {
  const [tries, triesBefore] = [triesOf(now), triesOf(before)];
  if (tries < ENOUGH_TRIES || triesBefore < ENOUGH_TRIES) {
    return undefined;
  }
  const difference = now.successes / tries - before.successes / triesBefore;
  const pooled = (now.successes + before.successes) / (tries + triesBefore);
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / tries + 1 / triesBefore));
  const isClear =
    Math.abs(difference) >= SMALLEST_CHANGE && Math.abs(difference) > STANDARD_ERRORS * standardError;
  if (!isClear) {
    return undefined;
  }
  return difference > 0 ? "more" : "less";
}
