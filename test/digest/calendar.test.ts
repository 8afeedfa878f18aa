import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import {
  isSettled,
  lastWholeWeek,
  nextDue,
  nextRuns,
  weekBefore,
  weekOf,
} from "../../src/digest/calendar.ts";
import type { Schedule, Weekday } from "../../src/ports/digest.ts";

const HOUR = 3_600_000;

/** Zones with whole, half and quarter hours, a half hour of daylight saving, changes at midnight, and none. */
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "America/Havana",
  "America/Nuuk",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Tehran",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Gaza",
  "Australia/Lord_Howe",
  "Atlantic/Azores",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "Pacific/Apia",
] as const;

const zones = fc.constantFrom(...ZONES);
const instants = fc.date({
  min: new Date("2010-01-01T00:00:00Z"),
  max: new Date("2040-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const schedules: fc.Arbitrary<Schedule> = fc.record({
  day: fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7),
  time: fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":")),
  timeZone: zones,
});

const at = (text: string): Date => new Date(text);
const iso = (dates: readonly Date[]): readonly string[] => dates.map((date) => date.toISOString());
const shown = (instant: Date, zone: string): string =>
  DateTime.fromJSDate(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

describe("the week", () => {
  test.each([
    ["an ordinary one", "2026-11-15T12:00:00Z", "UTC", "2026-W46", "2026-11-09T00:00Z", "2026-11-16T00:00Z"],
    ["the 53rd", "2027-01-01T12:00:00Z", "UTC", "2026-W53", "2026-12-28T00:00Z", "2027-01-04T00:00Z"],
    ["one of next year", "2024-12-30T00:00:00Z", "UTC", "2025-W01", "2024-12-30T00:00Z", "2025-01-06T00:00Z"],
    ["a leap day's", "2028-02-29T12:00:00Z", "UTC", "2028-W09", "2028-02-28T00:00Z", "2028-03-06T00:00Z"],
    [
      "one of 167 hours",
      "2026-03-25T12:00:00Z",
      "Europe/Berlin",
      "2026-W13",
      "2026-03-22T23:00Z",
      "2026-03-29T22:00Z",
    ],
    [
      "one of 169 hours",
      "2026-10-25T12:00:00Z",
      "Europe/Berlin",
      "2026-W43",
      "2026-10-18T22:00Z",
      "2026-10-25T23:00Z",
    ],
    [
      "one at 5:45",
      "2026-11-15T18:14:00Z",
      "Asia/Kathmandu",
      "2026-W46",
      "2026-11-08T18:15Z",
      "2026-11-15T18:15Z",
    ],
    [
      "one with half an hour of daylight saving",
      "2026-10-04T00:00:00Z",
      "Australia/Lord_Howe",
      "2026-W40",
      "2026-09-27T13:30Z",
      "2026-10-04T13:00Z",
    ],
  ])("is %s", (_name, instant, zone, week, from, to) => {
    expect(weekOf(at(instant), zone)).toEqual({ week, from: at(from), to: at(to) });
  });

  test("of a Monday without a midnight begins with its first hour", () => {
    // In Tehran daylight saving began at midnight, in 2021 that of a Monday.
    const week = weekOf(at("2021-03-22T12:00:00Z"), "Asia/Tehran");

    expect(shown(week.from, "Asia/Tehran")).toBe("2021-03-22T01:00");
    expect(weekOf(new Date(week.from.getTime() - 1), "Asia/Tehran").to).toEqual(week.from);
  });

  test("contains its instant, begins and ends at midnight of a Monday and meets its neighbours", () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const week = weekOf(instant, zone);
        const before = weekBefore(week, zone);

        expect(week.from <= instant && instant < week.to).toBe(true);
        expect(before.to).toEqual(week.from);
        expect(before.week < week.week).toBe(true);
        expect(DateTime.fromJSDate(week.from, { zone }).weekday).toBe(1);
        expect(weekOf(week.from, zone)).toEqual(week);
        expect(weekOf(new Date(week.to.getTime() - 1), zone)).toEqual(week);
        // A day that was left out, or a change of clocks by at most a day.
        expect(Math.abs(week.to.getTime() - week.from.getTime() - 168 * HOUR)).toBeLessThanOrEqual(24 * HOUR);
      }),
      { numRuns: 500 },
    );
  });

  test("that is whole is the one before, until the very end of Sunday", () => {
    const lastMoment = at("2026-11-15T22:59:59.999Z");
    const end = at("2026-11-15T23:00:00Z");

    expect(lastWholeWeek(lastMoment, "Europe/Berlin").week).toBe("2026-W45");
    expect(lastWholeWeek(end, "Europe/Berlin").week).toBe("2026-W46");
  });

  test("of a digest on Sunday evening is the one that ended seven days before", () => {
    const due = nextDue({ day: 7, time: "23:00", timeZone: "Europe/Berlin" }, at("2026-11-12T00:00:00Z"));

    expect(due).toEqual(at("2026-11-15T22:00:00Z"));
    expect(lastWholeWeek(due, "Europe/Berlin").week).toBe("2026-W45");
  });
});

describe("36 hours of lag", () => {
  test("are over on Tuesday at noon, so that 13:00 is safe and 11:59 is not", () => {
    for (const zone of ["UTC", "Asia/Kathmandu", "Asia/Kolkata", "Pacific/Kiritimati"]) {
      const runAt = (time: string): Date =>
        nextDue({ day: 2, time, timeZone: zone }, at("2026-11-16T12:00:00Z"));
      const settled = (time: string): boolean => {
        const due = runAt(time);
        return isSettled(lastWholeWeek(due, zone).to, due);
      };

      expect([settled("11:59"), settled("12:00"), settled("13:00")]).toEqual([false, true, true]);
    }
  });

  test("are over at Tuesday 13:00 in every zone and year", () => {
    fc.assert(
      fc.property(instants, zones, (instant, timeZone) => {
        const due = nextDue({ day: 2, time: "13:00", timeZone }, instant);

        expect(isSettled(lastWholeWeek(due, timeZone).to, due)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the next run", () => {
  const berlin: Schedule = { day: 2, time: "13:00", timeZone: "Europe/Berlin" };

  test("is strictly after the instant", () => {
    const due = at("2026-11-17T12:00:00Z");

    expect(nextDue(berlin, new Date(due.getTime() - 1))).toEqual(due);
    expect(nextDue(berlin, due)).toEqual(at("2026-11-24T12:00:00Z"));
  });

  test("stays at the local hour when daylight saving ends and begins", () => {
    expect(iso(nextRuns(berlin, at("2026-10-18T00:00:00Z"), 3))).toEqual([
      "2026-10-20T11:00:00.000Z",
      "2026-10-27T12:00:00.000Z",
      "2026-11-03T12:00:00.000Z",
    ]);
    expect(iso(nextRuns(berlin, at("2027-03-22T00:00:00Z"), 2))).toEqual([
      "2027-03-23T12:00:00.000Z",
      "2027-03-30T11:00:00.000Z",
    ]);
  });

  test.each([
    ["02:00", "2026-03-29T01:00:00.000Z"],
    ["02:30", "2026-03-29T01:00:00.000Z"],
    ["02:59", "2026-03-29T01:00:00.000Z"],
    ["03:00", "2026-03-29T01:00:00.000Z"],
    ["03:01", "2026-03-29T01:01:00.000Z"],
    ["01:59", "2026-03-29T00:59:00.000Z"],
  ])("for %s on the day without the hour from two to three is %s", (time, expected) => {
    const schedule: Schedule = { day: 7, time, timeZone: "Europe/Berlin" };

    expect(nextDue(schedule, at("2026-03-28T12:00:00Z")).toISOString()).toBe(expected);
  });

  test("moves by half an hour at most where daylight saving is half an hour", () => {
    const schedule: Schedule = { day: 7, time: "02:10", timeZone: "Australia/Lord_Howe" };

    const due = nextDue(schedule, at("2026-10-03T00:00:00Z"));

    expect(shown(due, "Australia/Lord_Howe")).toBe("2026-10-04T02:30");
  });

  test("is taken the first time of an hour that comes twice, and once only", () => {
    const schedule: Schedule = { day: 7, time: "02:30", timeZone: "Europe/Berlin" };

    expect(iso(nextRuns(schedule, at("2026-10-24T12:00:00Z"), 2))).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-11-01T01:30:00.000Z",
    ]);
  });

  test("moves on from a day that a country left out", () => {
    const schedule: Schedule = { day: 5, time: "13:00", timeZone: "Pacific/Apia" };

    const runs = nextRuns(schedule, at("2011-12-27T00:00:00Z"), 2);

    expect(runs.map((run) => shown(run, "Pacific/Apia"))).toEqual(["2011-12-31T00:00", "2012-01-06T13:00"]);
  });

  test("comes once a week, at the first moment that shows the day and time or later", () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, after) => {
        const due = nextDue(schedule, after);
        const zone = schedule.timeZone;
        const local = DateTime.fromJSDate(due, { zone });

        expect(due > after).toBe(true);
        expect(nextDue(schedule, new Date(due.getTime() - 1))).toEqual(due);
        const gap = nextDue(schedule, due).getTime() - due.getTime();
        expect(Math.abs(gap - 168 * HOUR)).toBeLessThanOrEqual(24 * HOUR);
        const wanted = local.weekday === schedule.day && local.toFormat("HH:mm") === schedule.time;
        const minuteBefore = local.minus({ minutes: 1 });
        const isAfterGap = local.offset > minuteBefore.offset;
        expect(wanted || isAfterGap).toBe(true);
        // Not the second time of an hour that comes twice.
        expect(nextDue(schedule, new Date(due.getTime() - 3 * HOUR))).toEqual(due);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is about one week after the other, without one left out or twice", () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, start) => {
        const weeks = nextRuns(schedule, start, 60).map((due) => lastWholeWeek(due, schedule.timeZone));

        for (const [index, week] of weeks.entries()) {
          const before = weeks[index - 1];
          if (before) {
            expect(week.from).toEqual(before.to);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    [{ ...berlin, timeZone: "Europe/Atlantis" }, "Europe/Atlantis"],
    [{ ...berlin, time: "24:00" }, "24:00"],
    [{ ...berlin, time: "9:00" }, "9:00"],
  ])("refuses what is no schedule (%#)", (schedule, named) => {
    expect(() => nextDue(schedule, at("2026-11-17T12:00:00Z"))).toThrow(named);
  });
});
