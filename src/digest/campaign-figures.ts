import type { DigestNumbers, WeekTries } from "../ports/digest.ts";
import { groupOf } from "../reference/reasons.ts";
import type { Words } from "../reference/words/words.ts";
import type { CampaignFigures } from "../reports/campaign/rules.ts";
import { groupBy } from "../reports/usage/count.ts";
import { resetsOf } from "../reports/usage/resets.ts";
import { triesOf } from "../reports/usage/worst-method.ts";
import { resetWeek } from "./reset-week.ts";

/** What is advised comes from the numbers of a digest, so that digest, overview and chat advise the same. */
export function campaignFigures(numbers: DigestNumbers, words: Words): CampaignFigures {
  const { people, tries, month, resets: byWhom } = numbers;
  const resets = month ? ({ days: 30, ...month } as const) : tries && weekResets(tries.week, words);
  const worse = tries && worseOf(tries, words);
  return {
    ...(people && { people: people.counts }),
    ...(resets && { resets }),
    ...(byWhom && { byWhom }),
    ...(worse && { worse }),
  };
}

/** Of a digest that was frozen before thirty days were kept with it. */
function weekResets(
  { rows, resetFailures }: WeekTries,
  words: Words,
): NonNullable<CampaignFigures["resets"]> {
  return {
    days: 7,
    tries: triesOf(resetsOf(rows, words)),
    failures: [...groupBy(resetFailures, ({ reason }) => groupOf(reason))].map(([group, same]) => ({
      group,
      tries: same.reduce((sum, { count }) => sum + count, 0),
    })),
  };
}

function worseOf(tries: NonNullable<DigestNumbers["tries"]>, words: Words): CampaignFigures["worse"] {
  const { now, before, change, where } = resetWeek(tries, words);
  if (change !== "less") {
    return undefined;
  }
  return where ? { method: where.now.label, now: where.now, before: where.before } : { now, before };
}
