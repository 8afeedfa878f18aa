import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clearChange } from "../../src/reports/change.ts";
import type { Outcomes } from "../../src/reports/usage/worst-method.ts";
import { clearlyDiffers, differenceInterval } from "../reports/intervals.ts";
import { lottery, quietWeeks } from "./quiet-weeks.ts";

const line = (successes: number, failures: number): Outcomes => ({ successes, failures });

describe("clearChange", () => {
  it("sees the change of the model card, both ways", () => {
    expect(clearChange(line(612, 144), line(651, 89))).toBe("less");
    expect(clearChange(line(651, 89), line(612, 144))).toBe("more");
  });

  it("calls nothing clear that chance may well do", () => {
    expect(clearChange(line(81, 19), line(88, 12))).toBeUndefined();
    expect(clearChange(line(410, 90), line(430, 70))).toBeUndefined();
  });

  it("compares nothing below 20 tries, however different", () => {
    expect(clearChange(line(0, 19), line(1_000, 0))).toBeUndefined();
    expect(clearChange(line(1_000, 0), line(0, 19))).toBeUndefined();
    expect(clearChange(line(0, 20), line(1_000, 0))).toBe("less");
  });

  it("has no words for a change below two points, however sure", () => {
    expect(clearChange(line(890_000, 110_000), line(909_000, 91_000))).toBeUndefined();
    expect(clearChange(line(880_000, 120_000), line(909_000, 91_000))).toBe("less");
  });

  it("finds no change where everything or nothing worked", () => {
    expect(clearChange(line(500, 0), line(300, 0))).toBeUndefined();
    expect(clearChange(line(0, 500), line(0, 300))).toBeUndefined();
  });
});

describe("a clear change, beside independent references", () => {
  const count = fc.oneof(fc.nat(40), fc.nat(3_000), fc.nat(200_000));
  const outcomes = fc.record({ successes: count, failures: count });
  /** Two rates that lie near to each other, so that both answers come often. */
  const near = fc
    .tuple(
      fc.integer({ min: 20, max: 4_000 }),
      fc.integer({ min: 20, max: 4_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -0.15, max: 0.15, noNaN: true }),
    )
    .map(([tries, triesBefore, rate, by]) => {
      const of = (all: number, share: number): Outcomes => {
        const successes = Math.round(all * Math.min(1, Math.max(0, share)));
        return line(successes, all - successes);
      };
      return { now: of(tries, rate + by), before: of(triesBefore, rate) };
    });
  const pairs = fc.oneof(fc.record({ now: outcomes, before: outcomes }), near);

  it("is the one of Pearson's chi-squared", () => {
    fc.assert(
      fc.property(pairs, ({ now, before }) => {
        const reference = clearlyDiffers(now, before);
        fc.pre(reference !== "edge");

        expect(clearChange(now, before) ?? "no").toBe(reference);
      }),
      { numRuns: 2_000 },
    );
  });

  it("never lies where Newcombe's interval of the difference holds none", () => {
    fc.assert(
      fc.property(pairs, ({ now, before }) => {
        const change = clearChange(now, before);
        fc.pre(change !== undefined);

        const { low, high } = differenceInterval(now, before);
        expect(change === "more" ? low : -high).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("weeks of a constant rate", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("show no clear change in 52 of 52 weeks (seed %d)", (seed) => {
    const weeks = quietWeeks({ weeks: 53, tries: 800, rate: 0.86, draw: lottery(seed) });

    const unclear = weeks.slice(1).filter((now, index) => !clearChange(now, weeks[index] ?? line(0, 0)));

    expect(unclear).toHaveLength(52);
  });

  it("raise a false alarm about once in two thousand", () => {
    const weeks = quietWeeks({ weeks: 20_001, tries: 300, rate: 0.86, draw: lottery(46) });

    const alarms = weeks.slice(1).filter((now, index) => clearChange(now, weeks[index] ?? line(0, 0)));

    expect(alarms.length).toBeLessThan(20);
  });

  it("do not hide a real change", () => {
    const draw = lottery(12);
    const [before] = quietWeeks({ weeks: 1, tries: 800, rate: 0.88, draw });
    const [now] = quietWeeks({ weeks: 1, tries: 800, rate: 0.76, draw });

    expect(now && before && clearChange(now, before)).toBe("less");
  });
});
