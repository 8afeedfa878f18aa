import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval, worstBeyondNoise } from "../../../src/reports/usage/worst-method.ts";
import { scoreInterval } from "../intervals.ts";

const line = (successes: number, failures: number) => ({ successes, failures });

describe("wilsonInterval", () => {
  it("gives the ends that the score test has by its definition", () => {
    const counts = fc
      .integer({ min: 1, max: 5_000 })
      .chain((total) => fc.tuple(fc.nat(total), fc.constant(total)));

    fc.assert(
      fc.property(counts, ([count, total]) => {
        const { low, high } = wilsonInterval(count, total);
        const reference = scoreInterval(count, total);

        expect(low).toBeCloseTo(reference.low, 9);
        expect(high).toBeCloseTo(reference.high, 9);
      }),
    );
  });

  it("stays within 0 and 1 for a billion", () => {
    const { low, high } = wilsonInterval(1_000_000_000, 1_000_000_000);

    expect(low).toBeGreaterThan(0.999);
    expect(high).toBeLessThanOrEqual(1);
  });
});

describe("worstBeyondNoise", () => {
  it("names a line only where no interval of the others meets its own", () => {
    const count = fc.oneof(fc.nat(30), fc.nat(400));
    const lines = fc.array(fc.tuple(count, count), { maxLength: 6 });

    fc.assert(
      fc.property(lines, (counts) => {
        const all = counts.map(([successes, failures]) => line(successes, failures));
        const worst = worstBeyondNoise(all);
        fc.pre(worst !== undefined);

        const others = all.filter((one) => one !== worst);
        const sum = (figure: "successes" | "failures") =>
          others.reduce((total, one) => total + one[figure], 0);
        const failedOthers = scoreInterval(sum("failures"), sum("successes") + sum("failures"));
        const failed = scoreInterval(worst?.failures ?? 0, (worst?.successes ?? 0) + (worst?.failures ?? 0));
        expect(failed.low).toBeGreaterThan(failedOthers.high - 1e-9);
      }),
    );
  });

  it("names the line that clearly fails most often", () => {
    const voice = line(41, 35);

    expect(worstBeyondNoise([line(1_204, 88), line(611, 142), voice, line(12, 9)])).toBe(voice);
  });

  it("names nobody where the difference is noise", () => {
    expect(worstBeyondNoise([line(80, 20), line(78, 22), line(81, 19)])).toBeUndefined();
  });

  it("never names a line with fewer than 20 tries, however bad", () => {
    expect(worstBeyondNoise([line(1_000, 0), line(0, 19)])).toBeUndefined();
    expect(worstBeyondNoise([line(1_000, 0), line(0, 20)])).toEqual(line(0, 20));
  });

  it("names nobody without anything to compare with", () => {
    expect(worstBeyondNoise([])).toBeUndefined();
    expect(worstBeyondNoise([line(0, 500)])).toBeUndefined();
    expect(worstBeyondNoise([line(0, 500), line(0, 0)])).toBeUndefined();
  });
});
