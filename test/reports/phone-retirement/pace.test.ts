import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEAST_WEEKS, type WeekCount, weeklyPace } from "../../../src/reports/phone-retirement/pace.ts";
import { lottery } from "../../digest/quiet-weeks.ts";

function counted(counts: readonly (number | undefined)[]): WeekCount[] {
  return counts.flatMap((count, week) => (count === undefined ? [] : [{ week, count }]));
}

/** So many weeks in each of which some leave and others come, by chance alone. */
function drifting(weeks: number, spread: number, draw: () => number, perWeek = 0): number[] {
  let count = 5_000;
  return Array.from({ length: weeks }, () => {
    count += Math.round(perWeek + spread * (draw() + draw() + draw() - 1.5));
    return count;
  });
}

describe("the pace of weekly counts", () => {
  it("is the mean change a week of a steady fall", () => {
    expect(weeklyPace(counted([500, 450, 400, 350, 300, 250, 200, 150]))).toEqual({
      kind: "falls",
      perWeek: 50,
      weeks: 7,
    });
  });

  it("is the same over weeks that were not counted", () => {
    const counts = [500, 450, undefined, undefined, 300, 250, 200, 150, 100, 50];

    expect(weeklyPace(counted(counts))).toEqual({ kind: "falls", perWeek: 50, weeks: 9 });
  });

  it("tells a steady rise", () => {
    expect(weeklyPace(counted([1, 5, 9, 13, 17, 21, 25, 29]))).toMatchObject({ kind: "rises", perWeek: 4 });
  });

  it.each([
    ["one step of all weeks", [900, 900, 900, 400, 400, 400, 400, 400, 400]],
    ["nothing changes", [900, 900, 900, 900, 900, 900, 900, 900]],
    ["it falls by less than twenty in all", [119, 118, 116, 113, 110, 107, 104, 101]],
    ["it goes up and down", [900, 940, 890, 950, 880, 930, 885, 860]],
  ])("is unclear where %s", (_why, counts) => {
    expect(weeklyPace(counted(counts))).toEqual({ kind: "unclear" });
  });

  it("is not told of fewer than eight weeks", () => {
    expect(weeklyPace(counted([70, 60, 50, 40, 30, 20, 10]))).toEqual({ kind: "few", weeks: 7 });
    expect(weeklyPace([])).toEqual({ kind: "few", weeks: 0 });
  });

  it("always has the direction and the size of what changed", () => {
    const counts = fc.array(fc.nat(5_000), { maxLength: 20 });
    const steady = fc
      .tuple(fc.integer({ min: -60, max: 60 }), fc.array(fc.nat(15), { minLength: 8, maxLength: 20 }))
      .map(([step, noise]) => noise.map((extra, week) => 2_000 + step * week + extra));

    fc.assert(
      fc.property(fc.oneof(counts, steady), (all) => {
        const pace = weeklyPace(counted(all));
        const change = (all.at(-1) ?? 0) - (all[0] ?? 0);

        expect(pace.kind === "few").toBe(all.length < LEAST_WEEKS);
        if (pace.kind === "falls" || pace.kind === "rises") {
          expect(pace.kind).toBe(change < 0 ? "falls" : "rises");
          expect(pace.perWeek * pace.weeks).toBeCloseTo(Math.abs(change), 6);
          expect(Math.abs(change)).toBeGreaterThanOrEqual(20);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is found in a drive that brings forty a week among the ups and downs of others", () => {
    const draw = lottery(7);
    const kinds = Array.from({ length: 200 }, () => weeklyPace(counted(drifting(12, 40, draw, -40))).kind);

    expect(kinds.filter((kind) => kind === "falls").length).toBeGreaterThan(190);
    expect(kinds).not.toContain("rises");
  });

  it.each([1, 20, 300])("is seen hardly ever where only chance is at work (seed %d)", (seed) => {
    const draw = lottery(seed);
    const kinds = Array.from({ length: 2_000 }, () => weeklyPace(counted(drifting(12, 40, draw))).kind);

    expect(kinds.filter((kind) => kind !== "unclear").length).toBeLessThan(12);
  });
});
