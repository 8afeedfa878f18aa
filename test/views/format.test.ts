import { describe, expect, it } from "vitest";
import { createFormat, utcStamp } from "../../src/views/format.ts";
import { AUDIENCE, NOW } from "./samples.ts";

const NBSP = "\u00a0";

describe("figures", () => {
  const { percent, number, short } = createFormat(AUDIENCE);

  it.each([
    [2_256, 2_627, "86"],
    [0, 5, "0"],
    [5, 5, "100"],
    [9_999, 10_000, ">99"],
    [1, 1_000, "<1"],
    [995, 1_000, ">99"],
    [5, 1_000, "1"],
    [4, 1_000, "<1"],
  ])("tells %d of %d as %s %%", (part, whole, figure) => {
    expect(percent(part, whole)).toBe(`${figure}${NBSP}%`);
  });

  it("writes figures in full and, for narrow columns, compact from a million on", () => {
    expect([number(1_234_567_890), short(999_999), short(1_234_567_890)]).toEqual([
      "1,234,567,890",
      "999,999",
      "1.23B",
    ]);
  });

  it.each([
    [undefined, 1, "1"],
    [0, 1, "1"],
    [5, 0, "0"],
    [5, 1, "fewer than 5"],
    [5, 4, "fewer than 5"],
    [5, 5, "5"],
    [2_000, 1_999, "fewer than 2,000"],
  ])("with the floor %s for small groups tells %d people as “%s”", (smallGroupFloor, count, text) => {
    const audience = smallGroupFloor === undefined ? AUDIENCE : { ...AUDIENCE, smallGroupFloor };

    expect(createFormat(audience).people(count)).toBe(text);
  });

  it("follows the locale, and breaks a compact figure only at its blank", () => {
    const german = createFormat({ ...AUDIENCE, locale: "de-DE" });

    expect([german.number(1_204), german.short(1_490_000_000)]).toEqual(["1.204", "1,49 Mrd."]);
  });

  it.each(["", "en_US", "C", "no such tag", "zz-ZZ"])(
    "reads figures of the bad tag %j as English",
    (locale) => {
      expect(createFormat({ ...AUDIENCE, locale }).number(1_204)).toBe("1,204");
    },
  );
});

describe("times", () => {
  const { moment, days, hours, age } = createFormat(AUDIENCE);

  it.each([
    ["2026-11-21T13:32:00Z", "today 14:32 (Europe/Berlin)"],
    ["2026-11-20T23:30:00Z", "today 00:30 (Europe/Berlin)"],
    ["2026-11-20T22:30:00Z", "yesterday 23:30 (Europe/Berlin)"],
    ["2026-11-21T23:05:00Z", "tomorrow 00:05 (Europe/Berlin)"],
    ["2026-11-18T07:10:00Z", "18 Nov 08:10 (Europe/Berlin)"],
    ["2025-11-21T13:32:00Z", "21 Nov 2025 14:32 (Europe/Berlin)"],
  ])("tells %s as %s", (time, told) => {
    expect(moment(new Date(time))).toBe(told);
  });

  it("prints both ends of a window, the first year only where it differs", () => {
    expect(days(new Date("2026-10-22T13:00:00Z"), NOW)).toBe("22 Oct – 21 Nov 2026");
    expect(days(new Date("2025-12-22T13:00:00Z"), new Date("2026-01-21T13:00:00Z"))).toBe(
      "22 Dec 2025 – 21 Jan 2026",
    );
  });

  it("prints the hours of a short window with their zone", () => {
    expect(hours(new Date("2026-11-20T13:00:00Z"), NOW)).toBe("20 Nov 14:00 – 21 Nov 14:32 (Europe/Berlin)");
  });

  it.each(["", "Mars/Olympus", "local"])("takes the unknown zone %j as UTC and says so", (timeZone) => {
    expect(createFormat({ ...AUDIENCE, timeZone }).moment(NOW)).toBe("today 13:32 (UTC)");
  });

  it.each([
    [1, "1 hour"],
    [47, "47 hours"],
    [49, "2 days"],
    [-5, "less than a minute"],
    [0.99 / 60, "less than a minute"],
    [1 / 60, "1 minute"],
    [59.9 / 60, "59 minutes"],
    [1, "1 hour"],
  ])("tells the age of %d hours as %s", (passed, told) => {
    expect(age(new Date(NOW.getTime() - passed * 3_600_000))).toBe(told);
  });

  it("stamps references in UTC", () => {
    expect(utcStamp(AUDIENCE)).toBe("21 Nov 2026 13:32 UTC");
  });
});
