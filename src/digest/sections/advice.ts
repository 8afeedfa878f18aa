import type { DigestNumbers } from "../../ports/digest.ts";
import { ENOUGH_TRIES } from "../../reports/usage/worst-method.ts";
import { resetWeek } from "../reset-week.ts";
import type { DigestSection, DigestTelling } from "./section.ts";

/** A smaller share of the people than this is no task for a week. */
const WORTH_A_WEEK = 0.05;

/** One thing to do. It is said only of what the numbers of this digest hold. */
export const adviceSection: DigestSection = {
  extra: "advice",
  part(numbers, telling) {
    const advice = adviceOf(numbers, telling);
    return advice === undefined ? {} : { advice };
  },
};

/**
 * The first that applies: people in scope who cannot reset, resets that clearly work less often, people whose
 * only second method is a phone. A group counts from 20 people and a twentieth of its whole on. Without the
 * count of people, or of those with a phone alone, nobody can say that nothing is urgent.
 */
function adviceOf({ people, tries }: DigestNumbers, { words, format }: DigestTelling): string | undefined {
  const { advice } = words.digest;
  const { inScope = 0, capable = 0, phoneOnly, people: all = 0 } = people?.counts ?? {};
  if (isWorthAWeek(inScope - capable, inScope)) {
    return advice.remind(format.people(inScope - capable));
  }
  const { change, where } = tries ? resetWeek(tries, words) : {};
  if (change === "less") {
    return where ? advice.look(where.now.label) : advice.lookAnywhere;
  }
  if (phoneOnly === undefined) {
    return undefined;
  }
  if (isWorthAWeek(phoneOnly, all)) {
    return advice.phoneOnly(format.people(phoneOnly));
  }
  return all > 0 && tries ? advice.nothing : undefined;
}

function isWorthAWeek(count: number, whole: number): boolean {
  return count >= ENOUGH_TRIES && count >= WORTH_A_WEEK * whole;
}
