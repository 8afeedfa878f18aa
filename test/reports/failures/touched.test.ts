import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import type { ReadingNote, TouchedPeople } from "../../../src/ports/usage.ts";
import { createRenderer } from "../../../src/render/renderer.ts";
import { failuresView } from "../../../src/reports/failures/failures-view.ts";
import type { Audience } from "../../../src/views/audience.ts";
import type { ReportSection } from "../../../src/views/view.ts";
import { SUMS } from "../../views/people-samples.ts";
import { AUDIENCE, MODEL_ROWS, snapshotOf } from "../../views/samples.ts";

const PEOPLE: TouchedPeople = {
  features: [
    { feature: "registration", people: 200, succeededLater: 0 },
    { feature: "reset", people: 212, succeededLater: 150 },
  ],
  groups: [
    { feature: "registration", group: "canceled", people: 200, succeededLater: 0 },
    { feature: "reset", group: "abandoned", people: 134, succeededLater: 121 },
    { feature: "reset", group: "set-up", people: 1, succeededLater: 1 },
    { feature: "reset", group: "on-premises", people: 30, succeededLater: 29 },
  ],
  failures: [],
};

function view(
  options: Question["options"] = {},
  audience: Audience = AUDIENCE,
  people?: TouchedPeople,
  notes: readonly ReadingNote[] = [],
) {
  return failuresView({
    snapshot: snapshotOf(MODEL_ROWS, { ...(people && { people }), notes }),
    sums: SUMS,
    question: { command: "failures", options },
    audience,
    showUnknownTexts: true,
  });
}

function linesOf(section: ReportSection | undefined): readonly string[] {
  return (section?.advice ?? []).map(({ name, text }) => `${name}: ${text}`);
}

describe("people who failed", () => {
  it("stand with their feature and with each group of reasons", () => {
    const [resets, help, registrations] = view({}, AUDIENCE, PEOPLE).sections;

    expect(resets?.remarks[0]).toBe("Failed tries of 212 people; 150 succeeded later.");
    expect(registrations?.remarks).toEqual(["Failed tries of 200 people; 0 succeeded later."]);
    expect(linesOf(help).slice(0, 3)).toEqual([
      expect.stringMatching(/^Stopped half-way: 134 people; 121 succeeded later\. The person began/),
      expect.stringMatching(/^Too few methods: 1 person; 1 succeeded later\. The account/),
      expect.stringMatching(/^On-premises password: 30 people; 29 succeeded later\. The password lives/),
    ]);
    expect(linesOf(help)[3]).toMatch(/^New at Microsoft: Texts/);
  });

  it("are said not to add up, where there are any", () => {
    const nobody = { features: [], groups: [], failures: [] };

    expect(view({}, AUDIENCE, PEOPLE).explanations[2]).toMatch(/do not add up\. Succeeded later: with any/);
    expect(JSON.stringify([view(), view({}, AUDIENCE, nobody)])).not.toMatch(/add up|succeeded later/);
  });

  it("are not told exactly where they are few, nor who succeeded where that tells the few who did not", () => {
    const [, help] = view({}, { ...AUDIENCE, smallGroupFloor: 5 }, PEOPLE).sections;

    expect(linesOf(help).slice(0, 3)).toEqual([
      expect.stringMatching(/^Stopped half-way: 134 people; 121 succeeded later\./),
      expect.stringMatching(/^Too few methods: fewer than 5 people\. The account/),
      expect.stringMatching(/^On-premises password: 30 people\. The password lives/),
    ]);
  });

  it("stand beside the failures by method as well, and not where one method is asked for", () => {
    const byMethod = view({ by: "method", feature: "reset" }, AUDIENCE, PEOPLE);
    const ofMethod = view({ method: "sms" }, AUDIENCE, PEOPLE);

    expect(byMethod.sections[0]?.remarks[0]).toBe("Failed tries of 212 people; 150 succeeded later.");
    expect(JSON.stringify(ofMethod)).not.toMatch(/succeeded later|add up/);
  });

  it("are missing for a reason that is told", () => {
    const few = view({}, AUDIENCE, PEOPLE, [{ kind: "tries-without-a-person", count: 1 }]);
    const none = view({}, AUDIENCE, undefined, [{ kind: "people-not-counted" }]);

    expect(few.notices).toContain(
      "Microsoft named nobody for 1 try of the last 30 days: counted as tries, not as people.",
    );
    expect(none.notices).toContain("Too many different failures to count people. The tries are complete.");
  });

  it("read well on paper of 80 columns", () => {
    const text = createRenderer().text(view({ feature: "reset" }, AUDIENCE, PEOPLE), { width: 80 });

    expect(text).toContain("Failed tries of 212 people; 150 succeeded later.\n");
    expect(text).toMatch(/Stopped half-way: 134 people; 121 succeeded later\. The person began and did/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
