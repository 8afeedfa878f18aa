import { describe, expect, onTestFinished, test } from "vitest";
import { prepareHistory } from "../../src/demo/history.ts";
import { weekOf } from "../../src/digest/calendar.ts";
import { peopleWeeks } from "../../src/digest/people-weeks.ts";
import { usageWeeks, weeksUpTo } from "../../src/digest/usage-weeks.ts";
import { shifted, systemClock } from "../../src/kernel/clock.ts";
import { toTenantId } from "../../src/kernel/ids.ts";
import { createLog } from "../../src/kernel/log.ts";
import { realWorld } from "../../src/kernel/outside.ts";
import { openStore } from "../../src/store/pglite.ts";
import { dataDirectory } from "../support/data-directory.ts";

const TENANT = toTenantId("c0a7050e-5a3b-4e57-9d0c-5a1e7e4a4701");

async function preparedAt(now: string) {
  const directory = await dataDirectory();
  onTestFinished(() => directory.remove());
  const clock = shifted(systemClock, Date.parse(now) - Date.now());
  const outside = { ...realWorld(createLog("silent")), clock };
  const { port } = await prepareHistory({
    tenant: { people: 100 },
    outside,
    dataDirectory: directory.path,
  });
  const store = await openStore(directory.path);
  onTestFinished(() => store.close());
  if (!TENANT) {
    throw new Error("the sample tenant's id is none");
  }
  return { store, source: { tenantId: TENANT, graphHost: `127.0.0.1:${port}` }, now: clock.now() };
}

describe("the history of the demo", { timeout: 60_000 }, () => {
  // A Monday's first hour, a Monday behind the end of daylight saving, and a common day.
  test.each([
    ["2026-11-22T23:30:00Z", "Europe/Berlin"],
    ["2026-04-05T23:30:00Z", "Pacific/Auckland"],
    ["2026-07-01T12:00:00Z", "America/Los_Angeles"],
  ])("at %s in %s has 26 known weeks of tries and people, who register", async (at, timeZone) => {
    const { store, source, now } = await preparedAt(at);

    const tries = await usageWeeks({ usage: store.snapshots, source, now, timeZone, asked: 26 });
    const days = await store.peopleHistory.daily(source, ["details"], new Date(0), now);
    const people = days && peopleWeeks(days, weeksUpTo(weekOf(now, timeZone), timeZone, 26));

    const known = (weeks: readonly object[] = []) => weeks.filter((week) => "numbers" in week);
    expect(known(tries?.weeks)).toHaveLength(26);
    expect(known(people?.weeks)).toHaveLength(26);
    expect(days?.others).toBe(0);
    const registered = days?.days.map(({ counts }) => counts.ssprRegistered ?? 0) ?? [];
    expect(registered.toSorted((one, other) => one - other)).toEqual(registered);
    expect(registered[0]).toBeLessThan((registered.at(-1) ?? 0) * 0.97);
    const usage = await store.snapshots.latest(source, "D30", ["events"]);
    for (const readAt of [usage?.readAt, people?.readAt]) {
      expect(now.getTime() - (readAt?.getTime() ?? 0)).toBeLessThan(10 * 60_000);
    }
  });
});
