import { expect, test } from "vitest";
import { AUTH, asRow, DETAILS, EVENTS, get, listOf, openTenant } from "./harness.ts";

/** Properties of the entity types in the Graph metadata of August 2026, `id` included where it is an entity. */
const METADATA = {
  credentialUserRegistrationCount: ["id", "totalUserCount", "userRegistrationCounts"],
  credentialUsageSummary: ["id", "authMethod", "failureActivityCount", "feature", "successfulActivityCount"],
  credentialUserRegistrationDetails: [
    "id",
    "authMethods",
    "isCapable",
    "isEnabled",
    "isMfaRegistered",
    "isRegistered",
    "userDisplayName",
    "userPrincipalName",
  ],
  userCredentialUsageDetails: [
    "id",
    "authMethod",
    "eventDateTime",
    "failureReason",
    "feature",
    "isSuccess",
    "userDisplayName",
    "userPrincipalName",
  ],
  userRegistrationDetails: [
    "id",
    "isAdmin",
    "isMfaCapable",
    "isMfaRegistered",
    "isPasswordlessCapable",
    "isSsprCapable",
    "isSsprEnabled",
    "isSsprRegistered",
    "isSystemPreferredAuthenticationMethodEnabled",
    "lastUpdatedDateTime",
    "methodsRegistered",
    "systemPreferredAuthenticationMethods",
    "userDisplayName",
    "userPreferredMethodForSecondaryAuthentication",
    "userPrincipalName",
    "userType",
  ],
  userMfaSignInSummary: [
    "id",
    "createdDateTime",
    "multiFactorSignIns",
    "singleFactorSignIns",
    "totalSignIns",
  ],
  userPasswordResetsAndChangesSummary: [
    "id",
    "aggregatedDateTime",
    "changePasswordSelfServiceCount",
    "passwordResetsByAdminCount",
    "passwordResetsSelfServiceCount",
  ],
  // Not in the metadata extract; the two properties of its resource page.
  userSignInUsageByAuthMethodActivity: ["authenticationMethod", "successActivityCount"],
} as const;

const TYPE = "@odata.type";

test.each([
  ["/beta/reports/getCredentialUserRegistrationCount", METADATA.credentialUserRegistrationCount],
  ["/beta/reports/getCredentialUserRegistrationCount()", METADATA.credentialUserRegistrationCount],
  ["/beta/reports/getCredentialUsageSummary(period='D30')", METADATA.credentialUsageSummary],
  ["/beta/reports/getCredentialUsageSummary(period=%27d7%27)", METADATA.credentialUsageSummary],
  ["/beta/reports/credentialUserRegistrationDetails", METADATA.credentialUserRegistrationDetails],
  ["/beta/reports/userCredentialUsageDetails", METADATA.userCredentialUsageDetails],
  [DETAILS, METADATA.userRegistrationDetails],
  [`${AUTH}/userRegistrationDetails`, [...METADATA.userRegistrationDetails, "defaultMfaMethod"]],
  [`${AUTH}/userRegistrationActivity(period='d30')`, [TYPE, ...METADATA.credentialUsageSummary]],
  [EVENTS, [TYPE, ...METADATA.userCredentialUsageDetails]],
  [`${AUTH}/userMfaSignInSummary`, [TYPE, ...METADATA.userMfaSignInSummary]],
  [`${AUTH}/userPasswordResetsAndChangesSummary`, [TYPE, ...METADATA.userPasswordResetsAndChangesSummary]],
  [`${AUTH}/userSignInsByAuthMethodSummary(period='d1')`, METADATA.userSignInUsageByAuthMethodActivity],
])("%s has exactly the documented properties", async (path, properties) => {
  const tenant = await openTenant({ people: 300 });

  const answer = await get(tenant, path);

  expect(answer.status).toBe(200);
  expect(answer.body["@odata.context"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/(?:beta|v1\.0)\/.*\$metadata#/);
  expect(answer.rows.length).toBeGreaterThan(0);
  for (const row of answer.rows) expect(Object.keys(row).sort()).toEqual([...properties].sort());
});

test.each([
  ["usersRegisteredByFeature", "userRegistrationFeatureCounts", ["feature", "userCount"]],
  ["usersRegisteredByMethod", "userRegistrationMethodCounts", ["authenticationMethod", "userCount"]],
])("%s is one object with the documented properties", async (name, list, properties) => {
  const tenant = await openTenant({ people: 300 });

  const answer = await get(tenant, `/v1.0/reports/authenticationMethods/${name}`);

  expect(Object.keys(answer.body).sort()).toEqual(
    ["@odata.context", "@odata.type", "totalUserCount", list, "userRoles", "userTypes"].sort(),
  );
  const counts = listOf(answer.body[list]);
  expect(counts.length).toBeGreaterThan(4);
  for (const count of counts) expect(Object.keys(count).sort()).toEqual(properties);
});

test("one person's registration details are found by id and refused for an id nobody has", async () => {
  const tenant = await openTenant({ people: 50 });
  const wanted = (await get(tenant, DETAILS)).rows[37] ?? {};

  const found = await get(tenant, `${DETAILS}/${String(wanted["id"])}`);
  const missing = await get(tenant, `${DETAILS}/00000000-0000-4000-8000-000000000000`);

  expect(found.body).toEqual({ "@odata.context": expect.stringMatching(/\/\$entity$/), ...wanted });
  expect(missing.status).toBe(404);
});

test("the summaries count members and guests, administrators and others apart", async () => {
  const tenant = await openTenant();
  const total = async (types: string, roles: string) => {
    const path = `${AUTH}/usersRegisteredByFeature(includedUserTypes='${types}',includedUserRoles='${roles}')`;
    return Number((await get(tenant, path)).body["totalUserCount"]);
  };

  const counts = {
    all: await total("all", "all"),
    members: await total("member", "all"),
    guests: await total("guest", "all"),
    admins: await total("all", "admin"),
    privileged: await total("all", "privilegedAdmin"),
    users: await total("all", "user"),
  };

  expect(counts.all).toBe(2500);
  expect(counts.members + counts.guests).toBe(2500);
  expect(counts.admins + counts.users).toBe(2500);
  expect(counts.privileged).toBeGreaterThan(0);
  expect(counts.privileged).toBeLessThan(counts.admins);
});

test.each([
  "/beta/reports/getCredentialUsageSummary(period='D90')",
  `${AUTH}/userRegistrationActivity(period='D30')`,
  `${AUTH}/userSignInsByAuthMethodSummary(period='week')`,
  `${AUTH}/usersRegisteredByFeature(includedUserTypes='robot',includedUserRoles='all')`,
])("%s is a bad request", async (path) => {
  const tenant = await openTenant({ people: 1 });

  const answer = await get(tenant, path);

  expect(answer.status).toBe(400);
});

test.each([
  ["/beta/reports/nothing", 404],
  ["/v1.0/reports/credentialUserRegistrationDetails", 404],
  ["/v1.0/reports/authenticationMethods/userEventsSummary", 404],
  ["/reports/credentialUserRegistrationDetails", 404],
  ["/beta/users/0b7c5e16-0d6f-4a51-9c3e-6a1f5b2d4e01/checkMemberObjects", 405],
])("GET %s is answered %i in Graph's error shape", async (path, status) => {
  const tenant = await openTenant({ people: 1 });

  const answer = await get(tenant, path, { "client-request-id": "0f8fad5b-d9cb-469f-a165-70867728950e" });

  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({
    error: {
      code: expect.any(String),
      message: expect.any(String),
      innerError: {
        date: "2026-11-21T14:32:10",
        "request-id": answer.headers.get("request-id"),
        "client-request-id": "0f8fad5b-d9cb-469f-a165-70867728950e",
      },
    },
  });
});

test("answers echo the client's request id and carry the server's own and its time", async () => {
  const tenant = await openTenant({ people: 1 });

  const answer = await get(tenant, EVENTS, { "client-request-id": "0f8fad5b-d9cb-469f-a165-70867728950e" });

  expect(answer.headers.get("client-request-id")).toBe("0f8fad5b-d9cb-469f-a165-70867728950e");
  expect(answer.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get("date")).toBe("Sat, 21 Nov 2026 14:32:10 GMT");
});

test("requests are recorded in the order of their arrival", async () => {
  const tenant = await openTenant({ people: 1 });

  await get(tenant, EVENTS, { "client-request-id": "one" });
  await get(tenant, "/beta/nothing", { prefer: "" });

  expect(tenant.requests).toEqual([
    {
      method: "GET",
      path: EVENTS,
      status: 200,
      at: expect.any(Date),
      clientRequestId: "one",
      prefer: "include-unknown-enum-members",
    },
    expect.objectContaining({ path: "/beta/nothing", status: 404, clientRequestId: undefined }),
  ]);
});

test("sign-ins and password resets have a row a day, and sign-ins add up", async () => {
  const tenant = await openTenant();

  const signIns = (await get(tenant, `${AUTH}/userMfaSignInSummary`)).rows;
  const resets = (await get(tenant, `${AUTH}/userPasswordResetsAndChangesSummary`)).rows;

  expect(signIns).toHaveLength(30);
  expect(resets).toHaveLength(30);
  expect(resets[1]?.["aggregatedDateTime"]).toBe("2026-11-20T00:00:00Z");
  expect(asRow(resets[1])["passwordResetsSelfServiceCount"]).toBeGreaterThan(0);
  for (const row of signIns) {
    expect(Number(row["singleFactorSignIns"]) + Number(row["multiFactorSignIns"])).toBe(row["totalSignIns"]);
  }
});
