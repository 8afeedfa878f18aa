import { describe, expect, test } from "vitest";
import { lastWholeWeek } from "../../src/digest/calendar.ts";
import { dayWeeks, resetsWithin, sameWeekInUtc, sevenDaysTo, utcWeeks } from "../../src/digest/day-weeks.ts";
import type { StoredDay } from "../../src/ports/days.ts";
import { newSource } from "../store/readings.ts";

const DAY = 86_400_000;
/** A Saturday of week 47. */
const NOW = new Date("2026-11-21T13:32:00Z");
const SPANS = utcWeeks(NOW, 3);

function day(text: string, readAt = NOW): StoredDay<"passwords"> {
  return { day: text, readAt, counts: { resetsByAdmin: 1, resetsSelfService: 2, changesSelfService: 3 } };
}

/** Every day from one to another, both included. */
function daysOf(from: string, to: string, readAt = NOW): StoredDay<"passwords">[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return Array.from({ length: (last - first) / DAY + 1 }, (_unused, index) =>
    day(new Date(first + index * DAY).toISOString().slice(0, 10), readAt),
  );
}

function told(stored: readonly StoredDay<"passwords">[]) {
  return dayWeeks(stored, SPANS).weeks.map((week) => [
    week.week,
    "numbers" in week ? week.numbers.length : week.gap,
  ]);
}

describe("weeks of days", () => {
  test("are Monday to Sunday in UTC, the last one wholly over", () => {
    expect(SPANS.map(({ from }) => from.toISOString())).toEqual([
      "2026-10-26T00:00:00.000Z",
      "2026-11-02T00:00:00.000Z",
      "2026-11-09T00:00:00.000Z",
    ]);
  });

  test("are none where nothing is stored", () => {
    expect(dayWeeks([], SPANS)).toEqual({ weeks: [], mayGrow: false });
  });

  test("have all seven days, or say why they are a gap", () => {
    const stored = daysOf("2026-10-29", "2026-11-15");

    expect(told(stored)).toEqual([
      ["2026-W44", { kind: "begins", at: new Date("2026-10-29T00:00:00Z") }],
      ["2026-W45", 7],
      ["2026-W46", 7],
    ]);
    expect(told(stored.filter(({ day: text }) => text !== "2026-11-05"))[1]).toEqual([
      "2026-W45",
      { kind: "unsure" },
    ]);
    expect(told(daysOf("2026-11-02", "2026-11-13"))).toEqual([
      ["2026-W45", 7],
      ["2026-W46", { kind: "ends", at: new Date("2026-11-14T00:00:00Z") }],
    ]);
  });

  test("do not count a day that was read before it was over", () => {
    const stored = daysOf("2026-11-02", "2026-11-14");
    const sunday = (readAt: string) => told([...stored, day("2026-11-15", new Date(readAt))])[1]?.[1];

    expect(sunday("2026-11-15T23:59:59.999Z")).toEqual({
      kind: "ends",
      at: new Date("2026-11-15T00:00:00Z"),
    });
    expect(sunday("2026-11-16T00:00:00.000Z")).toBe(7);
  });

  test("may grow until a day and a half after their end", () => {
    const readAt = (text: string) =>
      dayWeeks(daysOf("2026-11-09", "2026-11-15", new Date(text)), SPANS).mayGrow;

    expect(readAt("2026-11-17T11:59:59.999Z")).toBe(true);
    expect(readAt("2026-11-17T12:00:00.000Z")).toBe(false);
  });
});

describe("the resets of a digest", () => {
  const source = newSource();
  const within = (stored: readonly StoredDay<"passwords">[], span = sevenDaysTo(NOW)) => {
    const days = () => Promise.resolve(stored as never);
    return resetsWithin({ days }, source, span);
  };

  test("are those of seven whole days, and of no fewer", async () => {
    expect(await within(daysOf("2026-11-10", "2026-11-21"))).toEqual({
      selfService: 14,
      byAdmins: 7,
      mayGrow: true,
    });
    expect(await within(daysOf("2026-11-15", "2026-11-20"))).toBeUndefined();
    expect(
      await within(daysOf("2026-11-14", "2026-11-20", new Date("2026-11-20T23:00:00Z"))),
    ).toBeUndefined();
  });

  test.each(["Pacific/Kiritimati", "Europe/Berlin", "Etc/GMT+12", "America/Los_Angeles"])(
    "are of the same week of the calendar in %s",
    (zone) => {
      expect(sameWeekInUtc(lastWholeWeek(NOW, zone))).toMatchObject({
        week: lastWholeWeek(NOW, zone).week,
        from: new Date("2026-11-09T00:00:00Z"),
      });
    },
  );

  test("end with the last midnight", () => {
    expect(sevenDaysTo(NOW)).toEqual({
      from: new Date("2026-11-14T00:00:00Z"),
      to: new Date("2026-11-21T00:00:00Z"),
    });
  });
});
