import type { LeftOutRule, PeopleCounts, PeopleScope } from "../ports/people.ts";
import { leftOutBy } from "./people-rules.ts";
import type { DetailedPerson } from "./registration-rows.ts";

export interface PeopleFold {
  add(person: DetailedPerson): void;
  scopes(): Readonly<Record<PeopleScope, PeopleCounts>>;
}

/**
 * Counts people into every scope at once, so that one pass answers all; memory follows the number of methods and not
 * of people.
 */
export function foldPeople(excluded: ReadonlySet<string>): PeopleFold {
  const folds = {
    members: foldScope("members", excluded),
    guests: foldScope("guests", excluded),
    admins: foldScope("admins", excluded),
    everyone: foldScope("everyone", excluded),
  };
  return {
    add(person) {
      for (const fold of Object.values(folds)) {
        fold.add(person);
      }
    },
    scopes: () => ({
      members: folds.members.counts(),
      guests: folds.guests.counts(),
      admins: folds.admins.counts(),
      everyone: folds.everyone.counts(),
    }),
  };
}

function foldScope(scope: PeopleScope, excluded: ReadonlySet<string>) {
  const sums = {
    people: 0,
    ssprRegistered: 0,
    ssprEnabled: 0,
    ssprCapable: 0,
    mfaRegistered: 0,
    mfaCapable: 0,
    passwordlessCapable: 0,
    phoneOnly: 0,
  };
  const methods = createMethodTally();
  const leftOut: Partial<Record<LeftOutRule, number>> = {};
  return {
    add(person: DetailedPerson) {
      const rule = leftOutBy(person, scope, excluded);
      if (rule) {
        leftOut[rule] = (leftOut[rule] ?? 0) + 1;
        return;
      }
      sums.people += 1;
      sums.ssprRegistered += Number(person.ssprRegistered);
      sums.ssprEnabled += Number(person.ssprEnabled);
      sums.ssprCapable += Number(person.ssprCapable);
      sums.mfaRegistered += Number(person.mfaRegistered);
      sums.mfaCapable += Number(person.mfaCapable);
      sums.passwordlessCapable += Number(person.passwordlessCapable);
      sums.phoneOnly += Number(person.phoneOnly);
      methods.add(person.methods);
    },
    counts: (): PeopleCounts => ({ ...sums, methods: methods.counts(), leftOut }),
  };
}

export interface MethodTally {
  /** The methods of one person; one that is named twice counts once. */
  add(methods: readonly string[]): void;
  /** People per method, in the order of these words. */
  counts(): Readonly<Record<string, number>>;
}

export function createMethodTally(): MethodTally {
  const people = new Map<string, number>();
  return {
    add(methods) {
      for (const method of new Set(methods)) {
        people.set(method, (people.get(method) ?? 0) + 1);
      }
    },
    counts: () => Object.fromEntries([...people].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
