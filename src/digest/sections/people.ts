import type { DigestNumbers } from "../../ports/digest.ts";
import type { RegistrationCounts } from "../../ports/registration.ts";
import { ENOUGH_TRIES } from "../../reports/usage/worst-method.ts";
import { isWeekBefore, weekNumber } from "../../views/iso-week.ts";
import type { Fact } from "../../views/view.ts";
import type { DigestSection, DigestTelling } from "./section.ts";

type Figure = "capable" | "mfaRegistered" | "passwordless" | "phoneOnly";

/** How many people can reset, have a second factor, are ready for passwordless, or depend on a phone. */
export const peopleSection: DigestSection = {
  part(numbers, telling) {
    const { people } = telling.words.digest;
    const counts = numbers.people?.counts;
    if (counts === undefined || counts.people === 0) {
      const why = counts === undefined ? people.unread : people.nobody;
      return { people: { title: people.title, facts: [], remarks: [why] } };
    }
    const before = numbers.printed?.people;
    const fact = (name: string, figure: Figure): Fact => ({
      name,
      value: figureText(figure, counts, before, telling),
    });
    return {
      people: {
        title: people.title,
        facts: [
          fact(people.capable, "capable"),
          fact(people.mfa, "mfaRegistered"),
          fact(people.passwordless, "passwordless"),
          fact(people.phoneOnly, "phoneOnly"),
        ],
        remarks: comparedWith(numbers, telling),
      },
    };
  },
};

/** "14,611 of 16,230 in scope · 90 % · up 212"; no share of fewer than twenty people. */
function figureText(
  figure: Figure,
  counts: RegistrationCounts,
  before: RegistrationCounts | undefined,
  { words, format }: DigestTelling,
): string {
  const { people } = words.digest;
  const now = counts[figure];
  const was = before?.[figure];
  if (now === undefined) {
    return people.notInApi;
  }
  const isOfScope = figure === "capable";
  const whole = isOfScope ? counts.inScope : counts.people;
  if (whole === 0) {
    return people.nobodyInScope;
  }
  const of = isOfScope ? people.ofInScope : people.of;
  // A share or a change beside a count that is kept back would give it away.
  const isKeptBack = format.isFew(now) || (was !== undefined && format.isFew(was));
  return people.joined([
    of(format.people(now), format.people(whole)),
    ...(whole >= ENOUGH_TRIES && !format.isFew(now) ? [format.percent(now, whole)] : []),
    ...(was === undefined || isKeptBack ? [] : [changeText(now - was, words, format)]),
  ]);
}

function changeText(
  by: number,
  { digest: { people } }: DigestTelling["words"],
  { number }: DigestTelling["format"],
): string {
  if (by === 0) {
    return people.unchanged;
  }
  return by > 0 ? people.up(number(by)) : people.down(number(-by));
}

/** What "up" and "down" are measured against, where it is not the digest of the week before. */
function comparedWith({ printed, week }: DigestNumbers, { words, isOverview }: DigestTelling): string[] {
  const { people } = words.digest;
  if (printed?.people === undefined) {
    return isOverview ? [] : [people.first];
  }
  const isTheWeekBefore = !isOverview && isWeekBefore(printed.week, week);
  return isTheWeekBefore ? [] : [people.since(weekNumber(printed.week))];
}
