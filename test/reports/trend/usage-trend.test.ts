import { describe, expect, it } from "vitest";
import { weekOf } from "../../../src/digest/calendar.ts";
import { createRenderer } from "../../../src/render/renderer.ts";
import { type UsageTrend, usageTrendView } from "../../../src/reports/trend/usage-trend.ts";
import type { TrendWeek } from "../../../src/reports/trend/weeks.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { elementsOf, expectValidCard, textsOf } from "../../render/card-check.ts";
import { AUDIENCE } from "../../views/samples.ts";
import { CHANGES, manyWeeks, resets, trendQuestion, usageTrend, weeksOf } from "./samples.ts";

const NBSP = "\u00a0";
const renderer = createRenderer();
const question = trendQuestion();

function view(trend: UsageTrend, more: Partial<Parameters<typeof usageTrendView>[0]> = {}): ReportView {
  return usageTrendView({ trend, question, audience: AUDIENCE, changes: [], ...more });
}

function rows({ sections: [section] }: ReportView): readonly (readonly string[])[] {
  return section?.table?.rows ?? [];
}

function remarks({ sections }: ReportView): string {
  return sections.flatMap((section) => section.remarks).join("\n");
}

function gap(week: TrendWeek<unknown>, kind: "begins" | "ends", at: string): TrendWeek<never> {
  const { from, to } = week;
  return { week: week.week, from, to, gap: { kind, at: new Date(at) } };
}

describe("the trend of tries", () => {
  it("has the newest week first, with counts and rates", () => {
    const shown = view(usageTrend(weeksOf([resets(80, 20), resets(9, 3), resets(170, 30)])));

    expect(shown.title).toBe("Password resets by week");
    expect(shown.subtitle).toBe("3 weeks: 26 Oct – 15 Nov 2026 (Europe/Berlin)");
    expect(rows(shown)).toEqual([
      ["46 · 9 Nov", "170", "30", `85${NBSP}%`],
      ["45 · 2 Nov", "9", "3", "–"],
      ["44 · 26 Oct", "80", "20", `80${NBSP}%`],
    ]);
  });

  it.each([
    ["a clear fall", 70, 95, "worked less often"],
    ["a clear rise", 95, 70, "worked more often"],
    ["noise", 82, 85, "no clear change"],
  ])("tells %s with both figures", (_name, last, first, told) => {
    const shown = view(
      usageTrend(weeksOf([resets(first, 100 - first), resets(50, 50), resets(last, 100 - last)])),
    );

    expect(shown.headline).toContain(told);
    expect(shown.headline).toContain(`${last}${NBSP}% of 100 tries`);
    expect(shown.headline).toContain(`${first}${NBSP}% of 100 tries in week 44`);
  });

  it("compares nothing below 20 tries", () => {
    const few = view(usageTrend(weeksOf([resets(90, 10), resets(10, 9)])));
    const fewBefore = view(usageTrend(weeksOf([resets(10, 9), resets(90, 10)])));

    expect(few.headline).toBe("Password resets: 10 of 19 tries worked. That is too few to compare.");
    expect(fewBefore.headline).toBe(
      `Password resets: 90${NBSP}% of 100 tries worked. Too few tries in week 45 to compare.`,
    );
  });

  it("says that one week alone cannot be compared, and draws no line of it", () => {
    const shown = view(usageTrend(weeksOf([resets(90, 10)])));

    expect(shown.headline).toBe(
      `Password resets: 90${NBSP}% of 100 tries worked. Week 46 is the only whole week that is stored, so there is nothing ` +
        "to compare with.",
    );
    expect(shown.sections[0]?.chart).toBeUndefined();
  });

  it("says that nothing whole is stored yet, without a table", () => {
    const shown = view(usageTrend([], { asked: 12 }));

    expect(shown.headline).toBe("No whole week is stored yet.");
    expect(shown.sections[0]?.table).toBeUndefined();
    expect(remarks(shown)).toContain("17 Nov 11:00 (Europe/Berlin)");
    expectValidCard(renderer.card(shown));
  });

  it("says that a report without times has no weeks", () => {
    const { since: _since, ...none } = usageTrend([], { reader: "activity" });
    const shown = view(none);

    expect(shown.headline).toMatch(/^The activity report has no times/);
    expectValidCard(renderer.card(shown));
  });

  it("shows a week that is not whole as a gap with its reason, never as zero", () => {
    const [first, second, third] = weeksOf([[], resets(90, 10), []]);
    if (!first || !second || !third) {
      throw new Error("three weeks");
    }
    const weeks = [
      gap(first, "begins", "2026-10-29T09:00:00Z"),
      second,
      gap(third, "ends", "2026-11-12T09:15:00Z"),
    ];

    const shown = view(usageTrend(weeks));

    expect(rows(shown).map((row) => row.slice(1))).toEqual([
      ["–", "–", "gap"],
      ["90", "10", `90${NBSP}%`],
      ["–", "–", "gap"],
    ]);
    expect(remarks(shown)).toContain("Week 44 is a gap: what is stored begins 29 Oct 10:00 (Europe/Berlin).");
    expect(remarks(shown)).toContain(
      "Week 46 is a gap: the newest reading reaches to 12 Nov 10:15 (Europe/Berlin).",
    );
    expect(shown.headline).toContain("only whole week");
  });

  it("gives the reason beside a zero", () => {
    const shown = view(usageTrend(weeksOf([[], resets(90, 10)])));

    expect(rows(shown)[1]).toEqual(["45 · 2 Nov", "0", "0", "–"]);
    expect(remarks(shown)).toContain("No reset tries in week 45. That can be real");
  });

  it("tells how few of the weeks that were asked for are stored", () => {
    const shown = view(usageTrend(weeksOf([resets(90, 10), resets(90, 10)]), { asked: 26 }));

    expect(shown.notices).toEqual([
      "26 weeks were asked for; what is stored begins 2 Nov 2026. Microsoft Graph itself keeps 30 days.",
    ]);
  });

  it("says when the last week may still grow", () => {
    const weeks = weeksOf([resets(90, 10), resets(90, 10)]);

    expect(remarks(view(usageTrend(weeks, { mayGrow: true })))).toContain("end of week 46 may still grow");
    expect(remarks(view(usageTrend(weeks)))).not.toContain("may still grow");
  });

  it("marks the week of an announced change and never calls it a cause", () => {
    const shown = view(usageTrend(weeksOf([resets(90, 10), resets(70, 30)])), { changes: CHANGES });

    expect(rows(shown)[0]?.[0]).toBe("46 · 9 Nov · MC1325414");
    expect(rows(shown)[1]?.[0]).toBe("45 · 2 Nov");
    expect(remarks(shown)).toBe(
      "Since 9 Nov 2026 (first announced for 7 Sep 2026), as announced: password reset accepts registered methods only " +
        "(MC1325414).",
    );
  });

  it.each(["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"])(
    "marks the first Monday of all weeks in %s",
    (timeZone) => {
      const audience = { ...AUDIENCE, timeZone };
      const { from, to, week } = weekOf(new Date("2026-06-03T12:00:00Z"), timeZone);
      const monday = { id: "own", date: "2026-06-01", bends: ["usage" as const], text: "a change" };
      const weeks = [{ from, to, week, numbers: resets(90, 10) }];

      const shown = view(usageTrend(weeks), { audience, changes: [monday] });

      expect(rows(shown)[0]?.[0]).toBe("23 · 1 Jun · announced change");
      expect(remarks(shown)).toContain("Since 1 Jun 2026, as announced: a change.");
    },
  );

  it("draws worked and failed tries as lines, blue and orange, that clients without charts drop", () => {
    const shown = view(usageTrend(weeksOf([resets(80, 20), resets(170, 30)])));

    const charts = elementsOf(renderer.card(shown)).filter(({ type }) => String(type).startsWith("Chart."));

    expect(charts).toEqual([
      {
        type: "Chart.Line",
        title: "Password reset tries by week",
        showTitle: true,
        xAxisTitle: "Week beginning",
        fallback: "drop",
        data: [
          {
            legend: "OK",
            color: "categoricalBlue",
            values: [
              { x: "2026-11-02", y: 80 },
              { x: "2026-11-09", y: 170 },
            ],
          },
          {
            legend: "Failed",
            color: "categoricalMarigold",
            values: [
              { x: "2026-11-02", y: 20 },
              { x: "2026-11-09", y: 30 },
            ],
          },
        ],
      },
    ]);
  });

  it.each([12, 15, 16, 17, 26, 104, 520])("fits a card with %d weeks and loses no try", (count) => {
    const shown = view(usageTrend(manyWeeks(count)), { changes: CHANGES });
    const card = renderer.card(shown);
    const cells = rows(shown);
    const sum = (column: number): number =>
      cells.reduce((all, row) => all + Number((row[column] ?? "").replace(/,/g, "")), 0);

    expectValidCard(card);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024);
    expect(textsOf(card)).not.toContain(shown.shortened);
    expect(cells).toHaveLength(Math.min(count, 16));
    const expected = manyWeeks(count).flatMap((week) => ("numbers" in week ? week.numbers : []));
    const ofResets = expected.filter(({ feature }) => feature === "reset");
    expect(sum(1)).toBe(ofResets.reduce((all, { successes }) => all + successes, 0));
    expect(sum(2)).toBe(ofResets.reduce((all, { failures }) => all + failures, 0));
  });
});

describe("the trend of one method", () => {
  const ofSms = trendQuestion({ method: "sms" });
  const shown = view(usageTrend(manyWeeks(12)), { question: ofSms });

  it("counts the tries of that method alone, and names it", () => {
    expect(shown.title).toBe("Password resets by week · SMS");
    expect(shown.headline).toBe(
      `SMS: no clear change. 81${NBSP}% of 740 tries worked, 81${NBSP}% of 740 tries in week 35.`,
    );
    expect(rows(shown)[0]).toEqual(["46 · 9 Nov", "600", "140", `81${NBSP}%`]);
  });

  it("names it in its chart", () => {
    const { title, lines } = shown.sections[0]?.chart ?? {};

    expect(title).toBe("SMS: reset tries by week");
    expect(lines?.map(({ legend }) => legend)).toEqual(["SMS: OK", "SMS: Failed"]);
  });

  it("gives the reason of that method beside a zero", () => {
    const empty = view(usageTrend(weeksOf([resets(90, 10), resets(90, 10, "mobileSMS")])), {
      question: ofSms,
    });

    expect(remarks(empty)).toContain("No reset tries with SMS in week 45. Nobody used it");
  });

  it("leads back to the tries of all methods", () => {
    expect(shown.buttons.map((button) => "question" in button && button.question.options)).toContainEqual({
      report: "usage",
    });
  });
});

describe("the trend by method", () => {
  const byMethod = trendQuestion({ report: "method" });
  const shown = view(usageTrend(manyWeeks(12)), { question: byMethod });

  it("names the methods that clearly changed", () => {
    expect(shown.title).toBe("Password resets by week and method");
    expect(shown.headline).toBe(
      `Authenticator push worked less often: 89${NBSP}% of 1,280 tries, 94${NBSP}% of 1,280 tries in week 35.`,
    );
  });

  it("names the method whose tries its chart has", () => {
    expect(shown.sections[0]?.chart?.lines[0]?.legend).toBe("Authenticator push: OK");
  });

  it("has a column for each method, the most tries first, two a table", () => {
    const tables = shown.sections.flatMap(({ table }) => (table ? [table] : []));

    expect(tables.map(({ columns }) => columns)).toEqual([
      ["Week · Monday", "Authenticator push", "SMS"],
      ["Week · Monday", "Email", "Voice call"],
    ]);
    expect(tables.map(({ rows: cells }) => cells[0])).toEqual([
      ["46 · 9 Nov", `89${NBSP}% of 1,280`, `81${NBSP}% of 740`],
      ["46 · 9 Nov", `80${NBSP}% of 485`, `54${NBSP}% of 76`],
    ]);
  });

  it("says in each table which weeks are gaps, and what was not tried", () => {
    const weeks = weeksOf([resets(90, 10, "sms"), [], resets(9, 3)]);
    const [first] = weeks;
    const withGap = first ? [gap(first, "begins", "2026-10-29T09:00:00Z"), ...weeks.slice(1)] : [];

    const [section] = view(usageTrend(withGap), { question: byMethod }).sections;

    expect(section?.table?.rows).toEqual([
      ["46 · 9 Nov", "9 of 12"],
      ["45 · 2 Nov", "no tries"],
      ["44 · 26 Oct", "gap"],
    ]);
  });

  it.each([12, 26, 104])("fits a card with %d weeks of many methods", (count) => {
    const names = Array.from({ length: 14 }, (_unused, index) => `quantumKey${index}`);
    const weeks = weeksOf(
      Array.from({ length: count }, () => names.flatMap((name) => resets(900, 100, name))),
    );

    const many = view(usageTrend(weeks), { question: byMethod, changes: CHANGES });
    const card = renderer.card(many);

    expectValidCard(card);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024);
    expect(JSON.stringify(many.sections)).toContain("7 more methods");
  });
});

it("stands as a narrow table in a terminal", () => {
  const text = renderer.text(
    view(usageTrend(weeksOf([resets(80, 20), resets(170, 30)])), { changes: CHANGES }),
    {
      width: 40,
    },
  );

  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(text).toMatch(/45 · 2 Nov +80 +20 +80/);
});
