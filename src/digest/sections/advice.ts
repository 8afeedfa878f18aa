import type { DigestNumbers } from "../../ports/digest.ts";
import { campaignsFor, isKnown } from "../../reports/campaign/rules.ts";
import { taskOf } from "../../reports/campaign/telling.ts";
import { campaignFigures } from "../campaign-figures.ts";
import type { DigestSection, DigestTelling } from "./section.ts";

/** One thing to do: what "campaign" puts first. It is said only of what the numbers of this digest hold. */
export const adviceSection: DigestSection = {
  extra: "advice",
  part(numbers, telling) {
    const advice = adviceOf(numbers, telling);
    return advice === undefined ? {} : { advice };
  },
};

function adviceOf(numbers: DigestNumbers, telling: DigestTelling): string | undefined {
  const { campaign: words } = telling.words;
  const figures = campaignFigures(numbers, telling.words);
  const [first] = campaignsFor(figures);
  if (first) {
    return words.thisWeek(taskOf(first, telling));
  }
  return isKnown(figures) ? words.nothing : undefined;
}
