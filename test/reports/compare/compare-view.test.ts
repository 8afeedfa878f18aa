import { describe, expect, it } from "vitest";
import type { UsageRow } from "../../../src/ports/usage.ts";
import { SERVICE_CHANGES } from "../../../src/reference/service-changes.ts";
import { createRenderer } from "../../../src/render/renderer.ts";
import { type Comparison, compareView } from "../../../src/reports/compare/compare-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { expectValidCard } from "../../render/card-check.ts";
import { AUDIENCE, MODEL_ROWS, NOW, usageRow } from "../../views/samples.ts";

const NBSP = "\u00a0";
const DAY = 86_400_000;
const renderer = createRenderer();

function compared(
  now: readonly UsageRow[] | undefined,
  before: readonly UsageRow[] | undefined,
  more: Partial<Comparison> = {},
): Comparison {
  const at = (days: number): Date => new Date(NOW.getTime() - days * DAY);
  return {
    reader: "events",
    readAt: NOW,
    period: "D7",
    isShorter: false,
    stored: {
      since: at(20),
      now: { from: at(7), to: at(0), ...(now && { rows: now }) },
      before: { from: at(14), to: at(7), ...(before && { rows: before }) },
    },
    ...more,
  };
}

function view(comparison: Comparison, changes = SERVICE_CHANGES.slice(0, 0)): ReportView {
  return compareView({
    comparison,
    question: { command: "compare", options: {} },
    audience: AUDIENCE,
    changes,
  });
}

describe("the comparison", () => {
  it("tells a change beyond noise, for all and by method", () => {
    const shown = view(
      compared(
        [usageRow("reset", "sms", 97, 71), usageRow("reset", "email", 180, 20)],
        [usageRow("reset", "sms", 142, 29), usageRow("reset", "email", 182, 20)],
      ),
    );

    expect(shown.sections[0]?.headline).toBe(
      `Password resets worked less often: 75${NBSP}% of 368 tries, 87${NBSP}% of 373 tries in the 7 days before.`,
    );
    expect(shown.sections[0]?.table).toMatchObject({
      columns: ["Method", "Now", "Before", "Worked"],
      rows: [
        ["Email", `90${NBSP}% of 200`, `90${NBSP}% of 202`, "no clear change"],
        ["SMS", `58${NBSP}% of 168`, `83${NBSP}% of 171`, "less often"],
        ["All", `75${NBSP}% of 368`, `87${NBSP}% of 373`, "less often"],
      ],
    });
    expect(shown.sections[1]?.headline).toBe("Registrations: no tries.");
    expectValidCard(renderer.card(shown));
  });

  it("shows both windows by the hour", () => {
    expect(view(compared(MODEL_ROWS, MODEL_ROWS)).subtitle).toBe(
      "14 Nov 14:32 – 21 Nov 14:32 (Europe/Berlin), beside 7 Nov 14:32 – 14 Nov 14:32 (Europe/Berlin)",
    );
  });

  it("compares nothing below 20 tries", () => {
    const [section] = view(
      compared([usageRow("reset", "email", 20, 0)], [usageRow("reset", "email", 1, 18)]),
    ).sections;

    expect(section?.headline).toBe(`Password resets: 100${NBSP}% of 20 tries worked.`);
    expect(section?.table?.rows[0]).toEqual(["Email", `100${NBSP}% of 20`, "1 of 19", "–"]);
    expect(section?.remarks).toEqual(["Too few tries in the 7 days before to compare."]);
  });

  it("says what is missing where the period before is not stored, and compares nothing", () => {
    const shown = view(compared(MODEL_ROWS, undefined, { period: "D30" }));

    expect(shown.sections[0]?.headline).toBe(`Password resets: 86${NBSP}% of 2,627 tries worked.`);
    expect(shown.sections[0]?.remarks[0]).toBe(
      "Nothing to compare with: that needs 60 days, and what is stored begins 1 Nov 14:32 (Europe/Berlin).",
    );
    expect(shown.sections[0]?.table?.rows.map((row) => row.slice(2))).toEqual(
      expect.arrayContaining([["–", "–"]]),
    );
    expect(shown.sections[0]?.table?.rows.every((row) => row[2] === "–" && row[3] === "–")).toBe(true);
  });

  it("says that the period itself is not stored, without any figure", () => {
    const shown = view(compared(undefined, undefined));

    expect(shown.headline).toMatch(/^The last 7 days are not stored in full/);
    expect(shown.sections).toHaveLength(1);
    expect(shown.sections[0]?.table).toBeUndefined();
  });

  it("says that a report without times has no periods", () => {
    const { stored: _stored, ...none } = compared(undefined, undefined, { reader: "legacy" });

    expect(view(none).headline).toMatch(/^The old usage report has no times/);
    expectValidCard(renderer.card(view(none)));
  });

  it("says why it took a shorter period", () => {
    expect(view(compared(MODEL_ROWS, MODEL_ROWS, { isShorter: true })).notices).toEqual([
      "30 days are not compared: that needs 60 days, and what is stored begins 1 Nov 14:32 (Europe/Berlin). This is 7 days.",
    ]);
  });

  it("gives the reason beside no tries at all", () => {
    const [section] = view(compared([], MODEL_ROWS)).sections;

    expect(section?.headline).toBe("Password resets: no tries.");
    expect(section?.remarks.join()).toContain("collecting was perhaps never switched on");
    expect(section?.table?.rows.at(-1)?.[1]).toBe("no tries");
  });

  it("names an announced change that is near", () => {
    expect(view(compared(MODEL_ROWS, MODEL_ROWS), [...SERVICE_CHANGES]).explanations[0]).toContain(
      "as announced: password reset accepts registered methods only (MC1325414)",
    );
  });

  it("fits a card with far more methods than Graph knows", () => {
    const flood = Array.from({ length: 60 }, (_unused, index) => usageRow("reset", `new${index}`, 900, 100));

    const card = renderer.card(view(compared([...flood, ...MODEL_ROWS], flood)));

    expectValidCard(card);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024);
  });
});
