import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldEvents, type UsageEvent } from "../../src/graph/fold.ts";
import type { UsageHistory } from "../../src/ports/usage.ts";

const QUARTER = 15 * 60_000;
const HOUR = 4 * QUARTER;
const READ_AT = new Date("2026-11-17T12:05:00Z");
const THIRTY_DAYS_BEFORE = new Date("2026-10-18T12:00:00Z");

const LICENCE = "User does not have a license. You can add a license to the user to resolve this";

function historyOf(events: readonly UsageEvent[], readAt = READ_AT): UsageHistory | undefined {
  const fold = foldEvents(readAt);
  events.forEach(fold.add);
  return fold.history();
}

function failure(at: string | number, reason = LICENCE): UsageEvent {
  return { feature: "reset", method: "sms", isSuccess: false, reason, at: new Date(at) };
}

const anEvent: fc.Arbitrary<UsageEvent> = fc.record({
  feature: fc.constantFrom("registration", "reset"),
  method: fc.constantFrom("email", "sms", '"'),
  isSuccess: fc.boolean(),
  reason: fc.constantFrom("", LICENCE, "Blue moon"),
  at: fc
    .integer({ min: -730 * 60, max: 120 })
    .map((minutes) => new Date(READ_AT.getTime() + minutes * 60_000)),
});

const KNOWN_AS: Readonly<Record<string, string>> = {
  "": "unspecified",
  [LICENCE]: "no-licence",
  "Blue moon": "Blue moon",
};

describe("the history of a reading", () => {
  it("ends with the last whole quarter and begins after the quarter of the oldest event", () => {
    const history = historyOf([failure("2026-11-10T08:16:00Z"), failure("2026-11-17T11:59:59Z")]);

    expect(history).toEqual({
      from: new Date("2026-11-10T08:30:00Z"),
      to: new Date("2026-11-17T12:00:00Z"),
      cells: [
        {
          quarter: new Date("2026-11-17T11:45:00Z"),
          feature: "reset",
          method: "sms",
          isSuccess: false,
          reason: "no-licence",
          count: 1,
        },
      ],
    });
  });

  it("has the quarter of an oldest event at its very beginning", () => {
    const history = historyOf([failure("2026-11-10T08:15:00Z")]);

    expect(history?.from).toEqual(new Date("2026-11-10T08:15:00Z"));
    expect(history?.cells).toHaveLength(1);
  });

  it("never begins before the 30 days that are counted", () => {
    const history = historyOf([failure("2026-10-18T11:59:59Z"), failure("2020-01-01T00:00:00Z")]);

    expect(history).toMatchObject({ from: THIRTY_DAYS_BEFORE, cells: [] });
  });

  it.each([
    ["there is no event", []],
    ["the only event is of this quarter", [failure("2026-11-17T12:04:00Z")]],
    ["the only event is of the quarter before", [failure("2026-11-17T11:50:00Z")]],
    ["all events are in the future", [failure("2026-11-20T00:00:00Z")]],
  ])("is absent when %s", (_what, events) => {
    expect(historyOf(events)).toBeUndefined();
  });

  it("gives what a look at every single event gives", () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 150 }), (events) => {
        const history = historyOf(events);

        const oldest = Math.min(...events.map(({ at }) => at.getTime()));
        const from = Math.max(THIRTY_DAYS_BEFORE.getTime(), Math.ceil(oldest / QUARTER) * QUARTER);
        const to = new Date("2026-11-17T12:00:00Z").getTime();
        const inside = events.filter(({ at }) => at.getTime() >= from && at.getTime() < to);
        const keys = inside.map(({ at, feature, method, isSuccess, reason }) =>
          JSON.stringify([
            Math.floor(at.getTime() / QUARTER) * QUARTER,
            feature,
            method,
            isSuccess,
            isSuccess ? "" : KNOWN_AS[reason],
          ]),
        );
        const found = history?.cells.map(({ quarter, feature, method, isSuccess, reason, count }) => [
          JSON.stringify([quarter.getTime(), feature, method, isSuccess, reason]),
          count,
        ]);
        const counted = new Map<string, number>();
        for (const key of keys) {
          counted.set(key, (counted.get(key) ?? 0) + 1);
        }
        expect(history && [history.from.getTime(), history.to.getTime()]).toEqual(
          from < to ? [from, to] : undefined,
        );
        expect(found?.sort()).toEqual(from < to ? [...counted].sort() : undefined);
      }),
    );
  });

  it("keeps at most fifty unknown texts and counts the rest together", () => {
    const texts = Array.from({ length: 70 }, (_, index) => `Moon ${index} of a@b.example`);
    const events = [...texts, ...texts].map((text) => failure("2026-11-16T10:00:00Z", text));

    const history = historyOf([failure(READ_AT.getTime() - 9 * 24 * HOUR), ...events]);

    const counts = new Map(history?.cells.map(({ reason, count }) => [reason, count]));
    expect(counts.size).toBe(51);
    expect(counts.get("Moon 49 of (mail address)")).toBe(2);
    expect(counts.get("other")).toBe(40);
  });
});
