import type { PeopleCounts } from "../../ports/people.ts";
import { peopleText, type ShownScope, shareOrNone } from "../people-reading.ts";
import type { Telling } from "../usage/section.ts";

/** Per cent: at `high` the goal is reached, under `low` it is far away. */
export interface Targets {
  readonly high: number;
  readonly low: number;
}

/**
 * The news: how many of those in scope can reset their password, and whether that is enough. Without that figure, how
 * many people are counted.
 */
export function headlineOf({ scope, counts }: ShownScope, targets: Targets, telling: Telling): string {
  const { registration } = telling.words.reports;
  const { people, ssprEnabled: enabled, ssprCapable: capable } = counts;
  if (capable === undefined) {
    return registration.people(peopleText(scope, people, telling));
  }
  if (enabled === 0) {
    return registration.nobodyInScope(peopleText(scope, people, telling));
  }
  const { format } = telling;
  const whole = enabled ?? people;
  const wholeText =
    enabled === undefined ? peopleText(scope, people, telling) : registration.inScope(format.people(enabled));
  const percent = shareOrNone(capable, whole, telling);
  const sentence = registration.canReset(format.people(capable), wholeText, percent);
  return percent === undefined
    ? sentence
    : `${sentence} ${registration.asSentence(targetText(capable, whole, targets, telling))}`;
}

/** MFA has the same target; registered is the wider figure, capable stands in where the API has only that. */
export function mfaTarget(counts: PeopleCounts, targets: Targets, telling: Telling): string[] {
  const { figures, beside } = telling.words.reports.registration;
  const figure = counts.mfaRegistered === undefined ? "mfaCapable" : "mfaRegistered";
  const count = counts[figure];
  const percent = count === undefined ? undefined : shareOrNone(count, counts.people, telling);
  return count === undefined || percent === undefined
    ? []
    : [beside(figures[figure], percent, targetText(count, counts.people, targets, telling))];
}

function targetText(
  count: number,
  whole: number,
  { high, low }: Targets,
  { words, format }: Telling,
): string {
  const { target } = words.reports.registration;
  const percent = (value: number): string => format.percent(value, 100);
  const share = (100 * count) / whole;
  if (share >= high) {
    return target.reached(percent(high));
  }
  if (Math.round(share) >= high) {
    return target.just(percent(high));
  }
  return Math.round(share) < low ? target.far(percent(low)) : target.below(percent(high));
}
