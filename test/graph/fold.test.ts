import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldEvents, type UsageEvent } from "../../src/graph/fold.ts";
import type { UsageRow } from "../../src/ports/usage.ts";

const HOUR = 3_600_000;
const HOURS = { D1: 24, D7: 168, D30: 720 };
const READ_AT = new Date("2026-03-29T01:30:00Z");

const SMS = "User abandoned after starting the mobile SMS verification option";

const events: fc.Arbitrary<UsageEvent> = fc.record({
  feature: fc.constantFrom("registration", "reset", "__proto__", '","'),
  method: fc.constantFrom("email", "sms", "fido", '"', "constructor"),
  isSuccess: fc.boolean(),
  reason: fc.constantFrom("", " ", SMS, "A system error has occurred.", "Blue moon", "Blue moon of a@b.c"),
  at: fc.date({
    min: new Date(READ_AT.getTime() - 800 * HOUR),
    max: new Date(READ_AT.getTime() + 30 * HOUR),
    noInvalidDate: true,
  }),
});

function fold(list: readonly UsageEvent[], readAt = READ_AT) {
  const folded = foldEvents(readAt);
  list.forEach(folded.add);
  return folded;
}

/** The same by looking at every event for every period. */
function naive(list: readonly UsageEvent[], hours: number): readonly UsageRow[] {
  const end = Math.floor(READ_AT.getTime() / HOUR) * HOUR + HOUR;
  const begin = end - HOUR - hours * HOUR;
  const within = list.filter(({ at }) => at.getTime() >= begin && at.getTime() < end);
  const names = new Set(within.map(({ feature, method }) => JSON.stringify([feature, method])));
  return [...names].sort().map((name) => {
    const [feature, method] = JSON.parse(name);
    const mine = within.filter((event) => event.feature === feature && event.method === method);
    const successes = mine.filter(({ isSuccess }) => isSuccess).length;
    return { feature, method, successes, failures: mine.length - successes };
  });
}

function eventAt(at: string): UsageEvent {
  return { feature: "reset", method: "sms", isSuccess: false, reason: SMS, at: new Date(at) };
}

describe("folding events", () => {
  it("gives what a look at every single event gives, for every period", () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 200 }), (list) => {
        const rows = fold(list)
          .summaries()
          .map((summary) => [summary.period, summary.rows]);

        expect(rows).toEqual(Object.entries(HOURS).map(([period, hours]) => [period, naive(list, hours)]));
      }),
    );
  });

  it("loses no event that is not too old", () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 100 }), (list) => {
        const folded = fold(list);

        const counted = folded
          .summaries()[2]
          ?.rows.reduce((sum, row) => sum + row.successes + row.failures, 0);

        const tooOld = list.filter(({ at }) => at < new Date("2026-02-27T01:00:00Z")).length;
        expect((counted ?? 0) + folded.inTheFuture() + tooOld).toBe(list.length);
      }),
    );
  });

  it.each([
    ["2026-03-28T00:59:59.999Z", [0, 1, 1]],
    ["2026-03-28T01:00:00.000Z", [1, 1, 1]],
    ["2026-03-22T00:59:59.999Z", [0, 0, 1]],
    ["2026-03-22T01:00:00.000Z", [0, 1, 1]],
    ["2026-02-27T00:59:59.999Z", [0, 0, 0]],
    ["2026-02-27T01:00:00.000Z", [0, 0, 1]],
    ["2026-03-29T01:59:59.999Z", [1, 1, 1]],
    ["2026-03-29T02:00:00.000Z", [0, 0, 0]],
  ])("puts an event of %s into the right periods", (at, failures) => {
    const summaries = fold([eventAt(at)]).summaries();

    expect(summaries.map(({ rows }) => rows[0]?.failures ?? 0)).toEqual(failures);
  });

  it("counts whole hours before the hour of the reading, however clocks on walls are changed", () => {
    const zone = process.env["TZ"];
    process.env["TZ"] = "Europe/Berlin";

    const windows = fold([])
      .summaries()
      .map(({ from, to }) => [from.toISOString(), to.toISOString()]);

    process.env["TZ"] = zone ?? "UTC";
    expect(windows).toEqual([
      ["2026-03-28T01:00:00.000Z", "2026-03-29T01:30:00.000Z"],
      ["2026-03-22T01:00:00.000Z", "2026-03-29T01:30:00.000Z"],
      ["2026-02-27T01:00:00.000Z", "2026-03-29T01:30:00.000Z"],
    ]);
  });
});
