import { clearChange } from "../change.ts";
import { type Outcomes, sumOf, triesOf } from "../usage/worst-method.ts";

/**
 * How many standard errors over days two weeks must lie apart. Two times seven days are a small sample: Student's t
 * with 12 degrees of freedom lets chance through at 4.75 as often as the normal distribution does at 3.5.
 */
const STANDARD_ERRORS = 4.75;

/**
 * Whether a share of counts clearly differs between two weeks of days. It must be clear as a share of single events,
 * and beyond what one day differs from the next: a helpdesk works by the day, which the first test knows nothing of.
 */
export function clearShareChange(
  now: readonly Outcomes[],
  before: readonly Outcomes[],
): "more" | "less" | undefined {
  const change = clearChange(sumOf(now), sumOf(before));
  if (!change) {
    return undefined;
  }
  const difference = Math.abs(shareOf(sumOf(now)) - shareOf(sumOf(before)));
  const noise = Math.sqrt(varianceOverDays(now) + varianceOverDays(before));
  return difference > STANDARD_ERRORS * noise ? change : undefined;
}

/** Variance of a share whose days are the sample: that of a ratio estimate (W. G. Cochran, Sampling Techniques, 6.3). */
function varianceOverDays(days: readonly Outcomes[]): number {
  const sum = sumOf(days);
  const share = shareOf(sum);
  const squares = days.reduce((total, day) => total + (day.successes - share * triesOf(day)) ** 2, 0);
  return (days.length / (days.length - 1)) * (squares / triesOf(sum) ** 2);
}

function shareOf(outcomes: Outcomes): number {
  return outcomes.successes / triesOf(outcomes);
}
