import { describe, expect, it } from "vitest";
import { callSections, callsOf, type HelpdeskCalls } from "../../../src/reports/trend/helpdesk-calls.ts";
import type { TrendWeek, WeeksTelling } from "../../../src/reports/trend/weeks.ts";
import { createDays } from "../../../src/views/days.ts";
import { createFormat } from "../../../src/views/format.ts";
import { sumOf } from "../../views/people-samples.ts";
import { AUDIENCE } from "../../views/samples.ts";

const NBSP = "\u00a0";
const IN_UTC = { ...AUDIENCE, timeZone: "UTC" };
const TELLING: WeeksTelling = {
  words: AUDIENCE.words,
  format: createFormat(IN_UTC),
  days: createDays(IN_UTC),
  changes: [],
};

const SPANS = [
  { week: "2026-W44", from: new Date("2026-10-26T00:00:00Z"), to: new Date("2026-11-02T00:00:00Z") },
  { week: "2026-W45", from: new Date("2026-11-02T00:00:00Z"), to: new Date("2026-11-09T00:00:00Z") },
  { week: "2026-W46", from: new Date("2026-11-09T00:00:00Z"), to: new Date("2026-11-16T00:00:00Z") },
];

function weeks(...numbers: (HelpdeskCalls | undefined)[]): TrendWeek<HelpdeskCalls>[] {
  return SPANS.slice(-numbers.length).map((span, index) => {
    const known = numbers[index];
    return known ? { ...span, numbers: known } : { ...span, gap: { kind: "unsure" } };
  });
}

describe("tries that become calls to the helpdesk", () => {
  it("are resets that ended with an administrator or in a block, and no others", () => {
    expect(
      callsOf([
        sumOf("", 100, { isSuccess: true }),
        sumOf("asked-admin-sms", 6),
        sumOf("asked-admin-email", 4, { method: "email" }),
        sumOf("too-many-calls", 3),
        sumOf("started-sms", 50),
        sumOf("asked-admin-sms", 70, { feature: "registration" }),
      ]),
    ).toEqual({ tries: 163, asked: 10, blocked: 3 });
  });

  it("stand by week with their share, and a change only beyond noise", () => {
    const [section] = callSections(
      weeks(undefined, { tries: 400, asked: 8, blocked: 4 }, { tries: 420, asked: 60, blocked: 30 }),
      TELLING,
    );

    expect(section?.headline).toBe(
      "Of 420 reset tries in week 46, 60 ended with the person asking an administrator and 30 in a block for 24 hours.",
    );
    expect(section?.table?.rows).toEqual([
      ["46 · 9 Nov", "60", "30", `21${NBSP}%`],
      ["45 · 2 Nov", "8", "4", `3${NBSP}%`],
      ["44 · 26 Oct", "–", "–", "gap"],
    ]);
    expect(section?.remarks).toEqual([
      `That is more often: 21${NBSP}% of 420 tries, 3${NBSP}% of 400 tries in week 45.`,
      "Tries of all accounts, from single events; an administrator may have reset more passwords.",
      "Week 44 is a gap: not all of that time was read, so no sum is shown.",
    ]);
  });

  it("show no change within noise, and none of few tries", () => {
    const quiet = callSections(
      weeks({ tries: 400, asked: 8, blocked: 4 }, { tries: 410, asked: 9, blocked: 4 }),
      TELLING,
    );
    const few = callSections(
      weeks({ tries: 400, asked: 8, blocked: 4 }, { tries: 19, asked: 9, blocked: 4 }),
      TELLING,
    );

    expect(quiet[0]?.remarks[0]).toBe("That is no clear change since week 45.");
    expect(few[0]?.table?.rows[0]).toEqual(["46 · 9 Nov", "9", "4", "–"]);
    expect(few[0]?.remarks).toHaveLength(1);
  });

  it("are left out where no week is stored in full", () => {
    expect(callSections(weeks(undefined), TELLING)).toEqual([]);
    expect(callSections([], TELLING)).toEqual([]);
  });
});
