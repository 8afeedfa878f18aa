import { describe, expect, it } from "vitest";
import { splitHours } from "../../src/retention/split-hours.ts";

const QUARTER = 15 * 60_000;
const HOUR = 4 * QUARTER;

async function hoursOf(from: string, to: string): Promise<readonly string[]> {
  const hours = await splitHours(new Date(from), new Date(to));
  return [...hours]
    .sort((one, other) => one - other)
    .map((hour) => new Date(hour).toISOString().slice(0, 16));
}

/** The same by looking at the date on every wall at every quarter. */
function naive(from: string, to: string): readonly string[] {
  const hours = new Set<string>();
  for (const timeZone of Intl.supportedValuesOf("timeZone")) {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, dateStyle: "short" });
    let date = format.format(Date.parse(from) - 1);
    for (let quarter = Date.parse(from); quarter < Date.parse(to); quarter += QUARTER) {
      const next = format.format(quarter);
      if (next !== date && quarter % HOUR !== 0) {
        hours.add(new Date(Math.floor(quarter / HOUR) * HOUR).toISOString().slice(0, 16));
      }
      date = next;
    }
  }
  return [...hours].sort();
}

describe("split hours", () => {
  it("are those in which a day begins in India, Nepal and Newfoundland, among others", async () => {
    const hours = await hoursOf("2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z");

    // 18:30 and 18:15; and 02:30, where clocks are at summer time.
    expect(hours).toEqual(expect.arrayContaining(["2026-07-01T18:00", "2026-07-01T02:00"]));
    expect(hours).not.toContain("2026-07-01T00:00");
    expect(hours).not.toContain("2026-07-01T22:00");
  });

  it.each([
    ["a day like others", "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z"],
    ["a leap day", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"],
    ["a part of a day", "2026-07-01T13:00:00Z", "2026-07-02T03:00:00Z"],
    ["clocks changed by half an hour, on Lord Howe Island", "2026-04-03T00:00:00Z", "2026-04-06T00:00:00Z"],
    ["clocks changed in Newfoundland", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"],
    ["a midnight that clocks leave out, in Tehran", "2022-03-20T00:00:00Z", "2022-03-23T00:00:00Z"],
    ["a new offset, in North Korea", "2018-05-04T00:00:00Z", "2018-05-06T00:00:00Z"],
  ])("are found as by a look at every clock: %s", async (_what, from, to) => {
    expect(await hoursOf(from, to)).toEqual(naive(from, to));
  });

  it("are none where there is no time", async () => {
    expect(await hoursOf("2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z")).toEqual([]);
  });

  it("are no longer looked for when a signal says so", async () => {
    const signal = AbortSignal.abort(new Error("the bot stops"));

    const looking = splitHours(new Date("2026-07-01T00:00:00Z"), new Date("2026-07-02T00:00:00Z"), signal);

    await expect(looking).rejects.toThrow("the bot stops");
  });
});
