import type { Touched, TouchedPeople, UsageSnapshot } from "../../ports/usage.ts";
import type { ReasonGroup } from "../../reference/reasons.ts";
import { isOne } from "../people-reading.ts";
import type { Telling } from "../usage/section.ts";

/** "Failed tries of 212 people; 150 succeeded later." */
export function featurePeople(
  feature: string,
  people: TouchedPeople | undefined,
  telling: Telling,
): readonly string[] {
  const touched = people?.features.find((one) => one.feature === feature);
  return touched ? [telling.words.reports.failures.touchedInAll(touchedText(touched, telling))] : [];
}

/** "34 people; 21 succeeded later." */
export function groupPeople(
  feature: string,
  group: ReasonGroup,
  people: TouchedPeople | undefined,
  telling: Telling,
): readonly string[] {
  const touched = people?.groups.find((one) => one.feature === feature && one.group === group);
  return touched ? [touchedText(touched, telling)] : [];
}

/** Why people are not told, or not all of them. */
export function touchedNotices(
  { notes }: Pick<UsageSnapshot, "notes">,
  { words, format }: Telling,
): readonly string[] {
  return notes.flatMap((note) => {
    switch (note.kind) {
      case "tries-without-a-person":
        return [words.reports.failures.withoutAPerson(format.number(note.count), note.count === 1)];
      case "people-not-counted":
        return [words.reports.failures.peopleNotCounted];
      default:
        return [];
    }
  });
}

/** Of a small group nothing more is told; and who succeeded is not, where that would tell the few who did not. */
function touchedText({ people, succeededLater }: Touched, { words, format }: Telling): string {
  const isTold = !format.isFew(people) && !format.isFew(people - succeededLater);
  return words.reports.failures.touched(
    format.people(people),
    isOne(people, { format }),
    isTold ? format.people(succeededLater) : undefined,
  );
}
