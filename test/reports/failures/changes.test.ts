import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UsageSum } from "../../../src/ports/usage.ts";
import { failureChanges } from "../../../src/reports/failures/changes.ts";
import { createFormat } from "../../../src/views/format.ts";
import { sumOf } from "../../views/people-samples.ts";
import { AUDIENCE } from "../../views/samples.ts";

const NBSP = "\u00a0";
const TELLING = { words: AUDIENCE.words, format: createFormat(AUDIENCE) };

function changes(now: readonly UsageSum[], before?: readonly UsageSum[]): string[] {
  return failureChanges(now, before, "D7", TELLING);
}

function tries(successes: number, licence: number, sms = 0): UsageSum[] {
  return [sumOf("", successes, { isSuccess: true }), sumOf("no-licence", licence), sumOf("started-sms", sms)];
}

describe("the change of failures since the period before", () => {
  it("names each kind that clearly changed with both shares, and the failures as a whole", () => {
    expect(changes(tries(300, 100, 20), tries(380, 10, 20))).toEqual([
      `All failures, more often: 29${NBSP}% of 420 tries, 7${NBSP}% of 410 tries in the 7 days before.`,
      `No licence, more often: 24${NBSP}% of 420 tries, 2${NBSP}% of 410 tries in the 7 days before.`,
    ]);
    expect(changes(tries(400, 0, 20), tries(300, 100, 20))).toEqual([
      `All failures, less often: 5${NBSP}% of 420 tries, 29${NBSP}% of 420 tries in the 7 days before.`,
      `No licence, less often: 0${NBSP}% of 420 tries, 24${NBSP}% of 420 tries in the 7 days before.`,
    ]);
  });

  it("says that nothing changed clearly where that is so", () => {
    expect(changes(tries(300, 30), tries(300, 31))).toEqual([
      "No kind of failure shows a clear change beside its share in the 7 days before.",
    ]);
  });

  it("compares nothing with too few tries, and says nothing of a period that is not stored", () => {
    expect(changes(tries(300, 100), tries(10, 9))).toEqual([
      "Too few tries in the 7 days before to compare.",
    ]);
    expect(changes(tries(300, 100))).toEqual([]);
    expect(changes(tries(10, 9), tries(300, 100))).toEqual([]);
  });

  it("agrees in direction with its figures, whatever they are", () => {
    const counts = fc.tuple(fc.nat(2_000), fc.nat(2_000), fc.nat(2_000));
    fc.assert(
      fc.property(counts, counts, (now, before) => {
        const lines = changes(tries(...now), tries(...before));
        const share = ([ok, licence, sms]: readonly number[]): number =>
          (licence ?? 0) / ((ok ?? 0) + (licence ?? 0) + (sms ?? 0));
        const licence = lines.find((line) => line.startsWith("No licence"));

        const isMore = share(now) > share(before);
        expect(licence === undefined || licence.includes(isMore ? "more often" : "less often")).toBe(true);
      }),
    );
  });
});
