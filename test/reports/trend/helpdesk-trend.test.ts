import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utcWeeks } from "../../../src/digest/day-weeks.ts";
import type { DayCounts } from "../../../src/ports/days.ts";
import { createRenderer } from "../../../src/render/renderer.ts";
import {
  type HelpdeskTrend,
  helpdeskTrendView,
  type ReportWeeks,
} from "../../../src/reports/trend/helpdesk-trend.ts";
import { clearShareChange } from "../../../src/reports/trend/share-change.ts";
import type { Gap, TrendWeek } from "../../../src/reports/trend/weeks.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { expectValidCard } from "../../render/card-check.ts";
import { AUDIENCE, NOW } from "../../views/samples.ts";
import { trendQuestion } from "./samples.ts";

const NBSP = "\u00a0";
const renderer = createRenderer();
const LONG_AGO = new Date("2026-01-01T00:00:00Z");

/** Weeks of seven equal days that end with week 46; a gap stands where no counts are given. */
function weeksOf<Counts>(days: readonly (Counts | Gap)[]): TrendWeek<readonly Counts[]>[] {
  return utcWeeks(NOW, days.length).map((span, index) => {
    const given = days[index];
    if (given === undefined || (typeof given === "object" && given !== null && "kind" in given)) {
      return { ...span, gap: (given as Gap | undefined) ?? { kind: "unsure" } };
    }
    return { ...span, numbers: Array.from({ length: 7 }, () => given as Counts) };
  });
}

function resets(selfService: number, byAdmin: number): DayCounts["passwords"] {
  return { resetsSelfService: selfService, resetsByAdmin: byAdmin, changesSelfService: 30 };
}

function signIns(total: number, multiFactor: number): DayCounts["signIns"] {
  return { total, multiFactor, singleFactor: total - multiFactor };
}

function trendOf(
  passwords: readonly (DayCounts["passwords"] | Gap)[],
  factors: readonly (DayCounts["signIns"] | Gap)[],
  more: Partial<HelpdeskTrend> = {},
): HelpdeskTrend {
  const known = { since: LONG_AGO, readAt: NOW, mayGrow: false };
  return {
    readAt: NOW,
    asked: passwords.length,
    passwords: { ...known, weeks: weeksOf(passwords) },
    signIns: { ...known, weeks: weeksOf(factors) },
    ...more,
  };
}

function view(trend: HelpdeskTrend): ReportView {
  return helpdeskTrendView({
    trend,
    question: trendQuestion({ report: "helpdesk" }),
    audience: AUDIENCE,
    changes: [],
  });
}

function remarks({ sections }: ReportView): string {
  return sections.flatMap((section) => section.remarks).join("\n");
}

describe("the trend of the helpdesk", () => {
  it("shows resets by who made them, and multi-factor sign-ins below", () => {
    const shown = view(
      trendOf(
        [resets(40, 14), resets(42, 13), resets(46, 13)],
        [signIns(900, 600), signIns(1_000, 620), signIns(1_000, 640)],
      ),
    );
    const [first, second] = shown.sections;

    expect(shown.headline).toBe(
      `78${NBSP}% of 413 password resets were self-service in week 46; 76${NBSP}% in week 45. That is no clear change.`,
    );
    expect(shown.subtitle).toBe("3 weeks: 26 Oct – 15 Nov 2026 (UTC)");
    expect(first?.table?.rows).toEqual([
      ["46 · 9 Nov", "322", "91", `78${NBSP}%`],
      ["45 · 2 Nov", "294", "91", `76${NBSP}%`],
      ["44 · 26 Oct", "280", "98", `74${NBSP}%`],
    ]);
    expect(first?.chart?.lines.map(({ legend, points }) => [legend, points.at(-1)])).toEqual([
      ["Self-service", { x: "2026-11-09", y: 322 }],
      ["By admins", { x: "2026-11-09", y: 91 }],
    ]);
    expect(second?.headline).toBe(
      `64${NBSP}% of 7,000 sign-ins in week 46 were multi-factor; 62${NBSP}% in week 45.`,
    );
    expect(second?.table?.rows[0]).toEqual(["46 · 9 Nov", "7,000", "4,480", `64${NBSP}%`]);
    expect(remarks(shown)).toContain("changed themselves in week 46: 210.");
    expect(shown.explanations.join(" ")).toContain("Monday to Sunday in UTC");
    expectValidCard(renderer.card(shown));
  });

  it.each([
    ["more", resets(60, 40), resets(90, 10), "Self-service is a larger part of password resets: 90"],
    ["less", resets(90, 10), resets(60, 40), "Self-service is a smaller part of password resets: 60"],
    [
      "alone",
      { kind: "unsure" } as const,
      resets(9, 1),
      "of 70 password resets were self-service in week 46.",
    ],
    ["beside few", resets(1, 1), resets(9, 1), "of 70 password resets were self-service in week 46."],
    ["few", resets(9, 1), resets(1, 1), "Password resets in week 46: 14, self-service: 7. That is too few"],
    ["none", resets(9, 1), resets(0, 0), "No password resets in week 46."],
    ["an older one", resets(9, 1), { kind: "unsure" } as const, "self-service in week 45."],
    [
      "no week",
      { kind: "unsure" } as const,
      { kind: "unsure" } as const,
      "None of these weeks is stored in full.",
    ],
  ])("tells the last known week: %s", (_what, before, now, sentence) => {
    const shown = view(trendOf([before, now], []));

    expect(shown.headline).toContain(sentence);
    expectValidCard(renderer.card(shown));
  });

  it("never shows a zero without its reason, nor a gap as one", () => {
    const ends: Gap = { kind: "ends", at: new Date("2026-11-14T00:00:00Z") };
    const shown = view(trendOf([resets(0, 0), ends], [signIns(10, 5), ends]));

    expect(shown.sections[0]?.table?.rows).toEqual([
      ["46 · 9 Nov", "–", "–", "gap"],
      ["45 · 2 Nov", "0", "0", "–"],
    ]);
    expect(remarks(shown)).toContain(
      "No password resets in week 45. That can be real, or Microsoft does not collect",
    );
    expect(remarks(shown)).toContain("Week 46 is a gap: the newest reading reaches to 14 Nov 00:00 (UTC).");
  });

  it("has no share of sign-ins that do not add up, and says so", () => {
    const documented = { total: 1_000, singleFactor: 100, multiFactor: 9_900 };
    const shown = view(trendOf([], [signIns(1_000, 600), documented]));

    expect(shown.sections[1]?.headline).toBe("Sign-ins in week 46: 7,000, multi-factor: 69,300.");
    expect(shown.sections[1]?.table?.rows).toEqual([
      ["46 · 9 Nov", "7,000", "69,300", "–"],
      ["45 · 2 Nov", "7,000", "4,200", `60${NBSP}%`],
    ]);
    expect(remarks(shown)).toContain("Week 46 without a share");
  });

  it.each(["passwords", "signIns"] as const)("says why a report is not there: %s", (report) => {
    const at = new Date("2026-11-21T10:00:00Z");
    const unknown: ReportWeeks<never> = { weeks: [], mayGrow: false, problem: { code: "GRAPH-LICENCE", at } };
    const shown = view(trendOf([resets(9, 1)], [signIns(100, 60)], { [report]: unknown }));
    const section = shown.sections[report === "passwords" ? 0 : 1];

    expect(section?.headline).toMatch(/by day are not known\.$/);
    expect(section?.remarks).toEqual([
      expect.stringMatching(/by day could not be read today 10:00 \(UTC\): GRAPH-LICENCE\.$/),
    ]);
    expect(section?.table).toBeUndefined();
    expectValidCard(renderer.card(shown));
  });

  it("says how old a report is that is older than the other one", () => {
    const old = { weeks: weeksOf([resets(9, 1)]), since: LONG_AGO, mayGrow: true };
    const readAt = new Date("2026-11-18T09:00:00Z");
    const shown = view(trendOf([], [signIns(100, 60)], { passwords: { ...old, readAt } }));

    expect(remarks(shown)).toContain("Resets by day are as Microsoft Graph gave them 18 Nov 09:00 (UTC).");
    expect(remarks(shown)).toContain("The end of week 46 may still grow");
  });

  it("says since when days are stored", () => {
    const since = new Date("2026-11-17T00:00:00Z");
    const none = { weeks: [], since, readAt: NOW, mayGrow: false };
    const shown = view(trendOf([], [], { passwords: none, signIns: none, asked: 12 }));
    const fewer = view(trendOf([resets(9, 1)], [], { asked: 12 }));

    expect(shown.headline).toBe("No whole week is stored yet.");
    expect(remarks(shown)).toContain("Days are stored since 17 Nov 2026.");
    expect(fewer.notices).toEqual(["12 weeks were asked for; days are stored since 1 Jan 2026."]);
  });

  it("sums the weeks that a card has no room for", () => {
    const shown = view(
      trendOf(
        Array.from({ length: 40 }, () => resets(9, 1)),
        [],
      ),
    );
    const rows = shown.sections[0]?.table?.rows ?? [];

    expect(rows).toHaveLength(16);
    expect(rows.at(-1)).toEqual(["25 earlier weeks", "1,575", "175", `90${NBSP}%`]);
    expectValidCard(renderer.card(shown));
  });
});

describe("a change of a share", () => {
  const outcomes = fc.record({ successes: fc.nat(5_000), failures: fc.nat(5_000) });
  const week = fc.array(outcomes, { minLength: 7, maxLength: 7 });

  it("turns round where the weeks do, and is none of a week beside itself", () => {
    const opposite = { more: "less", less: "more" } as const;
    fc.assert(
      fc.property(week, week, (now, before) => {
        const change = clearShareChange(now, before);

        expect(clearShareChange(before, now)).toBe(change && opposite[change]);
        expect(clearShareChange(now, now)).toBeUndefined();
      }),
    );
  });

  it("is none where days differ as much as the weeks do, however many resets there are", () => {
    const days = [0.6, 0.9, 0.7, 0.95, 0.65, 0.85, 0.7].map((share) => ({
      successes: Math.round(100_000 * share),
      failures: Math.round(100_000 * (1 - share)),
    }));
    const better = days.map(({ successes, failures }) => ({ successes: successes + 5_000, failures }));

    expect(clearShareChange(better, days)).toBeUndefined();
  });
});
