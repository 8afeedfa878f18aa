import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lastWholeWeek, type Week, weekBefore } from "../../src/digest/calendar.ts";
import { weekNumbers } from "../../src/digest/week-numbers.ts";
import { eventsReader } from "../../src/graph/readers/events.ts";
import { detailsReader } from "../../src/graph/readers/people-details.ts";
import { PEOPLE_READERS } from "../../src/ports/people.ts";
import type { UsageCell, UsageHistory, UsageSource } from "../../src/ports/usage.ts";
import { reasonOf } from "../../src/reference/reasons.ts";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { clientOf, readOptions, testClock, tokenCredential } from "../graph/setup.ts";
import { EVENTS, openTenant, type Row, readAll } from "../sample-tenant/harness.ts";
import { peopleCounts, peopleReading } from "../store/people-contract.ts";
import { newSource, reading } from "../store/readings.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Tuesday at 13:00. */
const READ_AT = new Date("2026-11-17T13:00:00Z");
const WEEK = lastWholeWeek(READ_AT, "Europe/Berlin");
const BEFORE = weekBefore(WEEK, "Europe/Berlin");

let store: Store;
beforeAll(async () => {
  store = await openStore("memory");
});
afterAll(() => store.close());

function numbersOf(source: UsageSource, week: Week = WEEK, before: Week = BEFORE) {
  const people = { latest: () => store.people.latest(source, PEOPLE_READERS) };
  return weekNumbers({ usage: store.snapshots, people, source, week, before });
}

/** What is stored after one reading of this history. */
async function sourceWith(history: UsageHistory, readAt = READ_AT): Promise<UsageSource> {
  const source = newSource();
  await store.snapshots.save(source, reading(1, { readAt, history }));
  return source;
}

function failures(quarter: Date, count: number, changes: Partial<UsageCell> = {}): UsageCell {
  return {
    quarter,
    feature: "reset",
    method: "sms",
    isSuccess: false,
    reason: "started-sms",
    count,
    ...changes,
  };
}

describe("the numbers of a week", () => {
  test("are absent where nothing was ever read", async () => {
    expect(await numbersOf(newSource())).toEqual({});
  });

  test("have people without tries, and tries without people", async () => {
    const onlyPeople = newSource();
    await store.people.save(onlyPeople, peopleReading(6));
    const onlyTries = await sourceWith({ from: BEFORE.from, to: WEEK.to, cells: [] });

    expect(await numbersOf(onlyPeople)).toEqual({
      people: {
        readAt: "2026-11-20T09:14:15.926Z",
        counts: {
          people: 6,
          inScope: 5,
          capable: 4,
          mfaRegistered: 3,
          passwordless: 2,
          phoneOnly: 1,
          leftOut: { guests: 7, serviceAccounts: 8 },
        },
      },
    });
    expect(await numbersOf(onlyTries)).toEqual({
      tries: {
        reader: "events",
        readAt: "2026-11-17T13:00:00.000Z",
        week: { rows: [], resetFailures: [], covered: true },
        before: { rows: [], resetFailures: [], covered: true },
      },
    });
  });

  test("freeze who used a phone, where that was counted", async () => {
    const source = newSource();
    const used = { people: 12, withStrong: 5 };
    const phoneUsers = { D1: used, D7: used, D30: { people: 30, withStrong: 9 } };
    const members = peopleCounts(6, { ssprEnabled: 5, ssprCapable: 4, passwordlessCapable: 2, phoneUsers });

    await store.people.save(source, peopleReading(6, { scopes: { members } }));

    const { people } = await numbersOf(source);
    expect(people?.phoneUsers).toEqual({ people: 30, withStrong: 9 });
  });

  test("have no people where everyone was counted and members cannot be told from guests", async () => {
    const source = newSource();
    const everyone = { people: 9, ssprRegistered: 8, ssprEnabled: 7, ssprCapable: 6, leftOut: {} };

    await store.people.save(source, peopleReading(0, { reader: "legacy", scopes: { everyone } }));

    expect(await numbersOf(source)).toEqual({});
  });

  test("add successes and failures up to rows, and failed resets to reasons, the most frequent first", async () => {
    const last = new Date(WEEK.to.getTime() - HOUR / 4);
    const source = await sourceWith({
      from: BEFORE.from,
      to: new Date(WEEK.to.getTime() + HOUR),
      cells: [
        failures(WEEK.from, 2),
        failures(last, 3, { method: "email", reason: "Blue moon" }),
        failures(last, 1, { reason: "system-error" }),
        failures(last, 4),
        failures(last, 5, { isSuccess: true, reason: "" }),
        failures(last, 7, { feature: "registration", reason: "canceled-registration" }),
        failures(WEEK.to, 100),
        failures(BEFORE.from, 9, { reason: "no-licence" }),
      ],
    });

    const { tries } = await numbersOf(source);

    expect(tries?.week).toEqual({
      rows: [
        { feature: "registration", method: "sms", successes: 0, failures: 7 },
        { feature: "reset", method: "email", successes: 0, failures: 3 },
        { feature: "reset", method: "sms", successes: 5, failures: 7 },
      ],
      resetFailures: [
        { reason: "started-sms", count: 6 },
        { reason: "Blue moon", count: 3 },
        { reason: "system-error", count: 1 },
      ],
      covered: true,
    });
    expect(tries?.before).toEqual({
      rows: [{ feature: "reset", method: "sms", successes: 0, failures: 9 }],
      resetFailures: [{ reason: "no-licence", count: 9 }],
      covered: true,
    });
  });

  test.each([
    ["both weeks", BEFORE.from, WEEK.to, [true, true]],
    ["all but the first quarter of the week before", shifted(BEFORE.from, 0.25), WEEK.to, [true, false]],
    ["the week alone", WEEK.from, WEEK.to, [true, false]],
    ["all but the first quarter of the week", shifted(WEEK.from, 0.25), WEEK.to, [false, false]],
    ["all but the last quarter of the week", BEFORE.from, shifted(WEEK.to, -0.25), [false, true]],
    ["a quarter of the week", shifted(WEEK.to, -0.25), shifted(WEEK.to, 3), [false, false]],
    ["nothing but what came before", BEFORE.from, WEEK.from, undefined],
    ["nothing but what came after", WEEK.to, shifted(WEEK.to, 3), undefined],
  ] as const)("say what is covered of them by a history of %s", async (_what, from, to, covered) => {
    const source = await sourceWith({ from, to, cells: [] });

    const { tries } = await numbersOf(source);

    expect(tries && [tries.week.covered, tries.before.covered]).toEqual(covered);
  });
});

function shifted(time: Date, hours: number): Date {
  return new Date(time.getTime() + hours * HOUR);
}

/** Reads the tenant as it is at a moment, and saves what was read. */
async function collect(tenant: SampleTenant, source: UsageSource, at: Date): Promise<void> {
  const parts = {
    client: clientOf(tenant.url, { credential: tokenCredential(tenant.token("app")) }),
    clock: testClock(at),
    excludeGroups: [],
  };
  await store.snapshots.save(source, await eventsReader(parts).read("D30", readOptions()));
  await store.people.save(source, await detailsReader(parts).read(readOptions()));
}

/** The same week from the tenant's own list of events. */
function naive(events: readonly Row[], { from, to }: Week) {
  const within = events.filter((event) => {
    const at = new Date(String(event["eventDateTime"]));
    return at >= from && at < to;
  });
  const rows = new Map<string, { successes: number; failures: number }>();
  const reasons = new Map<string, number>();
  for (const { feature, authMethod, isSuccess, failureReason } of within) {
    const key = `${feature} ${authMethod}`;
    const row = rows.get(key) ?? { successes: 0, failures: 0 };
    rows.set(key, row);
    row[isSuccess === true ? "successes" : "failures"] += 1;
    if (feature === "reset" && isSuccess === false) {
      const reason = reasonOf(String(failureReason))?.id ?? "unknown";
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return { rows: Object.fromEntries(rows), reasons: Object.fromEntries(reasons) };
}

/** A week of ours in the shape of the naive one. */
function plain(tries: NonNullable<Awaited<ReturnType<typeof numbersOf>>["tries"]>["week"] | undefined) {
  return {
    rows: Object.fromEntries(
      tries?.rows.map(({ feature, method, ...counts }) => [`${feature} ${method}`, counts]) ?? [],
    ),
    reasons: Object.fromEntries(tries?.resetFailures.map(({ reason, count }) => [reason, count]) ?? []),
  };
}

test("a week that was wholly read before a gap is covered", async () => {
  const begin = WEEK.from.getTime();
  const source = await sourceWith({ from: BEFORE.from, to: new Date(begin + DAY), cells: [] });
  const history = { from: new Date(begin + 3 * DAY), to: READ_AT, cells: [] };
  await store.snapshots.save(source, reading(1, { readAt: READ_AT, history }));

  const { tries } = await numbersOf(source);

  expect([tries?.week.covered, tries?.before.covered]).toEqual([false, true]);
});

describe("the numbers of the sample tenant", () => {
  test.each([
    ["Europe/Berlin", READ_AT],
    ["Asia/Kathmandu", READ_AT],
    ["Pacific/Chatham", READ_AT],
    ["America/St_Johns", new Date("2026-11-03T20:00:00Z")],
  ])("equal its own events of the week in %s", async (zone, at) => {
    const tenant = await openTenant({ now: () => at, people: 800 });
    const source = newSource();
    await collect(tenant, source, at);
    const week = lastWholeWeek(at, zone);
    const before = weekBefore(week, zone);

    const { tries, people } = await numbersOf(source, week, before);

    const events = await readAll(tenant, EVENTS);
    expect(plain(tries?.week)).toEqual(naive(events, week));
    expect(plain(tries?.before)).toEqual(naive(events, before));
    expect([tries?.week.covered, tries?.before.covered]).toEqual([true, true]);
    const counts = tries?.week.resetFailures.map(({ count }) => count) ?? [];
    expect(counts).toEqual(counts.toSorted((one, other) => other - one));
    expect(people?.counts.people).toBeGreaterThan(600);
  });

  test("count events that arrive late once, however often the tenant is read", async () => {
    let now = new Date(READ_AT.getTime() - 3 * DAY);
    const tenant = await openTenant({ now: () => now, people: 800, lagHours: 36 });
    const source = newSource();
    const grown: number[] = [];

    for (; now <= new Date(READ_AT.getTime() + DAY); now = new Date(now.getTime() + 6 * HOUR)) {
      await collect(tenant, source, now);
      const { tries } = await numbersOf(source);
      const all = tries?.week.rows.map(({ successes, failures: failed }) => successes + failed) ?? [];
      grown.push(all.reduce((sum, count) => sum + count, 0));
      expect(plain(tries?.week)).toEqual(naive(await readAll(tenant, EVENTS), WEEK));
    }

    expect(grown).toEqual(grown.toSorted((one, other) => one - other));
    expect(new Set(grown).size).toBeGreaterThan(5);
  });

  test("are kept when Graph has forgotten them", async () => {
    let now = READ_AT;
    const tenant = await openTenant({ now: () => now, people: 100 });
    const source = newSource();
    await collect(tenant, source, now);
    const { tries: first } = await numbersOf(source);

    for (let days = 7; days <= 42; days += 7) {
      now = new Date(READ_AT.getTime() + days * DAY);
      await collect(tenant, source, now);
    }

    const { tries } = await numbersOf(source);
    expect(tries?.week).toEqual(first?.week);
    expect(tries?.before).toEqual(first?.before);
    expect(first?.week.rows.length).toBeGreaterThan(0);
  });

  test("are absent for a company of nobody", async () => {
    const tenant = await openTenant({ now: () => READ_AT, people: 0 });
    const source = newSource();

    const collecting = collect(tenant, source, READ_AT);

    await expect(collecting).rejects.toMatchObject({ code: "GRAPH-NOT-COLLECTED" });
    expect(await numbersOf(source)).toEqual({});
  });

  test.each([1, 50])("are those of all its events for a company of %i people", async (people) => {
    const tenant = await openTenant({ now: () => READ_AT, people });
    const source = newSource();

    await collect(tenant, source, READ_AT);

    const { tries } = await numbersOf(source);
    expect(plain(tries?.week)).toEqual(naive(await readAll(tenant, EVENTS), WEEK));
    expect(tries?.week.covered).toBe(true);
  });
});
