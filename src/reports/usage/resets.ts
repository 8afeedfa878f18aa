import type { UsageRow } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import { countByFeature, type FeatureCount } from "./count.ts";

/** Password resets of all methods; without any row a count of nothing. */
export function resetsOf(rows: readonly UsageRow[], words: Words): FeatureCount {
  const [resets] = countByFeature(rows, { feature: "reset" }, words);
  return resets ?? { value: "reset", label: "", methods: [], successes: 0, failures: 0 };
}
