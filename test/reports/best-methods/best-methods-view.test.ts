import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UsageRow } from "../../../src/ports/usage.ts";
import { SERVICE_CHANGES, serviceChangesFor } from "../../../src/reference/service-changes.ts";
import { createRenderer } from "../../../src/render/renderer.ts";
import {
  type BestMethodsAnswer,
  bestMethodsView,
} from "../../../src/reports/best-methods/best-methods-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { lottery, quietWeeks } from "../../digest/quiet-weeks.ts";
import { expectValidCard } from "../../render/card-check.ts";
import { AUDIENCE, MODEL_ROWS, NOW, snapshotOf, usageRow } from "../../views/samples.ts";

const NBSP = "\u00a0";
const renderer = createRenderer();

function view(
  rows: readonly UsageRow[],
  before: readonly UsageRow[] | undefined = [],
  more: Partial<BestMethodsAnswer> = {},
): ReportView {
  return bestMethodsView({
    snapshot: snapshotOf(rows),
    before: { since: new Date("2026-09-01T00:00:00Z"), ...(before && { rows: before }) },
    question: { command: "best-methods", options: {} },
    audience: AUDIENCE,
    changes: SERVICE_CHANGES,
    ...more,
  });
}

function resets({ sections }: ReportView): string {
  return (sections[0]?.remarks ?? []).join("\n");
}

describe("methods by reliability", () => {
  it("stand in their order with counts, rate and strength, per feature", () => {
    const shown = view(MODEL_ROWS);

    expect(shown.title).toBe("Methods by reliability");
    expect(shown.sections[0]).toMatchObject({
      headline: `Password resets: Authenticator push is the most reliable method, 93${NBSP}% of 1,292 tries worked.`,
      table: {
        columns: ["Method", "Worked", "Strength"],
        rows: [
          ["1. Authenticator push", `93${NBSP}% (1,204 of 1,292)`, "strong"],
          ["2. SMS", `81${NBSP}% (611 of 753)`, "weak, retiring"],
          ["3. Email", `80${NBSP}% (388 of 485)`, "weak"],
          ["4. Voice call", `54${NBSP}% (41 of 76)`, "weak, retiring"],
          ["5. Security questions", `57${NBSP}% (12 of 21)`, "weak"],
        ],
      },
    });
    expect(shown.sections[1]?.headline).toBe(
      `Registrations: Email is the most reliable method, 89${NBSP}% of 1,104 tries were finished.`,
    );
    expect(shown.explanations.join("\n")).toContain("From 1 Feb 2027, as announced:");
    expectValidCard(renderer.card(shown));
  });

  it("say wherever a weak one is first that reliable is not secure, and which stronger one is", () => {
    const shown = view([
      usageRow("reset", "mobileSMS", 990, 10),
      usageRow("reset", "microsoftAuthenticatorPush", 800, 200),
    ]);

    expect(resets(shown)).toContain(
      "Reliable is not secure: SMS counts as weak, and Microsoft ends its own delivery by phone.",
    );
    expect(resets(shown)).toContain(
      `Of the stronger methods Authenticator push stands first: 80${NBSP}% of 1,000 tries.`,
    );
    expect(shown.headline).toContain("Reliable is not secure: SMS counts as weak");
  });

  it("name no stronger one where none has enough tries", () => {
    expect(resets(view([usageRow("reset", "email", 90, 10), usageRow("reset", "appCode", 5, 0)]))).toContain(
      "None of the stronger methods has enough tries for a rank.",
    );
  });

  it.each(["usgov", "usgovdod", "china"])("retire no phone in the cloud %s", (cloud) => {
    const shown = view([usageRow("reset", "sms", 990, 10)], [], { changes: serviceChangesFor(cloud) });

    expect(shown.sections[0]?.table?.rows[0]?.[2]).toBe("weak");
    expect(JSON.stringify(shown)).not.toContain("2027");
  });

  it("say where the first is not clearly before another", () => {
    const shown = view([usageRow("reset", "email", 82, 18), usageRow("reset", "appCode", 80, 20)]);

    expect(shown.sections[0]?.headline).toBe(
      `Password resets: Email stands first, but not clearly before App code: 82${NBSP}% of 100 tries worked.`,
    );
  });

  it("keep those with fewer than twenty tries apart, without a rate", () => {
    const shown = view([usageRow("reset", "email", 20, 0), usageRow("reset", "appCode", 19, 0)]);

    expect(shown.sections[0]?.table?.rows.map(([name]) => name)).toEqual(["1. Email"]);
    expect(shown.sections[0]?.headline).toContain("only Email has enough tries for a rank");
    expect(resets(shown)).toContain("Not ranked, fewer than 20 tries: App code (19 of 19).");
  });

  it("keep and name a method that nobody knows, without a strength", () => {
    const shown = view([usageRow("reset", "quantumKey", 99, 1)]);

    expect(shown.sections[0]?.table?.rows).toEqual([
      ["1. quantumKey (new at Microsoft)", `99${NBSP}% (99 of 100)`, "not rated"],
    ]);
    expect(resets(shown)).not.toContain("Reliable is not secure");
  });

  it("give the reasons for no tries instead of an order", () => {
    const shown = view([]);

    expect(shown.sections[0]?.headline).toBe("Password resets: no tries in this period.");
    expect(resets(shown)).toContain("collecting was perhaps never switched on");
    expect(shown.sections.some(({ table }) => table)).toBe(false);
  });

  it("fit a card with a flood of unknown methods", () => {
    const flood = Array.from({ length: 300 }, (_unused, index) =>
      usageRow("reset", `newMethod${index}`, 900 + index, 100),
    );

    const card = renderer.card(view(flood, flood));

    expectValidCard(card);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28 * 1024);
  });
});

describe("a change since the period before", () => {
  const now = [usageRow("reset", "email", 700, 300), usageRow("reset", "appCode", 900, 100)];

  it("is told with both rates where it is beyond noise", () => {
    const before = [usageRow("reset", "email", 900, 100), usageRow("reset", "appCode", 899, 101)];

    expect(resets(view(now, before))).toContain(
      `Email worked less often: 70${NBSP}% of 1,000 tries, 90${NBSP}% of 1,000 tries in the 30 days before.`,
    );
    expect(resets(view(now, before))).not.toContain("App code worked");
  });

  it("is none where nothing is beyond noise", () => {
    expect(resets(view(now, now))).toContain("No method shows a clear change");
  });

  it("is not told beside too few tries", () => {
    expect(resets(view(now, [usageRow("reset", "email", 1, 18)]))).toContain(
      "Too few tries in the 30 days before to compare.",
    );
  });

  it("is not told where the period before is not stored, and that is said", () => {
    const stored = view(now, undefined, { before: { since: NOW } });
    const legacy = view(now, undefined, { before: {}, snapshot: snapshotOf(now, { reader: "legacy" }) });

    expect(stored.notices.join()).toContain("Nothing to compare with: that needs 60 days");
    expect(legacy.notices.join()).toContain("The old usage report has no times");
    expect(resets(stored)).not.toContain("clear change");
  });

  it("agrees with the counts beside it, whatever they are", () => {
    const count = fc.oneof(fc.nat(30), fc.nat(3_000));
    const row = fc.tuple(count, count).map(([ok, failed]) => usageRow("reset", "email", ok, failed));
    const rate = ({ successes, failures }: UsageRow): number => successes / (successes + failures);

    fc.assert(
      fc.property(row, row, (is, was) => {
        const said = resets(view([is], [was]));
        const enough = [is, was].every(({ successes, failures }) => successes + failures >= 20);

        expect(!said.includes("more often") || rate(is) >= rate(was) + 0.02).toBe(true);
        expect(!said.includes("less often") || rate(is) <= rate(was) - 0.02).toBe(true);
        expect(/often|No method shows a clear change/.test(said)).toBe(enough);
      }),
      { numRuns: 400 },
    );
  });

  it.each([1, 20, 300])("is told in none of 26 quiet weeks (seed %d)", (seed) => {
    const draw = lottery(seed);
    const weeks = ["email", "mobileSMS", "microsoftAuthenticatorPush"].map((method) => ({
      method,
      weeks: quietWeeks({ weeks: 27, tries: 200, rate: 0.82, draw }),
    }));
    const rowsOf = (index: number): UsageRow[] =>
      weeks.map(({ method, weeks: all }) => {
        const { successes = 0, failures = 0 } = all[index] ?? {};
        return usageRow("reset", method, successes, failures);
      });

    const said = Array.from({ length: 26 }, (_unused, index) =>
      resets(view(rowsOf(index + 1), rowsOf(index))),
    );

    expect(said.filter((text) => /more often|less often/.test(text))).toEqual([]);
  });
});
