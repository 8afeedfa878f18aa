import { expect, test } from "vitest";
import { AUTH, bearer, DETAILS, EVENTS, errorOf, get, NOW, openTenant, readAll } from "./harness.ts";

test("pages hold a thousand rows and lead to the end", async () => {
  const tenant = await openTenant();

  const first = await get(tenant, DETAILS);
  const second = await get(tenant, first.next ?? "");
  const third = await get(tenant, second.next ?? "");

  expect([first, second, third].map((page) => page.rows.length)).toEqual([1000, 1000, 500]);
  expect(third.next).toBeUndefined();
  const ids = [first, second, third].flatMap((page) => page.rows.map((row) => row["id"]));
  expect(new Set(ids).size).toBe(2500);
});

test("a next link is the whole address with a skip token that says nothing", async () => {
  const tenant = await openTenant();

  const { next = "" } = await get(tenant, `${EVENTS}?$filter=isSuccess%20eq%20true&$top=10`);

  expect(next).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/beta\/reports\/authenticationMethods\/userEventsSummary\?\$filter=isSuccess%20eq%20true&\$top=10&\$skiptoken=[\w-]+$/,
  );
});

test("a last page that is full has no next link", async () => {
  const tenant = await openTenant({ people: 20, pageSize: 10 });

  const second = await get(tenant, (await get(tenant, DETAILS)).next ?? "");

  expect(second.rows).toHaveLength(10);
  expect(second.next).toBeUndefined();
});

test("$top is the size of the page", async () => {
  const tenant = await openTenant({ people: 25 });

  const first = await get(tenant, `${DETAILS}?$top=10`);
  const all = await readAll(tenant, `${DETAILS}?$top=10`);

  expect(first.rows).toHaveLength(10);
  expect(all).toHaveLength(25);
});

test("what happens while pages are read is in none of them", async () => {
  let now = NOW;
  const tenant = await openTenant({ people: 4_000, now: () => now });
  const complete = (await readAll(tenant, EVENTS)).map((event) => event["eventDateTime"]);
  const first = await get(tenant, EVENTS);

  now = new Date(NOW.getTime() + 5 * 3_600_000);
  const rest = await readAll(tenant, first.next ?? "");

  expect([...first.rows, ...rest].map((event) => event["eventDateTime"])).toEqual(complete);
});

test("a skip token of another query, an altered one and an invented one are refused", async () => {
  const tenant = await openTenant();
  const token = new URL((await get(tenant, DETAILS)).next ?? "").searchParams.get("$skiptoken") ?? "";

  const answers = await Promise.all([
    get(tenant, `${AUTH}/userRegistrationDetails?$skiptoken=${token}`),
    get(tenant, `${DETAILS}?$filter=isMfaCapable%20eq%20true&$skiptoken=${token}`),
    get(tenant, `${DETAILS}?$skiptoken=x${token}`),
    get(tenant, `${DETAILS}?$skiptoken=2`),
  ]);

  for (const answer of answers) {
    expect(answer.status).toBe(400);
    expect(errorOf(answer)["message"]).toBe("Token not found: token is either invalid or expired");
  }
});

test("a next link works however the client writes its special characters", async () => {
  const tenant = await openTenant({ people: 300, pageSize: 5 });
  const path = "/beta/reports/getCredentialUsageSummary(period='D30')?$filter=feature%20eq%20'reset'";
  const { next = "" } = await get(tenant, path);

  const encoded = next
    .replaceAll("'", "%27")
    .replace("(", "%28")
    .replace(")", "%29")
    .replaceAll("$", "%24")
    .replaceAll("%20", "+");
  const answer = await get(tenant, encoded);

  expect(encoded).not.toBe(next);
  expect(answer.status).toBe(200);
  expect(answer.rows.every((row) => row["feature"] === "reset")).toBe(true);
});

test("every page obeys its own Prefer header", async () => {
  const tenant = await openTenant();
  const { next = "" } = await get(tenant, EVENTS);

  const without = await get(tenant, next, { ...bearer(tenant.token("app")), prefer: "" });

  expect(without.rows.some((row) => row["authMethod"] === "unknownFutureValue")).toBe(true);
});
