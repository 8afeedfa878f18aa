import type { DigestNumbers } from "../ports/digest.ts";
import type { Words } from "../reference/words/words.ts";
import { clearChange } from "../reports/change.ts";
import type { FeatureCount, MethodCount } from "../reports/usage/count.ts";
import { resetsOf } from "../reports/usage/resets.ts";
import { ENOUGH_TRIES, triesOf } from "../reports/usage/worst-method.ts";

/** Reset tries of a week and what can be said of them beside the week before. */
export interface ResetWeek {
  readonly now: FeatureCount;
  readonly before: FeatureCount;
  /** Both weeks are whole and have enough tries. */
  readonly comparable: boolean;
  readonly change?: "more" | "less";
  /** The method behind the change, where that is clear too. */
  readonly where?: { readonly now: MethodCount; readonly before: MethodCount };
}

type Tries = NonNullable<DigestNumbers["tries"]>;

export function resetWeek({ week, before }: Tries, words: Words): ResetWeek {
  const counts = { now: resetsOf(week.rows, words), before: resetsOf(before.rows, words) };
  const comparable =
    week.covered &&
    before.covered &&
    [counts.now, counts.before].every((count) => triesOf(count) >= ENOUGH_TRIES);
  const change = comparable ? clearChange(counts.now, counts.before) : undefined;
  const where = change && methodBehind(change, counts);
  return { ...counts, comparable, ...(change && { change }), ...(where && { where }) };
}

/** Among the methods that clearly changed the same way, the one with the most tries in it. */
function methodBehind(
  change: "more" | "less",
  { now, before }: Pick<ResetWeek, "now" | "before">,
): ResetWeek["where"] {
  return now.methods
    .flatMap((method) => {
      const earlier = before.methods.find(({ label }) => label === method.label);
      return earlier && clearChange(method, earlier) === change ? [{ now: method, before: earlier }] : [];
    })
    .sort((one, other) => triesMoved(other) - triesMoved(one))[0];
}

/** How many of a method's tries would have ended otherwise at the earlier rate. */
function triesMoved({ now, before }: NonNullable<ResetWeek["where"]>): number {
  const expected = (before.failures / triesOf(before)) * triesOf(now);
  return Math.abs(now.failures - expected);
}
