import type { Period, UsageSum } from "../../ports/usage.ts";
import type { ReasonGroup } from "../../reference/reasons.ts";
import { clearChange } from "../change.ts";
import type { Telling } from "../usage/section.ts";
import { ENOUGH_TRIES, type Outcomes, triesOf } from "../usage/worst-method.ts";
import { failureGroups, total } from "./groups.ts";

/**
 * What a feature failed of more or less often than in the period before: a sentence for each kind of failure whose share
 * of all tries changed beyond noise, with both figures, or that none did. Without `before` nothing is
 * told.
 */
export function failureChanges(
  now: readonly UsageSum[],
  before: readonly UsageSum[] | undefined,
  period: Period,
  telling: Telling,
): string[] {
  const { words, format } = telling;
  const { changes, groups } = words.reports.failures;
  const than = words.history.compare.before[period];
  if (before === undefined || total(now) < ENOUGH_TRIES) {
    return [];
  }
  if (total(before) < ENOUGH_TRIES) {
    return [changes.few(than)];
  }
  const known = [...new Set([...failureGroups(now), ...failureGroups(before)].map(({ group }) => group))];
  const told = [
    sentence(changes.all, allFailed(now), allFailed(before)),
    ...known.map((group) => sentence(groups[group].name, failedOf(group, now), failedOf(group, before))),
  ].filter((line) => line !== undefined);
  return told.length > 0 ? told : [changes.same(than)];

  function sentence(name: string, failed: Outcomes, was: Outcomes): string | undefined {
    const change = clearChange(failed, was);
    const rate = (outcomes: Outcomes): string =>
      words.history.rates.of(
        format.percent(outcomes.failures, triesOf(outcomes)),
        format.number(triesOf(outcomes)),
      );
    // Fewer that did not fail of it are more that did.
    return change && changes[change === "less" ? "more" : "less"](name, rate(failed), rate(was), than);
  }
}

function allFailed(sums: readonly UsageSum[]): Outcomes {
  const successes = total(sums.filter(({ isSuccess }) => isSuccess));
  return { successes, failures: total(sums) - successes };
}

function failedOf(group: ReasonGroup, sums: readonly UsageSum[]): Outcomes {
  const failures = failureGroups(sums).find((one) => one.group === group)?.count ?? 0;
  return { successes: total(sums) - failures, failures };
}
