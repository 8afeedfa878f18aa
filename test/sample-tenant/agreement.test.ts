import fc from "fast-check";
import { expect, test } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { AUTH, EVENTS, get, openTenant, type Row, readAll } from "./harness.ts";

const HOUR = 3_600_000;
const HOURS = { D1: 24, D7: 168, D30: 720 } as const;
const PERIODS = ["D1", "D7", "D30"] as const;

/** Groups that both sets of names fall into; the legacy names are coarser. */
const FAMILY: Readonly<Record<string, string>> = {
  mobileSMS: "phone",
  sms: "phone",
  mobileCall: "phone",
  mobilePhone: "phone",
  alternateMobileCall: "alternate",
  alternateMobilePhone: "alternate",
  appNotification: "authenticator",
  microsoftAuthenticatorPush: "authenticator",
  microsoftAuthenticatorPasswordless: "authenticator",
  appCode: "code",
  softwareOneTimePasscode: "code",
  hardwareOneTimePasscode: "code",
  oneTimePasscode: "code",
  fido: "key",
  fido2SecurityKey: "key",
  passKeyDeviceBound: "key",
  passKeyDeviceBoundAuthenticator: "key",
  passKeyDeviceBoundWindowsHello: "key",
};

type Sums = Record<string, readonly [successes: number, failures: number]>;

test("the legacy summary, the activity and the folded events agree for every period, company and moment", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      fc.constantFrom(0, 1, 3, 40, 700, 2500),
      fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
      fc.constantFrom(0, 5, 36),
      async (seed, people, now, lagHours) => {
        const tenant = await startSampleTenant({ seed, people, now: () => now, lagHours, quota: 1e6 });
        try {
          await expectAgreement(tenant, now);
        } finally {
          await tenant.close();
        }
      },
    ),
    { numRuns: 25 },
  );
});

test.each([0, 1, 2500])("the reports agree for %i people at the default lag", async (people) => {
  const now = new Date("2026-11-18T10:59:59.999Z");
  const tenant = await openTenant({ people, now: () => now, lagHours: 36 });

  await expectAgreement(tenant, now);
});

async function expectAgreement(tenant: SampleTenant, now: Date): Promise<void> {
  const events = await readAll(tenant, EVENTS);
  const oldEvents = await readAll(tenant, "/beta/reports/userCredentialUsageDetails");
  expect(oldEvents.map((event) => event["eventDateTime"])).toEqual(
    events.map((event) => event["eventDateTime"]),
  );
  for (const period of PERIODS) {
    const folded = foldEvents(events, now, period);
    const activity = await get(tenant, `${AUTH}/userRegistrationActivity(period='${period.toLowerCase()}')`);
    const legacy = await get(tenant, `/beta/reports/getCredentialUsageSummary(period='${period}')`);
    expect(sum(activity.rows, (row) => String(row["authMethod"]))).toEqual(sum(folded, methodOf));
    expect(sum(legacy.rows, familyOf)).toEqual(sum(folded, familyOf));
  }
}

/** The period as whole hours before the hour of now, and that hour so far. */
function foldEvents(events: readonly Row[], now: Date, period: keyof typeof HOURS): readonly Row[] {
  const begin = Math.floor(now.getTime() / HOUR) * HOUR - HOURS[period] * HOUR;
  return events
    .filter((event) => Date.parse(String(event["eventDateTime"])) >= begin)
    .map((event) => ({
      feature: event["feature"],
      authMethod: event["authMethod"],
      successfulActivityCount: event["isSuccess"] === true ? 1 : 0,
      failureActivityCount: event["isSuccess"] === true ? 0 : 1,
    }));
}

function sum(rows: readonly Row[], group: (row: Row) => string): Sums {
  const sums: Sums = {};
  for (const row of rows) {
    const key = `${String(row["feature"])} ${group(row)}`;
    const [successes, failures] = sums[key] ?? [0, 0];
    sums[key] = [
      successes + Number(row["successfulActivityCount"]),
      failures + Number(row["failureActivityCount"]),
    ];
  }
  return Object.fromEntries(Object.entries(sums).filter(([, [ok, failed]]) => ok + failed > 0));
}

function methodOf(row: Row): string {
  return String(row["authMethod"]);
}

function familyOf(row: Row): string {
  return FAMILY[methodOf(row)] ?? methodOf(row);
}

test("the legacy count equals what the registration details add up to", async () => {
  const tenant = await openTenant();
  const people = await readAll(tenant, `${AUTH}/userRegistrationDetails`);
  const count = (flag: string) => people.filter((person) => person[flag] === true).length;

  const answer = await get(tenant, "/beta/reports/getCredentialUserRegistrationCount");

  expect(answer.rows).toEqual([
    {
      id: expect.any(String),
      totalUserCount: people.length,
      userRegistrationCounts: [
        { registrationStatus: "registered", registrationCount: count("isSsprRegistered") },
        { registrationStatus: "enabled", registrationCount: count("isSsprEnabled") },
        { registrationStatus: "capable", registrationCount: count("isSsprCapable") },
        { registrationStatus: "mfaRegistered", registrationCount: count("isMfaRegistered") },
      ],
    },
  ]);
});

test("the people registered by feature and by method equal the details", async () => {
  const tenant = await openTenant();
  const people = await readAll(tenant, `${AUTH}/userRegistrationDetails`);
  const members = people.filter((person) => person["userType"] === "member");
  const parameters = "(includedUserTypes='member',includedUserRoles='all')";

  const features = await get(tenant, `${AUTH}/usersRegisteredByFeature${parameters}`);
  const methods = await get(tenant, `${AUTH}/usersRegisteredByMethod${parameters}`);

  const count = (flag: string) => members.filter((person) => person[flag] === true).length;
  expect(features.body["userRegistrationFeatureCounts"]).toEqual([
    { feature: "ssprRegistered", userCount: count("isSsprRegistered") },
    { feature: "ssprEnabled", userCount: count("isSsprEnabled") },
    { feature: "ssprCapable", userCount: count("isSsprCapable") },
    { feature: "passwordlessCapable", userCount: count("isPasswordlessCapable") },
    { feature: "mfaCapable", userCount: count("isMfaCapable") },
  ]);
  const emails = members.filter((person) =>
    JSON.stringify(person["methodsRegistered"]).includes('"email"'),
  ).length;
  expect(methods.body["userRegistrationMethodCounts"]).toContainEqual({
    authenticationMethod: "email",
    userCount: emails,
  });
});

test("every method of the documented sample of activity has a row, tries or not", async () => {
  const tenant = await openTenant({ people: 0 });

  const answer = await get(tenant, `${AUTH}/userRegistrationActivity(period='d1')`);

  expect(answer.rows).toHaveLength(25);
  expect(answer.rows.every((row) => row["successfulActivityCount"] === 0)).toBe(true);
});
