import { describe, expect, it } from "vitest";
import { createDays, offsetOf } from "../../src/views/days.ts";
import { isWeekBefore, weekNumber } from "../../src/views/iso-week.ts";
import { runLines } from "../../src/views/schedule-text.ts";
import { AUDIENCE } from "./samples.ts";

const BERLIN = createDays(AUDIENCE);

function dates(...texts: string[]): Date[] {
  return texts.map((text) => new Date(text));
}

describe("the days of a week", () => {
  it.each([
    ["2026-11-08T23:00:00Z", "2026-11-15T23:00:00Z", "Mon 9 – Sun 15 Nov 2026"],
    ["2026-10-25T23:00:00Z", "2026-11-01T23:00:00Z", "Mon 26 Oct – Sun 1 Nov 2026"],
    ["2026-12-27T23:00:00Z", "2027-01-03T23:00:00Z", "Mon 28 Dec 2026 – Sun 3 Jan 2027"],
    ["2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z", "Mon 19 – Sun 25 Oct 2026"],
  ])("are told with both ends (%s to %s)", (from, to, told) => {
    expect(BERLIN.week(new Date(from), new Date(to))).toBe(told);
  });

  it("are those of the zone", () => {
    const instant = new Date("2026-11-15T23:30:00Z");

    expect(BERLIN.weekday(instant)).toBe("Mon 16 Nov");
    expect(createDays({ ...AUDIENCE, timeZone: "America/New_York" }).weekday(instant)).toBe("Sun 15 Nov");
  });
});

describe("offsetOf", () => {
  it.each([
    ["Europe/Berlin", "2026-11-17T12:00:00Z", "UTC+1"],
    ["Europe/Berlin", "2026-07-17T12:00:00Z", "UTC+2"],
    ["Asia/Kathmandu", "2026-07-17T12:00:00Z", "UTC+5:45"],
    ["America/St_Johns", "2026-01-17T12:00:00Z", "UTC-3:30"],
    ["Europe/London", "2026-01-17T12:00:00Z", "UTC+0"],
  ])("tells how far %s is from UTC on %s", (zone, at, offset) => {
    expect(offsetOf(zone, new Date(at))).toBe(offset);
  });
});

describe("ISO weeks", () => {
  it.each([
    ["2026-W45", "2026-W46", true],
    ["2026-W53", "2027-W01", true],
    ["2025-W52", "2026-W01", true],
    ["2026-W52", "2027-W01", false],
    ["2026-W46", "2026-W46", false],
    ["2026-W44", "2026-W46", false],
  ])("%s is right before %s: %s", (earlier, week, expected) => {
    expect(isWeekBefore(earlier, week)).toBe(expected);
  });

  it("have a number", () => {
    expect(weekNumber("2026-W06")).toBe(6);
  });
});

describe("the next runs", () => {
  it("stand in the zone and in UTC, the later ones together", () => {
    const runs = dates("2026-11-24T12:00:00Z", "2026-12-01T12:00:00Z", "2026-12-08T12:00:00Z");

    expect(runLines(runs, "Europe/Berlin", AUDIENCE.words, "first")).toEqual([
      "First: Tue 24 Nov 2026, 13:00 Europe/Berlin (12:00 UTC)",
      "Then: Tue 1 Dec and Tue 8 Dec, 13:00 (12:00 UTC)",
    ]);
  });

  it.each([
    [["2027-03-23T12:00:00Z", "2027-03-30T11:00:00Z", "2027-04-06T11:00:00Z"], "11:00"],
    [["2026-10-20T11:00:00Z", "2026-10-27T12:00:00Z", "2026-11-03T12:00:00Z"], "12:00"],
  ])("name a change of the clocks (%j)", (runs, utc) => {
    const lines = runLines(dates(...runs), "Europe/Berlin", AUDIENCE.words);

    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(`13:00 (${utc} UTC)`);
    expect(lines.at(-1)).toMatch(new RegExp(`^The clocks change between .*: 13:00 there is ${utc} UTC`));
  });

  it("are a single one, or none", () => {
    expect(runLines(dates("2026-11-24T12:00:00Z"), "UTC", AUDIENCE.words)).toEqual([
      "Next: Tue 24 Nov 2026, 12:00 UTC",
    ]);
    expect(runLines([], "UTC", AUDIENCE.words)).toEqual([]);
  });
});
