import type { LeftOutRule, PeopleCounts, PeopleScope, PhoneUsers } from "../ports/people.ts";
import type { Period, PersonIndex } from "../ports/usage.ts";
import { isBetterThanPhone } from "../reference/phones.ts";
import { leftOutBy } from "./people-rules.ts";
import type { DetailedPerson } from "./registration-rows.ts";

export interface PeopleFold {
  add(person: DetailedPerson): void;
  scopes(): Readonly<Record<PeopleScope, PeopleCounts>>;
}

/**
 * Counts people into every scope at once, so that one pass answers all; memory follows the number of methods and not
 * of people.
 * @param persons of the same collection, after its events were read; without it `phoneUsers` are absent
 */
export function foldPeople(excluded: ReadonlySet<string>, persons?: PersonIndex): PeopleFold {
  const phoneUse = persons?.phoneUse();
  const scopeOf = (scope: PeopleScope) => foldScope(scope, excluded, phoneUse !== undefined);
  const folds = {
    members: scopeOf("members"),
    guests: scopeOf("guests"),
    admins: scopeOf("admins"),
    everyone: scopeOf("everyone"),
  };
  return {
    add(person) {
      const usedPhone = phoneUse?.(person.userPrincipalName) ?? [];
      for (const fold of Object.values(folds)) {
        fold.add(person, usedPhone);
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

function foldScope(scope: PeopleScope, excluded: ReadonlySet<string>, knowsPhones: boolean) {
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
  const phones = createPhoneTally();
  const leftOut: Partial<Record<LeftOutRule, number>> = {};
  return {
    add(person: DetailedPerson, usedPhone: readonly Period[]) {
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
      phones.add(person, usedPhone);
    },
    counts: (): PeopleCounts => ({
      ...sums,
      methods: methods.counts(),
      ...(knowsPhones && { phoneUsers: phones.counts() }),
      leftOut,
    }),
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

/** Those who used a phone, and those of them who have something better. */
function createPhoneTally() {
  const users = { D1: noUsers(), D7: noUsers(), D30: noUsers() };
  return {
    add({ methods }: DetailedPerson, used: readonly Period[]): void {
      const hasBetter = used.length > 0 && methods.some(isBetterThanPhone);
      for (const period of used) {
        users[period].people += 1;
        users[period].withStrong += Number(hasBetter);
      }
    },
    counts: (): PhoneUsers => users,
  };
}

function noUsers(): { people: number; withStrong: number } {
  return { people: 0, withStrong: 0 };
}
