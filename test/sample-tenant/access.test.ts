import { expect, test } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { REPORT_READERS_GROUP, ROLES, VIEWERS } from "../../src/sample-tenant/viewers.ts";
import {
  type Answer,
  AUTH,
  bearer,
  DETAILS,
  EVENTS,
  errorOf,
  get,
  NOW,
  openTenant,
  toAnswer,
} from "./harness.ts";

const SUMMARY = "/beta/reports/getCredentialUsageSummary(period='D7')";
const PERMISSION_MISSING = "Authentication_MSGraphPermissionMissing";

test("a token of another server, an altered, an expired and a missing one are refused", async () => {
  const tenant = await openTenant({ people: 1 });
  const other = await openTenant({ people: 1 });
  const [head, , seal] = tenant.token("app").split(".");
  const forged = Buffer.from(JSON.stringify({ tid: tenant.tenantId, exp: 9e9 })).toString("base64url");

  const answers = await Promise.all([
    get(tenant, EVENTS, bearer(other.token("app"))),
    get(tenant, EVENTS, bearer(`${head}.${forged}.${seal}`)),
    get(tenant, EVENTS, bearer(tenant.token("app", { lifetimeSeconds: -1 }))),
    get(tenant, EVENTS, bearer(tenant.token("app", { tenantId: "0f8fad5b-d9cb-469f-a165-70867728950e" }))),
    get(tenant, EVENTS, bearer("words")),
    get(tenant, EVENTS, { authorization: "" }),
  ]);

  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(errorOf(answer)["code"]).toBe("InvalidAuthenticationToken");
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  }
});

test("a token expires by the tenant's clock", async () => {
  let now = NOW;
  const tenant = await openTenant({ people: 1, now: () => now });
  const token = tenant.token("app", { lifetimeSeconds: 3600 });

  const before = await get(tenant, EVENTS, bearer(token));
  now = new Date(NOW.getTime() + 3_600_000);
  const after = await get(tenant, EVENTS, bearer(token));

  expect([before.status, after.status]).toEqual([200, 401]);
});

test("tokens carry the claims that a client may read", async () => {
  const tenant = await openTenant({ people: 1 });
  const read = (token: string): unknown =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

  const app = read(tenant.token("app", { permissions: ["AuditLog.Read.All"] }));
  const person = read(tenant.token("delegated", { permissions: ["AuditLog.Read.All", "User.Read.All"] }));

  expect(app).toMatchObject({ tid: tenant.tenantId, idtyp: "app", roles: ["AuditLog.Read.All"] });
  expect(person).toMatchObject({
    idtyp: "user",
    oid: VIEWERS.reportsReader.id,
    scp: "AuditLog.Read.All User.Read.All",
    exp: NOW.getTime() / 1000 + 86_400,
  });
});

test.each([
  ["usersRegisteredByFeature", "/v1.0/reports/authenticationMethods/usersRegisteredByFeature"],
  ["usersRegisteredByMethod", "/v1.0/reports/authenticationMethods/usersRegisteredByMethod"],
  ["userRegistrationActivity", `${AUTH}/userRegistrationActivity(period='d7')`],
  ["userSignInsByAuthMethodSummary", `${AUTH}/userSignInsByAuthMethodSummary(period='d7')`],
])("%s refuses app-only tokens", async (_name, path) => {
  const tenant = await openTenant({ people: 1 });

  const app = await get(tenant, path, bearer(tenant.token("app")));
  const person = await get(tenant, path);

  expect([app.status, person.status]).toEqual([403, 200]);
});

test.each([
  [EVENTS, "Reports.Read.All", "AuditLog.Read.All"],
  [DETAILS, "Reports.Read.All", "AuditLog.Read.All"],
  [SUMMARY, "AuditLog.Read.All", "Reports.Read.All"],
])("%s refuses a token that has only %s", async (path, wrong, right) => {
  const tenant = await openTenant({ people: 1 });
  const ask = (kind: "app" | "delegated", permission: string) =>
    get(tenant, path, bearer(tenant.token(kind, { permissions: [permission] })));

  const refused = [await ask("app", wrong), await ask("delegated", wrong)];
  const allowed = [await ask("app", right), await ask("delegated", right)];

  for (const answer of refused) {
    expect(answer.status).toBe(403);
    expect(errorOf(answer)).toMatchObject({
      code: PERMISSION_MISSING,
      message: `Calling principal does not have required MSGraph permissions ${right}`,
    });
  }
  expect(allowed.map((answer) => answer.status)).toEqual([200, 200]);
});

test.each([
  ["reportsReader", 200],
  ["globalAdministrator", 200],
  ["noRole", 403],
  ["groupMember", 403],
  ["guest", 403],
] as const)("the delegated token of %s is answered %i", async (viewer, status) => {
  const tenant = await openTenant({ people: 1 });

  const answer = await get(tenant, EVENTS, bearer(tenant.token("delegated", { user: VIEWERS[viewer].id })));

  expect(answer.status).toBe(status);
  if (status === 403) {
    expect(errorOf(answer)).toMatchObject({
      code: "Authentication_RequestFromUnsupportedUserRole",
      message: "User is not in the allowed roles",
    });
  }
});

test("a tenant without a licence refuses the reports and still knows its roles", async () => {
  const tenant = await openTenant({ people: 1, licensed: false });

  const report = await get(tenant, EVENTS);
  const roles = await check(tenant, VIEWERS.reportsReader.id, [ROLES.reportsReader]);
  tenant.switches.licensed = true;
  const later = await get(tenant, EVENTS);

  expect(errorOf(report)).toMatchObject({
    code: "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
    message: "Neither tenant is B2C or tenant doesn't have premium license",
  });
  expect([report.status, roles.status, later.status]).toEqual([403, 200, 200]);
});

test.each([
  ["reportsReader", [ROLES.reportsReader]],
  ["globalAdministrator", [ROLES.globalAdministrator]],
  ["noRole", []],
  ["groupMember", [REPORT_READERS_GROUP]],
  ["guest", []],
] as const)("checkMemberObjects names what %s holds of what was asked", async (viewer, held) => {
  const tenant = await openTenant({ people: 0 });

  const answer = await check(tenant, VIEWERS[viewer].id, [
    ROLES.reportsReader,
    ROLES.globalAdministrator,
    ROLES.securityReader,
    REPORT_READERS_GROUP,
  ]);

  expect(answer.status).toBe(200);
  expect(answer.body["value"]).toEqual(held);
});

test("the roles of the company's administrators are known to the directory", async () => {
  const tenant = await openTenant();
  const { rows } = await get(tenant, `${DETAILS}?$top=1000`);
  const admins = rows.filter((row) => row["isAdmin"] === true).map((row) => String(row["id"]));

  const answers = await Promise.all(admins.map((id) => check(tenant, id, Object.values(ROLES))));

  expect(admins.length).toBeGreaterThan(3);
  expect(answers.map((answer) => listLength(answer))).toEqual(admins.map(() => 1));
});

test("checkMemberObjects takes 20 ids and refuses more, none, and what is no id", async () => {
  const tenant = await openTenant({ people: 0 });
  const ids = Array.from({ length: 21 }, () => ROLES.reportsReader);

  const twenty = await check(tenant, VIEWERS.noRole.id, ids.slice(1));
  const refused = [
    await check(tenant, VIEWERS.noRole.id, ids),
    await check(tenant, VIEWERS.noRole.id, []),
    await check(tenant, VIEWERS.noRole.id, ["reader"]),
    await post(tenant, VIEWERS.noRole.id, "{"),
  ];

  expect(twenty.status).toBe(200);
  expect(refused.map((answer) => answer.status)).toEqual([400, 400, 400, 400]);
});

test("checkMemberObjects does not know a foreign person", async () => {
  const tenant = await openTenant();

  const answer = await check(tenant, "0f8fad5b-d9cb-469f-a165-70867728950e", [ROLES.reportsReader]);

  expect(answer.status).toBe(404);
  expect(errorOf(answer)["code"]).toBe("Request_ResourceNotFound");
});

test.each([
  ["User.Read.All", 200],
  ["Directory.Read.All", 200],
  ["AuditLog.Read.All", 403],
])("checkMemberObjects answers a token with %s with %i", async (permission, status) => {
  const tenant = await openTenant({ people: 0 });
  const token = tenant.token("app", { permissions: [permission] });

  const answer = await check(tenant, VIEWERS.noRole.id, [ROLES.reportsReader], token);

  expect(answer.status).toBe(status);
});

async function check(
  tenant: SampleTenant,
  user: string,
  ids: readonly string[],
  token = tenant.token("app"),
): Promise<Answer> {
  return post(tenant, user, JSON.stringify({ ids }), token);
}

async function post(
  tenant: SampleTenant,
  user: string,
  body: string,
  token = tenant.token("app"),
): Promise<Answer> {
  const url = `${tenant.url}/v1.0/users/${user}/checkMemberObjects`;
  const headers = { "content-type": "application/json", ...bearer(token) };
  return toAnswer(await fetch(url, { method: "POST", headers, body }));
}

function listLength(answer: Answer): number {
  return Array.isArray(answer.body["value"]) ? answer.body["value"].length : -1;
}
