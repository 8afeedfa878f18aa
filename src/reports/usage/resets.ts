import type { UsageRow } from "../../ports/usage.ts";
import type { MethodFamily } from "../../reference/methods.ts";
import type { Words } from "../../reference/words/words.ts";
import { countByFeature, type FeatureCount } from "./count.ts";

/** Password resets of all methods, or of those of one family; without any row a count of nothing. */
export function resetsOf(rows: readonly UsageRow[], words: Words, method?: MethodFamily): FeatureCount {
  const [resets] = countByFeature(rows, { feature: "reset", ...(method && { method }) }, words);
  return resets ?? { value: "reset", label: "", methods: [], successes: 0, failures: 0 };
}
