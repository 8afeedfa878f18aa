import { expect, test } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { AUTH, DETAILS, EVENTS, errorOf, get, openTenant, type Row, readAll } from "./harness.ts";

const OLD_DETAILS = "/beta/reports/credentialUserRegistrationDetails";
const OLD_EVENTS = "/beta/reports/userCredentialUsageDetails";
const SUMMARY = "/beta/reports/getCredentialUsageSummary(period='D30')";
const ACTIVITY = `${AUTH}/userRegistrationActivity(period='d30')`;
const PASSWORDS = `${AUTH}/userPasswordResetsAndChangesSummary`;

/** Every documented filter with what the rows it lets through have in common. */
const FILTERS: readonly (readonly [path: string, filter: string, holds: (row: Row) => boolean])[] = [
  [SUMMARY, "feature eq 'registration'", (row) => row["feature"] === "registration"],
  [OLD_DETAILS, "userDisplayName eq 'PRIYA nair'", (row) => row["userDisplayName"] === "Priya Nair"],
  [OLD_DETAILS, "startswith(userPrincipalName,'pri')", (row) => starts(row["userPrincipalName"], "pri")],
  [OLD_DETAILS, "authMethods/any(t:t eq 'email')", (row) => has(row["authMethods"], "email")],
  [OLD_DETAILS, "isRegistered eq true", (row) => row["isRegistered"] === true],
  [OLD_DETAILS, "isEnabled eq false", (row) => row["isEnabled"] === false],
  [OLD_DETAILS, "isCapable eq true", (row) => row["isCapable"] === true],
  [OLD_DETAILS, "isMfaRegistered eq false", (row) => row["isMfaRegistered"] === false],
  [OLD_EVENTS, "feature eq 'reset'", (row) => row["feature"] === "reset"],
  [OLD_EVENTS, "isSuccess eq true", (row) => row["isSuccess"] === true],
  [
    OLD_EVENTS,
    "authMethod eq microsoft.graph.usageAuthMethod'email'",
    (row) => row["authMethod"] === "email",
  ],
  [
    OLD_EVENTS,
    "startswith(failureReason,'user canceled')",
    (row) => starts(row["failureReason"], "User canceled"),
  ],
  [DETAILS, "isMfaCapable eq false", (row) => row["isMfaCapable"] === false],
  [DETAILS, "isPasswordlessCapable eq true", (row) => row["isPasswordlessCapable"] === true],
  [
    DETAILS,
    "isSsprEnabled eq true and isSsprRegistered eq false",
    (row) => row["isSsprRegistered"] === false,
  ],
  [DETAILS, "methodsRegistered/any(x:x eq 'email')", (row) => has(row["methodsRegistered"], "email")],
  [
    DETAILS,
    "systemPreferredAuthenticationMethods/any(x:x eq 'sms')",
    (row) => has(row["systemPreferredAuthenticationMethods"], "sms"),
  ],
  [DETAILS, "startsWith(userDisplayName,'an')", (row) => starts(row["userDisplayName"], "An")],
  [
    EVENTS,
    "authMethod eq 'microsoftAuthenticatorPush'",
    (row) => row["authMethod"] === "microsoftAuthenticatorPush",
  ],
  [
    EVENTS,
    "failureReason eq 'A system error has occurred.'",
    (row) => starts(row["failureReason"], "A system"),
  ],
  [EVENTS, "isSuccess eq false and feature eq 'reset'", (row) => row["isSuccess"] === false],
  [ACTIVITY, "failureActivityCount eq 0", (row) => row["failureActivityCount"] === 0],
  [ACTIVITY, "successfulActivityCount gt 100", (row) => Number(row["successfulActivityCount"]) > 100],
  [ACTIVITY, "successfulActivityCount lt 5", (row) => Number(row["successfulActivityCount"]) < 5],
  [PASSWORDS, "passwordResetsByAdminCount gt 1", (row) => Number(row["passwordResetsByAdminCount"]) > 1],
];

function has(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.includes(value);
}

function starts(text: unknown, with_: string): boolean {
  return String(text).startsWith(with_) || String(text).startsWith(with_.toLowerCase());
}

test.each(FILTERS)(
  "%s?$filter=%s lets through what it says and nothing else",
  async (path, filter, holds) => {
    const tenant = await openTenant();
    const all = await readAll(tenant, path);

    const filtered = await readAll(tenant, `${path}?$filter=${encodeURIComponent(filter)}`);

    expect(filtered.length).toBeGreaterThan(0);
    expect(filtered.length).toBeLessThan(all.length);
    expect(filtered.every(holds)).toBe(true);
    if (!filter.includes(" and ")) expect(filtered).toEqual(all.filter(holds));
  },
);

test.each([
  [DETAILS, "$filter=isAdmin eq true"],
  [DETAILS, "$filter=userType eq 'guest'"],
  [DETAILS, "$filter=isMfaCapable eq 'true'"],
  [DETAILS, "$filter=isMfaCapable eq true or isSsprCapable eq true"],
  [DETAILS, "$filter=not isMfaCapable"],
  [DETAILS, "$filter="],
  [DETAILS, "$orderby=lastUpdatedDateTime"],
  [DETAILS, "$select=id"],
  [DETAILS, "$count=true"],
  [DETAILS, "$skip=10"],
  [DETAILS, "$top=0"],
  [DETAILS, "$top=many"],
  [EVENTS, "$filter=eventDateTime gt 2026-11-01T00:00:00Z"],
  [EVENTS, "$filter=startswith(failureReason,'User')"],
  [EVENTS, "$filter=authMethod eq microsoft.graph.usageAuthMethod'email'"],
  [EVENTS, "$top=1001"],
  [EVENTS, "$orderby=eventDateTime"],
  [OLD_EVENTS, "$filter=authMethod eq 'email'"],
  [SUMMARY, "$filter=authMethod eq 'email'"],
  [ACTIVITY, "$filter=successfulActivityCount eq 5"],
  ["/beta/reports/getCredentialUserRegistrationCount", "$top=1"],
  [`${AUTH}/userMfaSignInSummary`, "$filter=totalSignIns gt 1"],
  [`${AUTH}/usersRegisteredByFeature`, "$select=totalUserCount"],
])("%s?%s is refused as undocumented", async (path, query) => {
  const tenant = await openTenant({ people: 10 });

  const answer = await get(tenant, `${path}?${query.replaceAll(" ", "%20")}`);

  expect(answer.status).toBe(400);
  expect(errorOf(answer)["code"]).toBe("BadRequest");
});

test("a quotation mark in a name is written twice", async () => {
  const tenant = await openTenant({
    script: {
      rows: {
        userRegistrationDetails: [{ userDisplayName: "Miles O'Brien" }, { userDisplayName: "Obrien" }],
      },
    },
  });

  const answer = await get(
    tenant,
    `${DETAILS}?$filter=${encodeURIComponent("userDisplayName eq 'miles o''brien'")}`,
  );

  expect(answer.rows).toEqual([{ userDisplayName: "Miles O'Brien" }]);
});

test.each([
  ["userDisplayName", (rows: readonly string[]) => rows],
  ["userPrincipalName desc", (rows: readonly string[]) => [...rows].reverse()],
])("$orderby=%s orders across pages", async (order, inOrder) => {
  const tenant = await openTenant({ people: 100, pageSize: 30 });
  const property = order.split(" ")[0] ?? "";

  const names = await namesOf(tenant, `${DETAILS}?$orderby=${encodeURIComponent(order)}`, property);

  expect(names).toHaveLength(100);
  expect(names).toEqual(inOrder([...names].sort()));
});

test("failed events are ordered before successful ones", async () => {
  const tenant = await openTenant({ people: 200, pageSize: 100 });

  const events = await readAll(tenant, `${OLD_EVENTS}?$orderby=isSuccess&$filter=feature%20eq%20'reset'`);

  const outcomes = events.map((event) => event["isSuccess"]);
  expect(outcomes).toContain(false);
  expect(outcomes).toEqual([...outcomes].sort((one, other) => Number(one) - Number(other)));
});

async function namesOf(tenant: SampleTenant, path: string, property: string): Promise<readonly string[]> {
  return (await readAll(tenant, path)).map((row) => String(row[property]).toLowerCase());
}
