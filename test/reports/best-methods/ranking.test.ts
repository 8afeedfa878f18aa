import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelWithFirst, rankMethods } from "../../../src/reports/best-methods/ranking.ts";
import type { MethodCount } from "../../../src/reports/usage/count.ts";
import { scoreInterval } from "../intervals.ts";

function method(label: string, successes: number, tries: number): MethodCount {
  return { label, successes, failures: tries - successes };
}

function order(methods: readonly MethodCount[]): string[] {
  return rankMethods(methods).ranked.map(({ label }) => label);
}

const outcomes = fc
  .oneof(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 20, max: 50_000 }))
  .chain((tries) =>
    fc.tuple(fc.oneof(fc.constant(0), fc.constant(1), fc.constant(tries), fc.nat(tries)), fc.constant(tries)),
  );

describe("the interval of a method's rate", () => {
  it("agrees with the score test by its definition", () => {
    fc.assert(
      fc.property(outcomes, ([successes, tries]) => {
        const [ranked] = rankMethods([method("one", successes, tries)]).ranked;

        expect(ranked?.low).toBeCloseTo(scoreInterval(successes, tries).low, 9);
        expect(ranked?.high).toBeCloseTo(scoreInterval(successes, tries).high, 9);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i is that of the published table", (successes, tries, low, high) => {
    const [ranked] = rankMethods([method("one", successes, tries)]).ranked;

    expect(ranked?.low).toBeCloseTo(low, 4);
    expect(ranked?.high).toBeCloseTo(high, 4);
  });
});

describe("the order of methods", () => {
  it("is that of the lower ends, as the score test has them", () => {
    fc.assert(
      fc.property(fc.array(outcomes, { maxLength: 12 }), (all) => {
        const methods = all.map(([successes, tries], index) => method(`m${index}`, successes, tries));
        const lows = rankMethods(methods).ranked.map(
          (ranked) => scoreInterval(ranked.successes, ranked.successes + ranked.failures).low,
        );

        expect(lows).toHaveLength(methods.length);
        expect(lows.every((low, index) => low <= (lows[index - 1] ?? 1) + 1e-9)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("does not let a few lucky tries lead", () => {
    expect(order([method("lucky", 20, 20), method("proven", 980, 1_000)])).toEqual(["proven", "lucky"]);
  });

  it("is the same however methods with equal counts come in", () => {
    const methods = [method("b", 0, 40), method("a", 0, 40), method("d", 0, 50), method("c", 50, 50)];

    fc.assert(
      fc.property(fc.shuffledSubarray(methods, { minLength: 4 }), (shuffled) => {
        expect(order(shuffled)).toEqual(["c", "d", "a", "b"]);
      }),
    );
  });

  it("ranks from twenty tries on, and leaves out what was never tried", () => {
    const { ranked, tooFew } = rankMethods([
      method("nineteen", 19, 19),
      method("twenty", 1, 20),
      method("none", 0, 0),
      method("one", 0, 1),
    ]);

    expect(ranked.map(({ label }) => label)).toEqual(["twenty"]);
    expect(tooFew.map(({ label }) => label)).toEqual(["nineteen", "one"]);
  });
});

describe("the first method", () => {
  it("leads only where no other interval meets its own", () => {
    fc.assert(
      fc.property(fc.array(outcomes, { minLength: 1, maxLength: 8 }), (all) => {
        const { ranked } = rankMethods(all.map(([ok, tries], index) => method(`m${index}`, ok, tries)));
        const [first, ...others] = ranked;
        const meets = others.filter(({ high }) => high >= (first?.low ?? 0));

        expect(levelWithFirst(ranked)).toBe(meets[0]);
      }),
    );
  });

  it("of two with the same tries is not clearly before the other", () => {
    const { ranked } = rankMethods([method("a", 90, 100), method("b", 90, 100)]);

    expect(levelWithFirst(ranked)?.label).toBe("b");
  });

  it("is clearly before one that fails far more often", () => {
    const { ranked } = rankMethods([method("a", 950, 1_000), method("b", 500, 1_000)]);

    expect(levelWithFirst(ranked)).toBeUndefined();
  });
});
