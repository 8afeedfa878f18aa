import { expect, test } from "vitest";
import { registrationsOf } from "../../src/ports/registration.ts";
import { peopleCounts, peopleReading } from "../store/people-contract.ts";

test("a digest prints the members of a reading, with whom it leaves out", () => {
  const leftOut = { guests: 7, serviceAccounts: 8, otherTypes: 9, excludedGroups: 10 };
  const members = peopleCounts(20, { leftOut });

  const counts = registrationsOf(peopleReading(0, { scopes: { members, everyone: peopleCounts(40) } }));

  expect(counts).toEqual({
    people: 20,
    inScope: 5,
    capable: 4,
    mfaRegistered: 3,
    passwordless: 2,
    phoneOnly: 1,
    leftOut,
  });
});

test("figures that Graph's own sums do not have are absent, and guests are those that they count", () => {
  const { mfaRegistered: _, phoneOnly: __, ...members } = peopleCounts(20, { leftOut: {} });
  const guests = peopleCounts(5, { leftOut: {} });

  const counts = registrationsOf(peopleReading(0, { reader: "summaries", scopes: { members, guests } }));

  expect(counts).toEqual({
    people: 20,
    inScope: 5,
    capable: 4,
    passwordless: 2,
    leftOut: { guests: 5, serviceAccounts: 0 },
  });
});

test("a reading that cannot tell members has nothing for a digest", () => {
  const everyone = peopleCounts(20);

  expect(registrationsOf(peopleReading(0, { reader: "legacy", scopes: { everyone } }))).toBeUndefined();
});
