import { expect, test } from "vitest";
import { AUTH, bearer, DETAILS, EVENTS, errorOf, get, openTenant } from "./harness.ts";

const SUMMARY = "/beta/reports/getCredentialUsageSummary(period='D7')";

/** Fault, status, code, and the message of the documentation or of the public threads. */
const ERRORS = [
  [
    "no-licence",
    403,
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
    "Neither tenant is B2C or tenant doesn't have premium license",
  ],
  [
    "unsupported-role",
    403,
    "Authentication_RequestFromUnsupportedUserRole",
    "User is not in the allowed roles",
  ],
  [
    "permission-missing",
    403,
    "Authentication_MSGraphPermissionMissing",
    "Calling principal does not have required MSGraph permissions AuditLog.Read.All",
  ],
  [
    "no-directory-read",
    403,
    "Authentication_ApplicationHasNoDirectoryReadAccess",
    "Failed to do premium license check from ADGraph",
  ],
  [
    "no-audit-log-read",
    403,
    "Authentication_ApplicationHasNoReadAuditLogDataAccess",
    "Application missing MSGraph API 'Read all audit log data' permission",
  ],
  [
    "request-denied",
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation.",
  ],
  ["roles-unknown", 403, "UnknownError", "Failed to get user roles from Microsoft Graph"],
  [
    "throttled",
    429,
    "UnknownError",
    "This request is throttled. Please try again after the value specified in the Retry-After header.",
  ],
  ["bad-request", 400, "BadRequest", "Invalid request."],
  ["expired-token", 401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."],
  [
    "claims-challenge",
    401,
    "InvalidAuthenticationToken",
    expect.stringContaining("Continuous access evaluation"),
  ],
  ["server-error", 500, "InternalServerError", expect.any(String)],
  ["bad-gateway", 502, "BadGateway", expect.any(String)],
  ["unavailable", 503, "ServiceUnavailable", expect.any(String)],
  ["gateway-timeout", 504, "GatewayTimeout", expect.any(String)],
] as const;

test.each(ERRORS)("%s answers %i %s", async (kind, status, code, message) => {
  const tenant = await openTenant({ people: 1, faults: [{ kind }] });

  const answer = await get(tenant, EVENTS);

  expect(answer.status).toBe(status);
  expect(errorOf(answer)).toMatchObject({ code, message });
});

test("an expired skip token strikes a later page, once", async () => {
  const tenant = await openTenant({ faults: [{ kind: "expired-skip-token", times: 1 }] });

  const first = await get(tenant, DETAILS);
  const expired = await get(tenant, first.next ?? "");
  const again = await get(tenant, first.next ?? "");

  expect([first.status, expired.status, again.status]).toEqual([200, 400, 200]);
  expect(errorOf(expired)["message"]).toBe("Token not found: token is either invalid or expired");
});

test("a claims challenge carries the claims to ask for", async () => {
  const tenant = await openTenant({ people: 1, faults: [{ kind: "claims-challenge" }] });

  const answer = await get(tenant, EVENTS);

  const challenge = answer.headers.get("www-authenticate") ?? "";
  const claims = /error="insufficient_claims", claims="([^"]+)"/.exec(challenge)?.[1] ?? "";
  expect(JSON.parse(Buffer.from(claims, "base64").toString())).toHaveProperty("access_token.nbf.value");
});

test.each(["cut-before-headers", "cut-in-body"] as const)("%s breaks the connection", async (kind) => {
  const tenant = await openTenant({ people: 1, faults: [{ kind, times: 1 }] });

  await expect(get(tenant, EVENTS)).rejects.toThrow();
  const next = await get(tenant, EVENTS);

  expect(next.status).toBe(200);
  expect(tenant.requests.map((request) => request.status)).toEqual([kind === "cut-in-body" ? 200 : 0, 200]);
});

test("a hanging request gets no answer, and does not keep the server from closing", async () => {
  const tenant = await openTenant({ people: 1, faults: [{ kind: "hang" }] });
  const request = fetch(tenant.url + EVENTS, { headers: bearer(tenant.token("app")) });
  const outcome = request.then(
    () => "answered",
    () => "cut",
  );
  await expect.poll(() => tenant.requests.length).toBe(1);

  await tenant.close();

  expect(await outcome).toBe("cut");
});

test("a slow request waits, and closing does not wait for it", async () => {
  const tenant = await openTenant({ people: 1, delay: 60_000 });
  const outcome = fetch(tenant.url + EVENTS).then(
    () => "answered",
    () => "cut",
  );
  await expect.poll(() => tenant.requests.length).toBe(1);

  await tenant.close();

  expect(await outcome).toBe("cut");
});

test("a short delay only delays", async () => {
  const tenant = await openTenant({ people: 1, faults: [{ kind: "slow", milliseconds: 5 }] });

  const answer = await get(tenant, EVENTS);

  expect(answer.status).toBe(200);
});

test("broken bodies are still answered 200", async () => {
  const tenant = await openTenant({ people: 50 });
  tenant.faults.add({ kind: "wrong-shape", times: 1 });
  tenant.faults.add({ kind: "wrong-row", after: 1, times: 1 });
  tenant.faults.add({ kind: "empty", after: 2, times: 1 });
  tenant.faults.add({ kind: "not-json", after: 3, times: 1 });

  const shape = await get(tenant, DETAILS);
  const row = await get(tenant, DETAILS);
  const empty = await get(tenant, DETAILS);
  const page = await fetch(tenant.url + DETAILS, { headers: bearer(tenant.token("app")) });

  expect(shape.body["value"]).toBe("rows");
  expect(row.rows).toEqual([{ id: expect.any(String) }]);
  expect(empty.body["value"]).toEqual([]);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html"]);
  expect(await page.text()).toContain("<!DOCTYPE html>");
});

test("an empty page leads on to the same rows", async () => {
  const tenant = await openTenant({ people: 5, faults: [{ kind: "empty-page", times: 1 }] });

  const empty = await get(tenant, DETAILS);
  const full = await get(tenant, empty.next ?? "");

  expect(empty.rows).toEqual([]);
  expect(full.rows).toHaveLength(5);
});

test("a repeated link leads to itself, endless links to ever new pages, a foreign link away", async () => {
  const tenant = await openTenant({ people: 5 });

  tenant.faults.add({ kind: "repeated-link" });
  const repeated = await get(tenant, `${DETAILS}?$top=2`);
  tenant.faults.clear();
  tenant.faults.add({ kind: "endless-links" });
  const endless = await get(tenant, DETAILS);
  const onward = await get(tenant, endless.next ?? "");
  tenant.faults.clear();
  tenant.faults.add({ kind: "foreign-link", origin: "http://127.0.0.1:9" });
  const foreign = await get(tenant, DETAILS);

  expect(repeated.next).toBe(`${tenant.url}${DETAILS}?$top=2`);
  expect(onward.status).toBe(200);
  expect(onward.next).not.toBe(endless.next);
  expect(new URL(foreign.next ?? "").origin).toBe("http://127.0.0.1:9");
});

test("a fault strikes the requests it names, and no others", async () => {
  const tenant = await openTenant({ people: 1 });
  tenant.faults.add({ kind: "server-error", path: "userEventsSummary", after: 1, times: 2 });

  const events = [];
  for (let request = 0; request < 4; request++) events.push((await get(tenant, EVENTS)).status);
  const other = await get(tenant, `${AUTH}/userRegistrationDetails`);

  expect(events).toEqual([200, 500, 500, 200]);
  expect(other.status).toBe(200);
});

test("an outage can ask for patience", async () => {
  const tenant = await openTenant({ people: 1, faults: [{ kind: "unavailable", retryAfterSeconds: 7 }] });

  const answer = await get(tenant, EVENTS);

  expect(answer.headers.get("retry-after")).toBe("7");
});

test.each([
  ["data", 200, undefined],
  ["empty", 200, undefined],
  ["removed", 400, "Resource not found for the segment 'getCredentialUsageSummary'."],
  ["gone", 410, "This API is retired."],
] as const)("legacy reports set to %s answer %i", async (legacy, status, message) => {
  const tenant = await openTenant({ legacy });

  const answer = await get(tenant, SUMMARY);
  const current = await get(tenant, EVENTS);

  expect(answer.status).toBe(status);
  expect(errorOf(answer)["message"]).toBe(message);
  expect(answer.rows.length > 0).toBe(legacy === "data");
  expect(current.rows.length).toBeGreaterThan(0);
});
