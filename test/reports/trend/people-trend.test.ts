import { describe, expect, it } from "vitest";
import { createRenderer } from "../../../src/render/renderer.ts";
import { type PeopleTrend, peopleTrendView } from "../../../src/reports/trend/people-trend.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { expectValidCard } from "../../render/card-check.ts";
import { AUDIENCE } from "../../views/samples.ts";
import { CHANGES, peopleTrend, trendQuestion } from "./samples.ts";

const NBSP = "\u00a0";
const renderer = createRenderer();

function view(trend: PeopleTrend, audience = AUDIENCE): ReportView {
  return peopleTrendView({
    trend,
    question: trendQuestion({ report: "registration" }),
    audience,
    changes: CHANGES,
  });
}

function remarks({ sections }: ReportView): string {
  return sections.flatMap((section) => section.remarks).join("\n");
}

describe("the trend of people", () => {
  it("tells the newest count and what it was at first", () => {
    const shown = view(peopleTrend([14_399, undefined, 14_611]));

    expect(shown.title).toBe("People registered by week");
    expect(shown.headline).toBe(
      `14,611 of 16,230 in scope can reset their password themselves: 90${NBSP}%, up 212 since week 45.`,
    );
    expect(shown.sections[0]?.table?.rows).toEqual([
      ["47 · 16 Nov", `14,611 (90${NBSP}%)`, `18,230 (94${NBSP}%)`, `2,918 (15${NBSP}%)`],
      ["46 · 9 Nov", "–", "–", "gap"],
      ["45 · 2 Nov", `14,399 (89${NBSP}%)`, `18,230 (94${NBSP}%)`, `2,918 (15${NBSP}%)`],
    ]);
    expect(remarks(shown)).toContain("Week 46 is a gap: people were not counted.");
    expect(remarks(shown)).toContain("Week 47 is not over");
    expectValidCard(renderer.card(shown));
  });

  it.each([
    [[14_611, 14_611], ", as in week 46."],
    [[14_611, 14_610], ", down 1 since week 46."],
    [[14_611], ", the first count."],
  ])("tells %j as it is", (counts, told) => {
    expect(view(peopleTrend(counts)).headline).toContain(told);
  });

  it("says since when counts are kept, and how many days were counted otherwise", () => {
    const shown = view(peopleTrend([14_611], { asked: 12, others: 3 }));

    expect(shown.notices).toEqual([
      "Counts of people are kept since 16 Nov 2026; Microsoft Graph has no older ones.",
      "3 days were counted by another report or with other excluded groups, and cannot stand beside these.",
    ]);
  });

  it("keeps small counts back in words, cells and chart", () => {
    const shown = view(peopleTrend([3, 4]), { ...AUDIENCE, smallGroupFloor: 5 });

    expect(shown.headline).toBe("Fewer than 5 of 16,230 in scope can reset their password themselves.");
    expect(shown.sections[0]?.table?.rows[0]?.[1]).toBe("fewer than 5");
    expect(shown.sections[0]?.chart?.lines.map(({ legend }) => legend)).toEqual(["Phone only"]);
  });

  it("tells everybody's count where the report has no password resets", () => {
    const trend = peopleTrend([1]);
    const [week] = trend.weeks;
    const counts = { people: 700, leftOut: {} };
    const weeks = week && "numbers" in week ? [{ ...week, numbers: { ...week.numbers, counts } }] : [];

    const shown = view({ ...trend, scope: "everyone", reader: "legacy", weeks });

    expect(shown.headline).toBe("700 accounts counted, the first count.");
    expect(shown.sections[0]?.table?.rows).toEqual([
      ["47 · 16 Nov", "not in this API", "not in this API", "not in this API"],
    ]);
  });

  it("names no change that bends tries alone", () => {
    expect(remarks(view(peopleTrend([1, 2])))).not.toContain("MC1325414");
  });

  it.each([1, 12, 104])("fits a card with %d weeks", (count) => {
    const card = renderer.card(view(peopleTrend(Array.from({ length: count }, () => 14_611))));

    expectValidCard(card);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024);
  });
});
