import { expect, test } from "vitest";
import { createGrowth } from "../../src/sample-tenant/growth.ts";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { AUTH, asRow, DETAILS, get, listOf, NOW, openTenant, type Row, readAll } from "./harness.ts";

const DAY = 86_400_000;
const LEGACY = "/beta/reports/credentialUserRegistrationDetails";
const LEGACY_COUNT = "/beta/reports/getCredentialUserRegistrationCount";

/** A tenant that is read so many days before its people have registered all that they will. */
function daysBefore(days: number): Promise<SampleTenant> {
  return openTenant({ people: 900, registeredBy: NOW, now: () => new Date(NOW.getTime() - days * DAY) });
}

function countWith(rows: readonly Row[], flag: string): number {
  return rows.filter((row) => row[flag] === true).length;
}

test("more and more people register over a year, and nobody loses a method", async () => {
  const tenants = await Promise.all([400, 364, 180, 30, 0, -30].map(daysBefore));

  const people = await Promise.all(tenants.map((tenant) => readAll(tenant, DETAILS)));

  const counts = people.map((rows) => countWith(rows, "isSsprRegistered"));
  expect(counts[0]).toBe(counts[1]);
  expect(counts[1]).toBeLessThan(counts[2] ?? 0);
  expect(counts[2]).toBeLessThan(counts[3] ?? 0);
  expect(counts[3]).toBeLessThan(counts[4] ?? 0);
  expect(counts[4]).toBe(counts[5]);
  for (const [index, row] of (people[2] ?? []).entries()) {
    expect(people[4]?.[index]?.["methodsRegistered"]).toEqual(
      expect.arrayContaining(row["methodsRegistered"] as string[]),
    );
  }
});

test.each([0, 5, 100, 500])("all reports of people agree %i days before", async (days) => {
  const tenant = await daysBefore(days);

  const [people, old] = [await readAll(tenant, DETAILS), await readAll(tenant, LEGACY)];
  const { body } = await get(tenant, `${AUTH}/usersRegisteredByFeature`);
  const [count] = (await get(tenant, LEGACY_COUNT)).rows;

  const ofFeature = (name: string) =>
    listOf(body["userRegistrationFeatureCounts"]).find((row) => row["feature"] === name)?.["userCount"];
  const ofStatus = (name: string) =>
    listOf(asRow(count)["userRegistrationCounts"]).find((row) => row["registrationStatus"] === name)?.[
      "registrationCount"
    ];
  for (const [flag, feature] of [
    ["isSsprRegistered", "ssprRegistered"],
    ["isMfaCapable", "mfaCapable"],
    ["isPasswordlessCapable", "passwordlessCapable"],
  ] as const) {
    expect(ofFeature(feature)).toBe(countWith(people, flag));
  }
  expect(countWith(old, "isRegistered")).toBe(countWith(people, "isSsprRegistered"));
  expect(ofStatus("registered")).toBe(countWith(people, "isSsprRegistered"));
  expect(ofStatus("mfaRegistered")).toBe(countWith(people, "isMfaRegistered"));
});

test("registers nothing between two makings of the reports", () => {
  const growth = createGrowth(NOW.getTime());

  const hours = Array.from({ length: 12 }, (_, hour) => growth(NOW.getTime() - (hour + 0.5) * 3_600_000));

  expect(new Set(hours).size).toBe(2);
});
