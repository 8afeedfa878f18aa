import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastWholeWeek, weekOf } from "../../../src/digest/calendar.ts";
import { comparePeriods } from "../../../src/digest/compare-periods.ts";
import { peopleWeeks } from "../../../src/digest/people-weeks.ts";
import { usageWeeks, weeksUpTo } from "../../../src/digest/usage-weeks.ts";
import { toTenantId } from "../../../src/kernel/ids.ts";
import type { HistorySpan, SnapshotStore, UsageSource, UsageSum } from "../../../src/ports/usage.ts";
import { isKnown } from "../../../src/reports/trend/weeks.ts";

const QUARTER = 15 * 60_000;
const DAY = 86_400_000;
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
] as const;

function sourceOf(): UsageSource {
  const tenantId = toTenantId("7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01");
  if (!tenantId) {
    throw new Error("a GUID");
  }
  return { tenantId, graphHost: "graph.microsoft.com" };
}

const source = sourceOf();
const at = (text: string): Date => new Date(text);

/** A store whose cells are single tries at these instants; the last span is the newest. */
function storeOf(
  tries: readonly number[],
  ...spans: readonly HistorySpan[]
): Pick<SnapshotStore, "sums" | "covered" | "spans"> {
  return {
    covered: async () => spans.at(-1),
    spans: async () => spans,
    async sums(_source, from, to): Promise<readonly UsageSum[]> {
      const count = tries.filter((time) => time >= from.getTime() && time < to.getTime()).length;
      return count === 0 ? [] : [{ feature: "reset", method: "email", isSuccess: true, reason: "", count }];
    },
  };
}

function coveredFrom(from: string, to: string): HistorySpan {
  return { from: at(from), to: at(to), readAt: at(to) };
}

describe("weeks of tries", () => {
  it("add up to all tries between the first and the last whole week, in every zone and year", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ZONES),
        fc.date({ min: at("2020-01-01"), max: at("2032-01-01"), noInvalidDate: true }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.nat(220 * 96), { maxLength: 60 }),
        async (timeZone, now, asked, daysCovered, quarters) => {
          const to = new Date(Math.floor(now.getTime() / QUARTER) * QUARTER);
          const from = new Date(to.getTime() - daysCovered * DAY);
          const tries = quarters
            .map((ago) => to.getTime() - ago * QUARTER)
            .filter((time) => time >= from.getTime());
          const usage = storeOf(tries, { from, to, readAt: now });

          const trend = await usageWeeks({ usage, source, now, timeZone, asked });
          const weeks = trend?.weeks ?? [];
          const known = weeks.filter(isKnown);

          // Whole weeks meet one another, so their tries are those between both ends.
          for (const [index, week] of weeks.entries()) {
            expect(weeks[index + 1]?.from ?? week.to).toEqual(week.to);
            expect(isKnown(week)).toBe(week.from >= from && week.to <= to);
          }
          const [first, last] = [known[0], known.at(-1)];
          const within = tries.filter(
            (time) => first && last && time >= first.from.getTime() && time < last.to.getTime(),
          );
          const shown = known
            .flatMap(({ numbers }) => numbers)
            .reduce((sum, { successes }) => sum + successes, 0);
          expect(shown).toBe(within.length);
          expect(weeks.length).toBeLessThanOrEqual(asked);
          expect(weeks.at(-1)?.to ?? lastWholeWeek(now, timeZone).to).toEqual(
            lastWholeWeek(now, timeZone).to,
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ["a leap day", "2028-03-08T12:00:00Z", "UTC", "2028-W09", 168],
    ["a year with week 53", "2027-01-06T12:00:00Z", "UTC", "2026-W53", 168],
    ["the turn of a year", "2025-01-08T12:00:00Z", "UTC", "2025-W01", 168],
    ["the end of daylight saving", "2026-10-28T12:00:00Z", "Europe/Berlin", "2026-W43", 169],
    ["the begin of daylight saving", "2026-04-01T12:00:00Z", "Europe/Berlin", "2026-W13", 167],
    ["half an hour of daylight saving", "2026-10-07T12:00:00Z", "Australia/Lord_Howe", "2026-W40", 167.5],
  ])("hold all hours of %s", async (_name, now, timeZone, week, hours) => {
    const covered = { from: at("2020-01-01T00:00:00Z"), to: at(now), readAt: at(now) };
    const { from, to } = lastWholeWeek(at(now), timeZone);
    const everyHalfHour = Array.from(
      { length: (to.getTime() - from.getTime() + 4 * DAY) / (2 * QUARTER) },
      (_unused, index) => from.getTime() - 2 * DAY + index * 2 * QUARTER,
    );

    const trend = await usageWeeks({
      usage: storeOf(everyHalfHour, covered),
      source,
      now: at(now),
      timeZone,
      asked: 1,
    });

    expect(trend?.weeks).toEqual([
      {
        week,
        from,
        to,
        numbers: [{ feature: "reset", method: "email", successes: 2 * hours, failures: 0 }],
      },
    ]);
  });

  it("are gaps at both ends of what is stored, and left out where nothing is", async () => {
    const now = at("2026-11-21T12:00:00Z");
    const usage = storeOf([], coveredFrom("2026-10-29T09:00:00Z", "2026-11-12T09:15:00Z"));

    const trend = await usageWeeks({ usage, source, now, timeZone: "UTC", asked: 12 });

    expect(trend?.weeks.map((week) => [week.week, isKnown(week) ? "known" : week.gap.kind])).toEqual([
      ["2026-W44", "begins"],
      ["2026-W45", "known"],
      ["2026-W46", "ends"],
    ]);
  });

  it("are gaps where tries are stored from before a time that was not read", async () => {
    const now = at("2026-11-21T12:00:00Z");
    const covered = coveredFrom("2026-11-02T00:00:00Z", "2026-11-21T12:00:00Z");
    const usage = storeOf([at("2026-10-13T12:00:00Z").getTime()], covered);

    const trend = await usageWeeks({ usage, source, now, timeZone: "UTC", asked: 12 });

    expect(trend?.weeks.map((week) => [week.week, isKnown(week) ? "known" : week.gap.kind])).toEqual([
      ["2026-W42", "unsure"],
      ["2026-W43", "unsure"],
      ["2026-W44", "unsure"],
      ["2026-W45", "known"],
      ["2026-W46", "known"],
    ]);
  });

  it("are known before and after time that was not read, and gaps within it", async () => {
    const now = at("2026-11-21T12:00:00Z");
    const usage = storeOf(
      [at("2026-09-15T12:00:00Z").getTime(), at("2026-11-03T12:00:00Z").getTime()],
      coveredFrom("2026-09-10T00:00:00Z", "2026-09-30T00:00:00Z"),
      coveredFrom("2026-10-15T00:00:00Z", "2026-11-19T00:00:00Z"),
    );

    const trend = await usageWeeks({ usage, source, now, timeZone: "UTC", asked: 12 });

    const told = trend?.weeks.map((week) => [
      week.week,
      isKnown(week)
        ? week.numbers.reduce((sum, { successes }) => sum + successes, 0)
        : week.gap.kind === "unsure" || week.gap,
    ]);
    expect(told).toEqual([
      ["2026-W37", { kind: "begins", at: at("2026-09-10T00:00:00Z") }],
      ["2026-W38", 1],
      ["2026-W39", 0],
      ["2026-W40", true],
      ["2026-W41", true],
      ["2026-W42", true],
      ["2026-W43", 0],
      ["2026-W44", 0],
      ["2026-W45", 1],
      ["2026-W46", 0],
    ]);
    expect(trend?.since).toEqual(at("2026-09-10T00:00:00Z"));
  });

  it("are known exactly where one span has all of them, whatever was not read, in every zone", async () => {
    const spansOf = fc
      .uniqueArray(fc.nat(150 * 96), { minLength: 2, maxLength: 8 })
      .map((times) =>
        times
          .sort((one, other) => other - one)
          .flatMap((ago, index, all) => (index % 2 === 0 ? [[ago, all[index + 1] ?? 0] as const] : [])),
      );

    await fc.assert(
      fc.asyncProperty(spansOf, fc.constantFrom(...ZONES), async (agos, timeZone) => {
        const now = at("2028-03-20T12:00:00Z");
        const time = (ago: number): Date => new Date(now.getTime() - ago * QUARTER);
        const spans = agos.map(([from, to]) => ({ from: time(from), to: time(to), readAt: time(to) }));

        const trend = await usageWeeks({ usage: storeOf([], ...spans), source, now, timeZone, asked: 30 });

        const begin = spans[0]?.from ?? now;
        expect(trend?.weeks.map((week) => [week.week, isKnown(week)])).toEqual(
          weeksUpTo(lastWholeWeek(now, timeZone), timeZone, 30)
            .filter(({ to }) => to > begin)
            .map(({ week, from, to }) => [week, spans.some((span) => span.from <= from && to <= span.to)]),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("may grow until 36 hours after the last of them", async () => {
    const mayGrow = async (readAt: string): Promise<boolean | undefined> => {
      const usage = storeOf([], {
        ...coveredFrom("2026-10-01T00:00:00Z", "2026-11-17T00:00:00Z"),
        readAt: at(readAt),
      });
      return (await usageWeeks({ usage, source, now: at("2026-11-18T00:00:00Z"), timeZone: "UTC", asked: 2 }))
        ?.mayGrow;
    };

    expect(await mayGrow("2026-11-17T11:59:00Z")).toBe(true);
    expect(await mayGrow("2026-11-17T12:00:00Z")).toBe(false);
  });
});

describe("weeks of people", () => {
  it("have their last count, and those before the first count are left out", () => {
    const spans = weeksUpTo(weekOf(at("2026-11-21T12:00:00Z"), "UTC"), "UTC", 12);
    const day = (text: string, people: number) => ({ readAt: at(text), counts: { people, leftOut: {} } });

    const trend = peopleWeeks(
      {
        reader: "details",
        scope: "members",
        days: [
          day("2026-11-01T23:59:00Z", 1),
          day("2026-11-02T00:00:00Z", 2),
          day("2026-11-05T00:00:00Z", 3),
          day("2026-11-20T00:00:00Z", 4),
        ],
        others: 0,
      },
      spans,
    );

    expect(
      trend?.weeks.map((week) => [week.week, isKnown(week) ? week.numbers.counts.people : week.gap.kind]),
    ).toEqual([
      ["2026-W44", 1],
      ["2026-W45", 3],
      ["2026-W46", "uncounted"],
      ["2026-W47", 4],
    ]);
  });
});

describe("compared periods", () => {
  it.each([
    [60, "D30", false],
    [59, "D7", true],
    [14, "D7", true],
    [13, "D1", true],
    [1, "D1", true],
  ])("are, with %d days stored and none asked for, %s", async (days, period, isShorter) => {
    const to = at("2026-11-21T12:00:00Z");
    const usage = storeOf([], { from: new Date(to.getTime() - days * DAY), to, readAt: to });

    expect(await comparePeriods({ usage, source, period: undefined })).toMatchObject({ period, isShorter });
  });

  it("meet one another, and hold every try once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(60 * 96), { maxLength: 50 }),
        fc.constantFrom("D1" as const, "D7" as const, "D30" as const),
        async (quarters, period) => {
          const to = at("2026-11-21T12:00:00Z");
          const tries = quarters.map((ago) => to.getTime() - ago * QUARTER);
          const usage = storeOf(tries, { from: new Date(to.getTime() - 60 * DAY), to, readAt: to });

          const stored = (await comparePeriods({ usage, source, period }))?.stored;

          const shown = [stored?.now, stored?.before].flatMap((span) => span?.rows ?? []);
          const begin = stored?.before.from.getTime() ?? 0;
          expect(stored?.before.to).toEqual(stored?.now.from);
          expect(stored?.now.to).toEqual(to);
          expect(shown.reduce((sum, { successes }) => sum + successes, 0)).toBe(
            tries.filter((time) => time >= begin && time < to.getTime()).length,
          );
        },
      ),
    );
  });

  it("have no rows where some of them was not read", async () => {
    const to = at("2026-11-21T12:00:00Z");
    const gap = new Date(to.getTime() - 3 * DAY);
    const usage = storeOf(
      [],
      { from: new Date(to.getTime() - 60 * DAY), to: new Date(gap.getTime() - QUARTER), readAt: gap },
      { from: gap, to, readAt: to },
    );

    const week = (await comparePeriods({ usage, source, period: "D7" }))?.stored;
    const day = (await comparePeriods({ usage, source, period: undefined }))?.stored;

    expect([week?.now.rows, week?.before.rows]).toEqual([undefined, undefined]);
    expect([day?.now.rows, day?.before.rows]).toEqual([[], []]);
  });

  it("have no rows where they are not wholly stored", async () => {
    const to = at("2026-11-21T12:00:00Z");
    const usage = storeOf([], { from: new Date(to.getTime() - 14 * DAY + QUARTER), to, readAt: to });

    const stored = (await comparePeriods({ usage, source, period: "D7" }))?.stored;

    expect(stored?.now.rows).toEqual([]);
    expect(stored?.before.rows).toBeUndefined();
  });
});
