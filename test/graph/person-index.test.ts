import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPersonIndex } from "../../src/graph/person-index.ts";
import type { PersonAttempt, Touched } from "../../src/ports/usage.ts";
import { groupOf } from "../../src/reference/reasons.ts";

const HOUR = 3_600_000;
const HOURS = { D1: 24, D7: 168, D30: 720 };
const READ_AT = new Date("2026-03-29T01:30:00Z");
const BEGIN_OF_HOUR = Date.parse("2026-03-29T01:00:00Z");
const KEY = new Uint8Array(16).fill(7);

interface Given extends PersonAttempt {
  readonly who: string;
  readonly at: Date;
}

const SUCCESS = { feature: "reset", method: "email", isSuccess: true, reason: "" };
const FAILURE = { feature: "reset", method: "email", isSuccess: false, reason: "started-sms" };

function hoursAgo(hours: number): Date {
  return new Date(READ_AT.getTime() - hours * HOUR);
}

function indexOf(events: readonly Given[], mostPairs?: number) {
  const index = createPersonIndex(READ_AT, KEY, mostPairs);
  for (const { who, at, ...attempt } of events) {
    index.add(who, attempt, at);
  }
  index.complete();
  return index;
}

/** The same with names, looking at every try anew. */
function naive(events: readonly Given[], hours: number) {
  const begin = BEGIN_OF_HOUR - hours * HOUR;
  const known = events.filter(({ at }) => at.getTime() < BEGIN_OF_HOUR + HOUR);
  const inWindow = known.filter(({ at }) => at.getTime() >= BEGIN_OF_HOUR - HOURS.D30 * HOUR);
  const failures = inWindow.filter(({ isSuccess }) => !isSuccess);

  function counted<Names extends object>(namesOf: (event: Given) => Names): (Names & Touched)[] {
    const found = new Map<string, { names: Names; last: Map<string, Given> }>();
    for (const event of failures) {
      const names = namesOf(event);
      const key = JSON.stringify(names);
      const subject = found.get(key) ?? { names, last: new Map<string, Given>() };
      found.set(key, subject);
      const who = event.who.toLowerCase();
      const before = subject.last.get(who);
      subject.last.set(who, before && before.at > event.at ? before : event);
    }
    return [...found.values()].flatMap(({ names, last }) => {
      const people = [...last].filter(([, { at }]) => at.getTime() >= begin);
      const later = people.filter(([who, { at, feature }]) =>
        inWindow.some(
          (event) =>
            event.isSuccess && event.who.toLowerCase() === who && event.feature === feature && event.at > at,
        ),
      );
      return people.length > 0 ? [{ ...names, people: people.length, succeededLater: later.length }] : [];
    });
  }

  return {
    features: counted(({ feature }) => ({ feature })),
    groups: counted(({ feature, reason }) => ({ feature, group: groupOf(reason) })),
    failures: counted(({ feature, method, reason }) => ({ feature, method, reason })),
  };
}

const someEvents: fc.Arbitrary<readonly Given[]> = fc.array(
  fc
    .record({
      who: fc.constantFrom("a@b.c", "A@b.C", "ann@b.c", "bob@b.c", "Ü@b.c", "__proto__"),
      feature: fc.constantFrom("registration", "reset", "third", "__proto__"),
      method: fc.constantFrom("email", "mobilePhone", "mobileSMS"),
      isSuccess: fc.boolean(),
      reason: fc.constantFrom("started-sms", "started-email", "no-cookies", "unspecified", "Blue moon"),
      // Few moments, so that some fall together.
      at: fc.integer({ min: -3, max: 760 }).map((hours) => new Date(READ_AT.getTime() - hours * HOUR)),
    })
    .map((event) => ({ ...event, reason: event.isSuccess ? "" : event.reason })),
  { maxLength: 120 },
);

function inOrder(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}

describe("people touched by failures", () => {
  it("are those that a look at every name finds, in every period", () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const index = indexOf(events);

        for (const period of ["D1", "D7", "D30"] as const) {
          const expected = naive(events, HOURS[period]);
          const touched = index.touched(period);
          expect(inOrder(touched?.features ?? [])).toEqual(inOrder(expected.features));
          expect(inOrder(touched?.groups ?? [])).toEqual(inOrder(expected.groups));
          expect(inOrder(touched?.failures ?? [])).toEqual(inOrder(expected.failures));
        }
      }),
    );
  });

  it("are the same in whatever order events come, and when events come twice", () => {
    fc.assert(
      fc.property(
        someEvents.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          ),
        ),
        ([events, shuffled]) => {
          const [one, other] = [indexOf(events), indexOf(shuffled)];

          expect(other.touched("D30")).toEqual(one.touched("D30"));
          expect(other.phoneUse()?.("ANN@b.c")).toEqual(one.phoneUse()?.("ann@B.C"));
        },
      ),
    );
  });

  it("did not succeed later by a success before, at the same moment, or with another feature", () => {
    const { touched } = indexOf([
      { who: "before", ...SUCCESS, at: hoursAgo(3) },
      { who: "before", ...FAILURE, at: hoursAgo(2) },
      { who: "same", ...SUCCESS, at: hoursAgo(2) },
      { who: "same", ...FAILURE, at: hoursAgo(2) },
      { who: "other", ...SUCCESS, feature: "registration", at: hoursAgo(1) },
      { who: "other", ...FAILURE, at: hoursAgo(2) },
      { who: "later", ...SUCCESS, method: "mobileSMS", at: hoursAgo(1) },
      { who: "later", ...FAILURE, at: hoursAgo(2) },
    ]);

    expect(touched("D1")?.features).toEqual([{ feature: "reset", people: 4, succeededLater: 1 }]);
  });

  it("are not known before all events were given", () => {
    const index = createPersonIndex(READ_AT, KEY);
    index.add("ann@b.c", FAILURE, hoursAgo(1));

    expect([index.touched("D30"), index.phoneUse()]).toEqual([undefined, undefined]);
  });

  it("are told apart under whatever key, and a key of another length is refused", () => {
    const other = createPersonIndex(READ_AT, new Uint8Array(16).fill(9));
    for (let number = 0; number < 5_000; number += 1) {
      other.add(`person.${number}@contoso.com`, FAILURE, hoursAgo(1));
    }
    other.complete();

    expect(other.touched("D1")?.features[0]?.people).toBe(5_000);
    expect(() => createPersonIndex(READ_AT, new Uint8Array(15))).toThrow("16 bytes");
  });

  it("are told apart by names that are longer than any buffer", () => {
    const long = "x".repeat(2_000);
    const { touched } = indexOf([
      { who: `${long}a`, ...FAILURE, at: hoursAgo(1) },
      { who: `${long}b`, ...FAILURE, at: hoursAgo(1) },
    ]);

    expect(touched("D1")?.features[0]?.people).toBe(2);
  });
});

describe("what cannot be counted", () => {
  it("is said of tries without a name, which are nobody", () => {
    const index = indexOf([
      { who: "", ...FAILURE, at: hoursAgo(1) },
      { who: "ann@b.c", ...FAILURE, at: hoursAgo(1) },
      { who: "", ...FAILURE, at: hoursAgo(900) },
    ]);

    expect(index.touched("D30")?.features).toEqual([{ feature: "reset", people: 1, succeededLater: 0 }]);
    expect(index.notes()).toEqual([{ kind: "tries-without-a-person", count: 1 }]);
    expect(index.phoneUse()).toBeDefined();
  });

  it("is who used a phone, where a success with one has no name", () => {
    const index = indexOf([{ who: "", ...SUCCESS, method: "officePhone", at: hoursAgo(1) }]);

    expect(index.phoneUse()).toBeUndefined();
  });

  it("is everybody where there are too many failures to keep apart, and memory ends there", () => {
    const random = Array.from({ length: 500 }, (_unused, number) => ({
      ...{ who: `p${number % 50}@b.c`, ...FAILURE, reason: `random ${number}` },
      at: hoursAgo(1),
    }));

    const index = indexOf(random, 100);

    expect([index.touched("D30"), index.phoneUse()]).toEqual([undefined, undefined]);
    expect(index.notes()).toEqual([{ kind: "people-not-counted" }]);
    expect(index.size()).toMatchObject({ people: 0, pairs: 0, pairBytes: 0 });
  });
});

describe("who used a phone", () => {
  it.each([
    ["mobilePhone", 1, ["D1", "D7", "D30"]],
    ["mobileSMS", 25.6, ["D7", "D30"]],
    ["mobileCall", 169, ["D30"]],
    ["officePhone", 719, ["D30"]],
    ["alternateMobilePhone", 721, []],
    ["email", 1, []],
    ["somethingNew", 1, []],
  ])("is known of a success with %s %d hours ago for %j", (method, hours, periods) => {
    const index = indexOf([
      { who: "Ann@b.c", ...SUCCESS, method, at: hoursAgo(hours) },
      { who: "bob@b.c", ...FAILURE, method, at: hoursAgo(hours) },
    ]);

    expect(index.phoneUse()?.("ann@B.C")).toEqual(periods);
    expect([index.phoneUse()?.("bob@b.c"), index.phoneUse()?.("nobody@b.c")]).toEqual([[], []]);
  });

  it("is kept beside the failures of the same person", () => {
    const index = indexOf([
      { who: "ann@b.c", ...FAILURE, at: hoursAgo(3) },
      { who: "ann@b.c", ...SUCCESS, method: "mobilePhone", at: hoursAgo(2) },
      { who: "ann@b.c", ...FAILURE, reason: "no-cookies", at: hoursAgo(1) },
    ]);

    expect(index.phoneUse()?.("ann@b.c")).toEqual(["D1", "D7", "D30"]);
    expect(index.touched("D1")?.failures.map(({ succeededLater }) => succeededLater)).toEqual([0, 1]);
  });
});

describe("the memory of the index", () => {
  it("is less than 24 bytes for each of many people, whatever their number", () => {
    const index = createPersonIndex(READ_AT, KEY);
    const fullest: number[] = [];
    for (let number = 1; number <= 200_000; number += 1) {
      index.add(`person.${number}@contoso.com`, SUCCESS, hoursAgo(1));
      if (number >= 20_000 && number % 1_000 === 0) {
        fullest.push(index.size().peopleBytes / number);
      }
    }

    expect(index.size()).toMatchObject({ people: 200_000, pairs: 0, pairBytes: 0 });
    expect(Math.max(...fullest)).toBeLessThan(24);
  });

  it("is one entry for somebody who is seen a million times", () => {
    const index = createPersonIndex(READ_AT, KEY);
    index.add("ann@b.c", FAILURE, hoursAgo(700));
    const before = index.size();

    for (let number = 0; number < 1_000_000; number += 1) {
      index.add("ann@b.c", number % 2 ? FAILURE : SUCCESS, new Date(hoursAgo(600).getTime() + number));
    }

    expect(index.size()).toEqual(before);
    expect(before).toMatchObject({ people: 1, pairs: 1 });
  });
});
