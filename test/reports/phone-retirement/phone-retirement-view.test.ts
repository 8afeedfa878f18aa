import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SERVICE_CHANGES, serviceChangesFor } from "../../../src/reference/service-changes.ts";
import { createRenderer } from "../../../src/render/renderer.ts";
import {
  type PhoneRetirementAnswer,
  phoneRetirementView,
} from "../../../src/reports/phone-retirement/phone-retirement-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { lottery } from "../../digest/quiet-weeks.ts";
import { expectValidCard } from "../../render/card-check.ts";
import { GUESTS, LEGACY, MEMBERS, readingOf } from "../../views/people-samples.ts";
import { AUDIENCE, MODEL_ROWS, snapshotOf, usageRow } from "../../views/samples.ts";
import { phoneTrend } from "./samples.ts";

const NBSP = "\u00a0";
const renderer = createRenderer();
/** Eleven whole weeks and the running one. */
const FALLING = [3_420, 3_378, 3_330, 3_281, 3_240, 3_196, 3_150, 3_099, 3_055, 3_010, 2_962, 2_918];

function view(more: Partial<PhoneRetirementAnswer> = {}): ReportView {
  return phoneRetirementView({
    reading: readingOf(),
    trend: phoneTrend(FALLING),
    tries: snapshotOf(MODEL_ROWS),
    question: { command: "phone-retirement", options: {} },
    audience: AUDIENCE,
    changes: SERVICE_CHANGES,
    isOwnProvider: false,
    ...more,
  });
}

function ofMembers(phoneOnly: number, more: Partial<PhoneRetirementAnswer> = {}): ReportView {
  return view({ reading: readingOf({ scopes: { members: { ...MEMBERS, phoneOnly } } }), ...more });
}

function remarks({ sections }: ReportView): string {
  return sections.flatMap((section) => section.remarks).join("\n");
}

function numberIn(text: string): number {
  return Number(text.replaceAll(/[^\d]/g, ""));
}

/** "down 502" as -502; anything without a figure as 0. */
function changeIn(text: string): number {
  const [, direction, by = ""] = text.match(/(up|down) ([\d,]+)/) ?? [];
  return direction === "down" ? -numberIn(by) : numberIn(by);
}

/** The counts of the weeks that have one, the oldest first, with the change that stands beside each. */
function weeksIn({ sections }: ReportView): { count: number; change: string }[] {
  const rows = sections.at(-1)?.table?.rows.toReversed() ?? [];
  return rows.flatMap(([, count = "", change = ""]) =>
    /\d/.test(count) ? [{ count: numberIn(count), change }] : [],
  );
}

describe("people who depend on a phone", () => {
  it("are counted with their change, administrators and guests apart", () => {
    const used = { people: 1_300, withStrong: 1_204 };
    const members = { ...MEMBERS, phoneUsers: { D1: used, D7: used, D30: used } };
    const guests = { ...GUESTS, phoneOnly: 210 };
    const admins = { ...MEMBERS, people: 42, phoneOnly: 6 };
    const shown = view({ reading: readingOf({ scopes: { members, guests, admins } }) });

    expect(shown.title).toBe("Phone retirement");
    expect(shown.headline).toBe(
      `A phone is the only second method of 2,918 of 19,412 members (15${NBSP}%), down 502 since week 36.`,
    );
    expect(shown.sections[0]?.table?.rows).toEqual([
      ["Members", "2,918", `15${NBSP}%`],
      ["Of them administrators", "6", `14${NBSP}%`],
      ["Guests", "210", `30${NBSP}%`],
    ]);
    expect(shown.sections[0]?.remarks).toEqual([
      "1,204 members with a stronger method used a phone in the last 30 days, to reset a password or to register.",
    ]);
    expectValidCard(renderer.card(shown));
  });

  it("are never said to use SMS or voice by what they registered", () => {
    const { sections, headline } = view();
    const [groups, _dates, _tries, ...weeks] = sections;

    expect(weeks).toHaveLength(2);
    expect(JSON.stringify([headline, groups, weeks])).not.toMatch(/SMS|voice/i);
    expect(view().explanations.join()).toContain("Registration says “phone”");
  });

  it("stand with the newest count that knows who used one, and its day", () => {
    const trend = phoneTrend([3_000, 2_918]);
    const used = { people: 50, withStrong: 40 };
    const weeks = trend.weeks.map((week, index) =>
      index === 0 && "numbers" in week
        ? {
            ...week,
            numbers: {
              ...week.numbers,
              counts: { ...week.numbers.counts, phoneUsers: { D1: used, D7: used, D30: used } },
            },
          }
        : week,
    );

    expect(remarks(view({ trend: { ...trend, weeks } }))).toContain(
      "40 members with a stronger method used a phone in the last 30 days, to reset a password or to register. As " +
        "counted on 10 Nov 2026.",
    );
    expect(remarks(view())).toContain("is not known: that needs single events");
  });

  it("are not counted where the report does not know them", () => {
    const shown = view({ reading: LEGACY });

    expect(shown.headline).toBe("Who has only a phone is not in this API (old registration reports).");
    expect(shown.sections.some(({ table }) => table)).toBe(false);
    expect(remarks(shown)).not.toContain("pace");
  });

  it("of a small group are kept back with every change and pace of it", () => {
    const audience = { ...AUDIENCE, smallGroupFloor: 5 };
    const shown = ofMembers(3, {
      audience,
      trend: phoneTrend([60, 52, 44, 37, 30, 22, 15, 9, 8, 7, 6, 3]),
    });
    const small = ofMembers(3, { audience, trend: phoneTrend([4, 3, 4, 3, 4, 3, 4, 3, 4, 3]) });

    expect(shown.headline).toBe("A phone is the only second method of fewer than 5 of 19,412 members.");
    expect(shown.sections.at(-1)?.table?.rows[0]).toEqual(["47 · 16 Nov", "fewer than 5", "–"]);
    expect(remarks(small)).not.toMatch(/week to week|at this pace/);
    expect(small.sections.at(-1)?.chart).toBeUndefined();
  });
});

describe("reset tries by phone", () => {
  it("are those of every phone, by method and without a rate", () => {
    const tries = view().sections[2];

    expect(tries?.headline).toBe(
      `Password resets by phone, 22 Oct – 21 Nov 2026: 829 of 2,627 tries (32${NBSP}%).`,
    );
    expect(tries?.facts).toEqual([
      { name: "SMS", value: "753" },
      { name: "Voice call", value: "76" },
    ]);
  });

  it.each([
    ["no tries at all", snapshotOf([]), "none, as there were no tries at all."],
    ["few tries", snapshotOf([usageRow("reset", "sms", 3, 1)]), "4 of 4 tries."],
    ["no reading", undefined, "Password resets by phone"],
  ])("of %s stand without a share, and a zero with its reason", (_what, tries, told) => {
    const section = phoneRetirementView({
      reading: readingOf(),
      ...(tries && { tries }),
      question: { command: "phone-retirement", options: {} },
      audience: AUDIENCE,
      changes: [],
      isOwnProvider: false,
    }).sections[2];

    expect(section?.headline).toContain(told);
    expect(section?.headline).not.toContain("%");
    expect((section?.remarks.length ?? 0) > 0).toBe(tries === undefined || tries.rows.length === 0);
  });
});

describe("Microsoft's dates", () => {
  it("are two, for two groups, with the days that are left", () => {
    expect(view().sections[1]?.remarks).toEqual([
      "From 1 Feb 2027, as announced: Microsoft no longer delivers SMS and voice codes itself; an own telephony provider " +
        "is possible (MC1426371). 72 days are left.",
      "From 1 Jul 2027, as announced: Microsoft no longer delivers SMS and voice codes to Global Administrators and " +
        "external users either (MC1426371). 222 days are left.",
      "The first date is for most people, the later one for Global Administrators and external users.",
    ]);
  });

  it("count down to nothing once they are over", () => {
    const audience = { ...AUDIENCE, now: new Date("2027-02-01T09:00:00Z") };
    const [first] = view({ audience }).sections[1]?.remarks ?? [];

    expect(first).toContain("Since 1 Feb 2027");
    expect(first).not.toContain("left");
  });

  it.each([
    ["an own telephony provider", { isOwnProvider: true }, "this tenant has its own telephony provider"],
    ["a national cloud", { changes: serviceChangesFor("usgov") }, "announced no date for this cloud"],
  ])("are none with %s: no countdown, and nobody left on a day", (_what, more, told) => {
    const shown = view(more);

    expect(shown.sections[1]?.remarks.join()).toContain(told);
    expect(JSON.stringify(shown)).not.toMatch(/1 Feb 2027|Jul 2027|days are left|would be left/);
    expect(remarks(shown)).toContain("fell by about 46 a week");
  });
});

describe("the pace", () => {
  it("is told with what it comes to, as arithmetic", () => {
    const told = remarks(view());

    expect(told).toContain("Over 10 whole weeks it fell by about 46 a week.");
    expect(told).toContain("Plain arithmetic: at this pace 2,420 would be left on 1 Feb 2027.");
    expect(told).toContain("At this pace it would take more than a year; that far nothing is reckoned.");
  });

  it("gives the day on which nobody would be left, within a year", () => {
    const trend = phoneTrend([600, 550, 500, 450, 400, 350, 300, 250, 200, 190]);
    const told = remarks(ofMembers(190, { trend }));

    expect(told).toContain("at this pace it would be done by 13 Dec 2026.");
    expect(told).not.toContain("would be left on");
  });

  it("leaves the running week out", () => {
    const trend = phoneTrend([600, 600, 600, 600, 600, 600, 600, 600, 600, 100]);

    expect(remarks(ofMembers(100, { trend }))).toContain("No clear change from week to week");
  });

  it("says how many weeks there are where they are too few", () => {
    expect(remarks(view({ trend: phoneTrend([3_000, 2_950, 2_918]) }))).toContain(
      "Too few whole weeks are counted for a pace: 2 of 8.",
    );
  });

  it("comes of no weeks of other people", () => {
    const shown = view({ trend: phoneTrend(FALLING, { scope: "everyone" }) });

    expect(shown.headline).not.toContain("since week");
    expect(remarks(shown)).not.toContain("week");
  });
});

describe("every sentence about a change", () => {
  const counts = fc.oneof(
    fc.array(fc.option(fc.nat(20_000), { nil: undefined, freq: 6 }), { minLength: 1, maxLength: 12 }),
    fc
      .tuple(fc.integer({ min: 30, max: 90 }), fc.array(fc.nat(10), { minLength: 9, maxLength: 12 }))
      .map(([step, noise]) => noise.map((extra, week) => 1_200 - step * week + extra)),
  );

  it("is true of the numbers beside it", () => {
    fc.assert(
      fc.property(counts, fc.nat(20_000), (weeks, last) => {
        const all = [...weeks.slice(0, -1), weeks.at(-1) ?? last];
        const newest = all.at(-1) ?? last;
        const shown = ofMembers(newest, { trend: phoneTrend(all) });
        const known = all.filter((count) => count !== undefined);
        const cells = weeksIn(shown);

        expect(changeIn(shown.headline)).toBe(newest - (known[0] ?? newest));
        expect(cells.map(({ count }) => count)).toEqual(known);
        expect(cells.map(({ change }) => changeIn(change))).toEqual(
          known.map((count, index) => count - (known[index - 1] ?? count)),
        );
        expect(cells.slice(1).every(({ change }) => /up|down|unchanged/.test(change))).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it("reckons only what the counts give, and never beyond a year", () => {
    fc.assert(
      fc.property(counts, (weeks) => {
        const whole = weeks.map((count) => count ?? 500);
        const told = remarks(ofMembers(400, { trend: phoneTrend([...whole, 400]) }));
        const [first = 0, last = 0] = [whole[0], whole.at(-1)];
        const perWeek = (first - last) / Math.max(1, whole.length - 1);
        const falls = told.includes("it fell by");
        const [, left = "0"] = told.match(/at this pace ([\d,]+) would be left/) ?? [];

        expect(falls && last >= first).toBe(false);
        expect(told.includes("it grew by") && last <= first).toBe(false);
        expect(told.includes("done by")).toBe(falls && 400 / perWeek <= 52);
        expect(numberIn(left)).toBeLessThan(400);
      }),
      { numRuns: 80 },
    );
  });

  it.each([1, 20, 300])("is urgent in none of 26 quiet weeks (seed %d)", (seed) => {
    const draw = lottery(seed);
    const half = Array.from({ length: 38 }, () => 2_900 + Math.round(30 * (draw() - 0.5)));

    const said = Array.from({ length: 26 }, (_unused, week) => {
      const seen = half.slice(week, week + 12);
      return remarks(ofMembers(seen.at(-1) ?? 0, { trend: phoneTrend(seen) }));
    });

    expect(said.filter((text) => !text.includes("No clear change from week to week"))).toEqual([]);
    expect(said.filter((text) => /at this pace/i.test(text))).toEqual([]);
  });
});
