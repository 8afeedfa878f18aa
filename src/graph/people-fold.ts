import {
  type LeftOutRule,
  PEOPLE_FIGURES,
  type PeopleCounts,
  type PeopleFigure,
  type PeopleScope,
  type PhoneUsers,
} from "../ports/people.ts";
import { PERIODS, type Period, type PersonIndex } from "../ports/usage.ts";
import { isBetterThanPhone } from "../reference/phones.ts";
import { leftOutBy, STANDINGS, type Standing, standingOf } from "./people-rules.ts";
import type { DetailedPerson } from "./registration-rows.ts";

export interface PeopleFold {
  add(person: DetailedPerson): void;
  scopes(): Readonly<Record<PeopleScope, PeopleCounts>>;
}

/**
 * Counts people into every scope at once, so that one pass answers all; memory follows the number of methods and not
 * of people. Each is counted once, among those of the same standing, and a scope is the sum of the standings in it.
 * @param persons of the same collection, after its events were read; without it `phoneUsers` are absent
 */
export function foldPeople(excluded: ReadonlySet<string>, persons?: PersonIndex): PeopleFold {
  const phoneUse = persons?.phoneUse();
  const folds: Readonly<Record<Standing, StandingFold>> = {
    serviceAccounts: createStandingFold(),
    excludedGroups: createStandingFold(),
    admins: createStandingFold(),
    members: createStandingFold(),
    guests: createStandingFold(),
    others: createStandingFold(),
  };

  function countsOf(scope: PeopleScope): PeopleCounts {
    const whole = createStandingFold();
    const leftOut: Partial<Record<LeftOutRule, number>> = {};
    for (const standing of STANDINGS) {
      const fold = folds[standing];
      const rule = leftOutBy(standing, scope);
      if (!rule) {
        whole.include(fold);
      } else if (fold.sums.people > 0) {
        leftOut[rule] = (leftOut[rule] ?? 0) + fold.sums.people;
      }
    }
    return {
      ...whole.sums,
      methods: whole.methods.counts(),
      ...(phoneUse && { phoneUsers: whole.phones.counts }),
      leftOut,
    };
  }

  return {
    add(person) {
      folds[standingOf(person, excluded)].add(person, phoneUse?.(person.userPrincipalName) ?? []);
    },
    scopes: () => ({
      members: countsOf("members"),
      guests: countsOf("guests"),
      admins: countsOf("admins"),
      everyone: countsOf("everyone"),
    }),
  };
}

type StandingFold = ReturnType<typeof createStandingFold>;
type Sums = Record<"people" | PeopleFigure, number>;

function createStandingFold() {
  const sums: Sums = {
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
  return {
    sums,
    methods,
    phones,
    add(person: DetailedPerson, usedPhone: readonly Period[]): void {
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
    include(other: {
      readonly sums: Sums;
      readonly methods: MethodTally;
      readonly phones: PhoneTally;
    }): void {
      for (const figure of ["people", ...PEOPLE_FIGURES] as const) {
        sums[figure] += other.sums[figure];
      }
      methods.include(other.methods);
      phones.include(other.phones);
    },
  };
}

export interface MethodTally {
  /** The methods of one person; one that is named twice counts once. */
  add(methods: readonly string[]): void;
  /** Takes in what another has counted of other people. */
  include(other: MethodTally): void;
  /** People per method, in the order of these words. */
  counts(): Readonly<Record<string, number>>;
}

export function createMethodTally(): MethodTally {
  const people = new Map<string, number>();
  return {
    add(methods) {
      for (const [index, method] of methods.entries()) {
        if (methods.indexOf(method) === index) {
          people.set(method, (people.get(method) ?? 0) + 1);
        }
      }
    },
    include(other) {
      for (const [method, count] of Object.entries(other.counts())) {
        people.set(method, (people.get(method) ?? 0) + count);
      }
    },
    counts: () => Object.fromEntries([...people].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

type PhoneTally = ReturnType<typeof createPhoneTally>;

/** Those who used a phone, and those of them who have something better. */
function createPhoneTally() {
  const counts = { D1: noUsers(), D7: noUsers(), D30: noUsers() };
  return {
    counts,
    add({ methods }: DetailedPerson, used: readonly Period[]): void {
      const hasBetter = used.length > 0 && methods.some(isBetterThanPhone);
      for (const period of used) {
        counts[period].people += 1;
        counts[period].withStrong += Number(hasBetter);
      }
    },
    include(other: { readonly counts: PhoneUsers }): void {
      for (const period of PERIODS) {
        counts[period].people += other.counts[period].people;
        counts[period].withStrong += other.counts[period].withStrong;
      }
    },
  };
}

function noUsers(): { people: number; withStrong: number } {
  return { people: 0, withStrong: 0 };
}
