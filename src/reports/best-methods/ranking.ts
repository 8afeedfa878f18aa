import { SMALLEST_CHANGE } from "../change.ts";
import type { MethodCount } from "../usage/count.ts";
import { ENOUGH_TRIES, triesOf, wilsonInterval } from "../usage/worst-method.ts";

/** A method with the 95 % interval of its success rate. */
export interface RankedMethod extends MethodCount {
  readonly low: number;
  readonly high: number;
}

export interface Ranking {
  /** The most reliable first. */
  readonly ranked: readonly RankedMethod[];
  /** Methods with tries, though fewer than twenty; the most tries first. */
  readonly tooFew: readonly MethodCount[];
}

/**
 * Methods in the order of the lower end of the Wilson score interval of their success rate: how reliable a method is at
 * least, whatever luck its tries had. Levels: the most tries first, then by name. Sources: E. B. Wilson, "Probable
 * Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927), 209–212; R. G. Newcombe, "Two-sided
 * confidence intervals for the single proportion: comparison of seven methods", Statistics in Medicine 17 (1998),
 * 857–872, method 3.
 */
export function rankMethods(methods: readonly MethodCount[]): Ranking {
  const ranked = methods
    .filter((method) => triesOf(method) >= ENOUGH_TRIES)
    .map((method) => ({ ...method, ...wilsonInterval(method.successes, triesOf(method)) }))
    .sort((one, other) => other.low - one.low || byTries(one, other));
  const tooFew = methods
    .filter((method) => triesOf(method) > 0 && triesOf(method) < ENOUGH_TRIES)
    .sort(byTries);
  return { ranked, tooFew };
}

/**
 * The next method that the first one is not clearly before, because their intervals meet; undefined where the first one
 * leads beyond noise, and where it is alone.
 */
export function levelWithFirst([first, ...others]: readonly RankedMethod[]): RankedMethod | undefined {
  return first && others.find(({ high }) => high >= first.low);
}

/**
 * The next method whose rate is less than two points below that of the first one. Of millions of tries every difference
 * is beyond noise, also one that no printed rate shows.
 */
export function closeToFirst([first, ...others]: readonly RankedMethod[]): RankedMethod | undefined {
  return first && others.find((other) => rateOf(first) - rateOf(other) < SMALLEST_CHANGE);
}

function rateOf(method: MethodCount): number {
  return method.successes / triesOf(method);
}

function byTries(one: MethodCount, other: MethodCount): number {
  return triesOf(other) - triesOf(one) || Number(one.label > other.label) - Number(one.label < other.label);
}
