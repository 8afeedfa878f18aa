import { expect, test } from "vitest";
import { createPeople } from "../../src/sample-tenant/people.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { AUTH, DETAILS, EVENTS, get, NOW, openTenant, readAll } from "./harness.ts";

test("the same seed is the same company, another seed another", async () => {
  const [one, same, other] = [await openTenant(), await openTenant(), await openTenant({ seed: 2 })];

  const rows = await Promise.all([one, same, other].map(async (tenant) => (await get(tenant, EVENTS)).rows));

  expect(rows[1]).toEqual(rows[0]);
  expect(rows[2]).not.toEqual(rows[0]);
});

test("a hundred thousand people have names and ids of their own", () => {
  const people = createPeople(7, 100_000);
  const names = new Set<string>();
  const ids = new Set<string>();

  for (let index = 0; index < people.count; index++) {
    const person = people.at(index);
    names.add(person.userPrincipalName.toLowerCase());
    ids.add(person.id);
  }

  expect(names.size).toBe(100_000);
  expect(ids.size).toBe(100_000);
});

test("a person is found again by id, and a foreign id is nobody's", () => {
  const people = createPeople(7, 100_000);

  const found = [0, 4, 5, 4711, 99_999].map((index) => people.indexOf(people.at(index).id.toUpperCase()));

  expect(found).toEqual([0, 4, 5, 4711, 99_999]);
  expect(people.indexOf(createPeople(7, 200_000).at(150_000).id)).toBeUndefined();
  expect(people.indexOf("not a guid")).toBeUndefined();
});

test.each([
  [0, 0, 0],
  [1, 1, 20],
  [2500, 2000, 5000],
])("%i people make between %i and %i tries in 30 days", async (people, least, most) => {
  const tenant = await openTenant({ people });

  const rows = (await get(tenant, `${AUTH}/userRegistrationActivity(period='d30')`)).rows;

  const tries = rows.reduce(
    (sum, row) => sum + Number(row["successfulActivityCount"]) + Number(row["failureActivityCount"]),
    0,
  );
  expect(tries).toBeGreaterThanOrEqual(least);
  expect(tries).toBeLessThanOrEqual(most);
});

test("a company of 2,500 has members, guests, administrators and service accounts", async () => {
  const tenant = await openTenant();

  const people = await readAll(tenant, DETAILS);

  expect(people).toHaveLength(2500);
  const share = (holds: (person: (typeof people)[number]) => boolean) =>
    people.filter(holds).length / people.length;
  expect(share((person) => person["userType"] === "guest")).toBeGreaterThan(0.05);
  expect(share((person) => person["isAdmin"] === true)).toBeGreaterThan(0.005);
  expect(share((person) => person["isMfaRegistered"] === true)).toBeGreaterThan(0.75);
  expect(people.some((person) => String(person["userPrincipalName"]).startsWith("package_"))).toBe(true);
  expect(people.every((person) => String(person["userPrincipalName"]).endsWith("@contoso.example"))).toBe(
    true,
  );
});

test("voice calls and security questions fail more often than the authenticator app", async () => {
  const tenant = await openTenant({ people: 50_000 });

  const { rows } = await get(tenant, `${AUTH}/userRegistrationActivity(period='d30')`);

  const rate = (method: string) => {
    const row = rows.find((one) => one["feature"] === "reset" && one["authMethod"] === method);
    const successes = Number(row?.["successfulActivityCount"]);
    return successes / (successes + Number(row?.["failureActivityCount"]));
  };
  expect(rate("microsoftAuthenticatorPush")).toBeCloseTo(0.93, 1);
  expect(rate("sms")).toBeCloseTo(0.81, 1);
  expect(rate("mobilePhone")).toBeCloseTo(0.54, 1);
  expect(rate("securityQuestion")).toBeLessThan(rate("email"));
});

test("nights and weekends are quiet", async () => {
  const tenant = await openTenant({ people: 5_000 });

  const times = (await readAll(tenant, EVENTS)).map((event) => new Date(String(event["eventDateTime"])));

  const weekend = times.filter((time) => time.getUTCDay() % 6 === 0).length;
  const night = times.filter((time) => time.getUTCHours() < 5).length;
  expect(weekend / times.length).toBeLessThan(0.15);
  expect(night / times.length).toBeLessThan(0.05);
});

test("a failed try has a reason and a successful one has none", async () => {
  const tenant = await openTenant();

  const events = await readAll(tenant, EVENTS);

  expect(events.length).toBeGreaterThan(1000);
  for (const event of events) expect(event["failureReason"] === "").toBe(event["isSuccess"]);
});

test("events come newest first, reach back beyond 30 days and never lie in the future", async () => {
  const tenant = await openTenant();

  const times = (await readAll(tenant, EVENTS)).map((event) => Date.parse(String(event["eventDateTime"])));

  expect(times).toEqual([...times].sort((one, other) => other - one));
  expect(times[0]).toBeLessThanOrEqual(NOW.getTime());
  expect(times.at(-1)).toBeLessThan(NOW.getTime() - 30 * 86_400_000);
});

test("tries arrive late, and all of them in the end", async () => {
  let now = NOW;
  const prompt = await openTenant({ now: () => now, people: 3_000 });
  const lagging = await openTenant({ now: () => now, people: 3_000, lagHours: 36 });
  const before = NOW.toISOString();
  const countUntil = async (tenant: typeof prompt) =>
    (await readAll(tenant, EVENTS)).filter((event) => String(event["eventDateTime"]) <= before).length;
  const all = await countUntil(prompt);

  const atFirst = await countUntil(lagging);
  now = new Date(NOW.getTime() + 36 * 3_600_000);
  const later = await countUntil(lagging);
  const lost = all - (await countUntil(prompt));

  expect(atFirst).toBeLessThan(all);
  expect(later).toBe(all - lost);
});

test("a hundred thousand people start at once and are read to the end", async () => {
  const tenant = await openTenant({ people: 100_000 });

  const events = await readAll(tenant, EVENTS);
  const first = await get(tenant, DETAILS);

  expect(events.length).toBeGreaterThan(100_000);
  expect(first.rows).toHaveLength(1000);
  expect(first.next).toBeDefined();
});

test.each([-1, 1.5, Number.NaN, 1e9])("refuses %d people", async (people) => {
  await expect(startSampleTenant({ people })).rejects.toThrow(RangeError);
});
