import { expect, test } from "vitest";
import { createQuota } from "../../src/sample-tenant/quota.ts";
import { bearer, EVENTS, errorOf, get, NOW, openTenant } from "./harness.ts";

test("five requests pass in ten seconds, and the wait is long enough for the next", () => {
  const quota = createQuota(5, 10_000);
  const passed = [0, 100, 200, 300, 400].map((at) => quota.take("app", at));

  const wait = quota.take("app", 500) ?? 0;
  const next = quota.take("app", 500 + wait * 1000);

  expect(passed).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(wait).toBe(10);
  expect(next).toBeUndefined();
});

test("a request that comes too early counts too", () => {
  const quota = createQuota(1, 10_000);
  quota.take("app", 0);

  const tooEarly = quota.take("app", 9_000);
  const stillTooEarly = quota.take("app", 10_500);

  expect([tooEarly, stillTooEarly]).toEqual([10, 10]);
});

test("each app has its own quota", () => {
  const quota = createQuota(1, 10_000);

  const waits = [quota.take("one", 0), quota.take("other", 0), quota.take("one", 1)];

  expect(waits).toEqual([undefined, undefined, 10]);
});

test("the sixth report request is throttled, in the words seen on the reports", async () => {
  const tenant = await openTenant({ people: 1, quota: 5 });
  for (let request = 0; request < 5; request++) await get(tenant, EVENTS);

  const sixth = await get(tenant, EVENTS);

  expect(sixth.status).toBe(429);
  expect(Number(sixth.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(errorOf(sixth)).toMatchObject({
    code: "UnknownError",
    message:
      "This request is throttled. Please try again after the value specified in the Retry-After header.",
  });
});

test("the quota opens again after its window", async () => {
  const tenant = await openTenant({ people: 1, quota: 1, quotaWindow: 30 });
  await get(tenant, EVENTS);
  await new Promise((resolve) => setTimeout(resolve, 60));

  const later = await get(tenant, EVENTS);

  expect(later.status).toBe(200);
});

test("another app and the directory are not throttled by the reports", async () => {
  const tenant = await openTenant({ people: 1, quota: 1 });
  await get(tenant, EVENTS);

  const throttled = await get(tenant, EVENTS);
  const other = await get(
    tenant,
    EVENTS,
    bearer(tenant.token("app", { appId: "0f8fad5b-d9cb-469f-a165-70867728950e" })),
  );
  const roles = await fetch(`${tenant.url}/v1.0/users/${tenant.viewers.noRole.id}/checkMemberObjects`, {
    method: "POST",
    headers: bearer(tenant.token("delegated")),
    body: JSON.stringify({ ids: ["4a5d8f65-41da-4de4-8968-e035b65339cf"] }),
  });

  expect([throttled.status, other.status, roles.status]).toEqual([429, 200, 200]);
});

test("Retry-After can be a date, or missing, and the code the documented one", async () => {
  const tenant = await openTenant({ people: 1, throttledCode: "TooManyRequests", retryAfter: "date" });
  tenant.faults.add({ kind: "throttled", retryAfterSeconds: 40 });

  const dated = await get(tenant, EVENTS);
  tenant.switches.retryAfter = "absent";
  const silent = await get(tenant, EVENTS);

  expect(errorOf(dated)["code"]).toBe("TooManyRequests");
  expect(Date.parse(dated.headers.get("retry-after") ?? "")).toBe(NOW.getTime() + 40_000);
  expect(silent.headers.has("retry-after")).toBe(false);
});
