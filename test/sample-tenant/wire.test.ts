import { expect, test } from "vitest";
import { AUTH, EVENTS, get, openTenant } from "./harness.ts";

const SUMMARY = "/beta/reports/getCredentialUsageSummary(period='D30')";
const ACTIVITY = `${AUTH}/userRegistrationActivity(period='d30')`;
const COUNT = "/beta/reports/getCredentialUserRegistrationCount";

/** The documented sample of the resource page, with counts beyond 32 bits and methods of every age. */
const ROWS = [
  {
    id: "id-value",
    feature: "registration",
    successfulActivityCount: 12345,
    failureActivityCount: 123,
    authMethod: "email",
  },
  {
    id: "2",
    feature: "reset",
    successfulActivityCount: 7_000_000_000,
    failureActivityCount: 0,
    authMethod: "sms",
  },
  {
    id: "3",
    feature: "reset",
    successfulActivityCount: "12345",
    failureActivityCount: "1",
    authMethod: "quantumKey",
  },
];

test("counts are numbers unless the client asks for text", async () => {
  const tenant = await openTenant({ people: 10 });

  const numbers = await get(tenant, COUNT);
  const text = await get(tenant, COUNT, { accept: "application/json;IEEE754Compatible=true" });
  tenant.switches.int64AsText = true;
  const always = await get(tenant, COUNT);

  expect(numbers.rows[0]?.["totalUserCount"]).toBe(10);
  expect(numbers.headers.get("content-type")).toContain("IEEE754Compatible=false");
  expect(text.rows[0]?.["totalUserCount"]).toBe("10");
  expect(text.headers.get("content-type")).toContain("IEEE754Compatible=true");
  expect(JSON.stringify(always.rows)).not.toMatch(/"registrationCount":\d/);
});

test("members behind unknownFutureValue are sent to those who ask for them", async () => {
  const tenant = await openTenant();
  const methods = async (path: string, prefer: string) =>
    new Set((await get(tenant, path, { prefer })).rows.map((row) => row["authMethod"]));

  const asked = await methods(ACTIVITY, "include-unknown-enum-members");
  const unasked = await methods(ACTIVITY, "");
  const legacy = await methods(SUMMARY, "");

  expect(asked).toContain("microsoftAuthenticatorPush");
  expect(asked).not.toContain("unknownFutureValue");
  expect(unasked).toEqual(new Set(["email", "securityQuestion", "officePhone", "unknownFutureValue"]));
  expect(legacy).toContain("appNotification");
  expect(legacy).toContain("mobileSMS");
});

test("scripted rows are sent word for word", async () => {
  const tenant = await openTenant({
    script: { rows: { getCredentialUsageSummary: ROWS, userRegistrationActivity: ROWS } },
  });

  const answers = [await get(tenant, SUMMARY), await get(tenant, ACTIVITY)];

  for (const answer of answers) expect(answer.rows).toEqual(ROWS);
});

test("a scripted summary of one object is sent word for word", async () => {
  const sample = {
    totalUserCount: 23123,
    userTypes: "all",
    userRoles: "all",
    userRegistrationFeatureCounts: [],
  };
  const tenant = await openTenant({ script: { rows: { usersRegisteredByFeature: [sample] } } });

  const answer = await get(tenant, `${AUTH}/usersRegisteredByFeature`);

  expect(answer.body).toMatchObject(sample);
});

test("scripted events are listed, paged and counted in every report of tries", async () => {
  const tenant = await openTenant({ pageSize: 2 });
  const event = {
    feature: "reset",
    authMethod: "quantumKey",
    isSuccess: true,
    eventDateTime: "2026-11-21T14:00:00Z",
  };
  tenant.switches.script = {
    events: [
      event,
      { ...event, isSuccess: false, failureReason: "A system error has occurred." },
      // In the day, a second before it, and in the future.
      { ...event, authMethod: "sms", eventDateTime: "2026-11-20T14:00:00Z" },
      { ...event, authMethod: "sms", eventDateTime: "2026-11-20T13:59:59Z" },
      { ...event, authMethod: "sms", eventDateTime: "2026-11-22T00:00:00Z" },
    ],
  };

  const first = await get(tenant, EVENTS);
  const second = await get(tenant, first.next ?? "");
  const day = await get(tenant, "/beta/reports/getCredentialUsageSummary(period='D1')");

  expect(first.rows[1]).toEqual({
    "@odata.type": "#microsoft.graph.userEventsSummary",
    id: expect.any(String),
    feature: "reset",
    userPrincipalName: expect.any(String),
    userDisplayName: expect.any(String),
    isSuccess: false,
    authMethod: "quantumKey",
    failureReason: "A system error has occurred.",
    eventDateTime: "2026-11-21T14:00:00Z",
  });
  expect(second.rows.map((row) => row["authMethod"])).toEqual(["sms", "sms"]);
  expect(
    day.rows.map((row) => [row["authMethod"], row["successfulActivityCount"], row["failureActivityCount"]]),
  ).toEqual([
    ["mobileSMS", 1, 0],
    ["quantumKey", 1, 1],
  ]);
});
