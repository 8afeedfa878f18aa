import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { monthsBefore } from "../../src/retention/months.ts";

const DAY = 86_400_000;
const times = fc.date({
  min: new Date("1990-01-01T00:00:00.000Z"),
  max: new Date("2200-01-01T00:00:00.000Z"),
  noInvalidDate: true,
});
const counts = fc.nat({ max: 600 });

function monthOf(at: Date): number {
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / DAY);
}

function isLastOfMonth(at: Date): boolean {
  return new Date(at.getTime() + DAY).getUTCDate() === 1;
}

describe("months before a time", () => {
  test.each([
    ["2026-11-20T09:14:15.926Z", 25, "2024-10-20T09:14:15.926Z"],
    ["2026-05-31T23:59:59.999Z", 3, "2026-02-28T23:59:59.999Z"],
    ["2028-03-31T00:00:00.000Z", 1, "2028-02-29T00:00:00.000Z"],
    ["2028-02-29T12:00:00.000Z", 12, "2027-02-28T12:00:00.000Z"],
    ["2026-01-15T00:00:00.000Z", 1, "2025-12-15T00:00:00.000Z"],
    ["2026-11-20T00:00:00.000Z", 0, "2026-11-20T00:00:00.000Z"],
  ])("%s less %i is %s", (at, months, before) => {
    expect(monthsBefore(new Date(at), months).toISOString()).toBe(before);
  });

  test("fall into the month that is so many before, at the same time of day", () => {
    fc.assert(
      fc.property(times, counts, (at, months) => {
        const before = monthsBefore(at, months);

        expect(monthOf(before)).toBe(monthOf(at) - months);
        expect(before.toISOString().slice(11)).toBe(at.toISOString().slice(11));
      }),
    );
  });

  test("keep the day, or take the last one of a shorter month", () => {
    fc.assert(
      fc.property(times, counts, (at, months) => {
        const before = monthsBefore(at, months);

        const isSameDay = before.getUTCDate() === at.getUTCDate();
        expect(isSameDay || (before.getUTCDate() < at.getUTCDate() && isLastOfMonth(before))).toBe(true);
      }),
    );
  });

  test("are never an earlier day for a later time", () => {
    fc.assert(
      fc.property(times, times, counts, (one, other, months) => {
        const [first, second] = one <= other ? [one, other] : [other, one];

        expect(dayOf(monthsBefore(second, months))).toBeGreaterThanOrEqual(
          dayOf(monthsBefore(first, months)),
        );
      }),
    );
  });
});
