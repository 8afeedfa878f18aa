import { describe, expect, it } from "vitest";
import { wilsonInterval, worstBeyondNoise } from "../../../src/reports/usage/worst-method.ts";

const line = (successes: number, failures: number) => ({ successes, failures });

describe("wilsonInterval", () => {
  it.each([
    [0, 20, 0, 0.1611],
    [20, 20, 0.8389, 1],
    [8, 10, 0.4902, 0.9433],
    [35, 76, 0.3533, 0.5718],
  ])("gives the textbook ends for %d of %d", (count, total, low, high) => {
    const interval = wilsonInterval(count, total);

    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  it("stays within 0 and 1 for a billion", () => {
    const { low, high } = wilsonInterval(1_000_000_000, 1_000_000_000);

    expect(low).toBeGreaterThan(0.999);
    expect(high).toBeLessThanOrEqual(1);
  });
});

describe("worstBeyondNoise", () => {
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
