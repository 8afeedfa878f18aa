import { describe, expect, it } from "vitest";
import { createRenderer } from "../../../src/render/renderer.ts";
import { type Health, healthView } from "../../../src/reports/health/health-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { expectValidCard } from "../../render/card-check.ts";
import { AUDIENCE, NOW } from "../../views/samples.ts";

const HOUR = 3_600_000;
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR);
const renderer = createRenderer();

const EMPTY: Health = {
  tenantId: "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01",
  version: "0.1.0",
  graphHost: "graph.microsoft.com",
  setting: "auto",
  problems: {},
  store: { kind: "embedded", schema: 14 },
};

function view(health: Health): ReportView {
  return healthView({ health, question: { command: "health", options: {} }, audience: AUDIENCE });
}

function facts(health: Health): Readonly<Record<string, string>> {
  const [section] = view(health).sections;
  return Object.fromEntries((section?.facts ?? []).map(({ name, value }) => [name, value]));
}

describe("health", () => {
  it("says that nothing is read yet, and what is known without it", () => {
    expect(view(EMPTY).headline).toBe("Nothing is read yet.");
    expect(facts(EMPTY)).toEqual({
      Source: "Microsoft Graph at graph.microsoft.com, reports: auto",
      Tries: "never read",
      People: "never read",
      "History of tries": "none: only the events report says when a try was",
      "Last problem": "none since AuthPulse was started",
      Store: "embedded database, schema 14",
      Tenant: EMPTY.tenantId,
      Version: "0.1.0",
    });
    expectValidCard(renderer.card(view(EMPTY)));
  });

  it("tells age, completeness, duration and history", () => {
    const reading = { readAt: ago(2), took: 28_400, pages: 12, rowsRead: 11_840 };
    const health: Health = {
      ...EMPTY,
      usage: { ...reading, reader: "events" },
      people: { ...reading, reader: "details", readAt: ago(72), took: 900 },
      history: { from: new Date("2026-10-22T10:00:00Z"), to: ago(2) },
      days: { since: new Date("2026-11-14T10:00:00Z"), count: 8 },
      digest: { isSetUp: true, next: new Date("2026-11-24T12:00:00Z") },
    };

    expect(view(health).headline).toBe("Tries were read 2 hours ago; people were counted 3 days ago.");
    expect(facts(health)).toMatchObject({
      Tries:
        "events report, read today 12:32 (Europe/Berlin), 2 hours ago · complete · pages 12, rows 11,840, in 28 seconds",
      People:
        "registration details, read 18 Nov 14:32 (Europe/Berlin), 3 days ago · complete · pages 12, rows 11,840, in 1 second",
      "History of tries": "without a gap from 22 Oct 12:00 (Europe/Berlin) to today 12:32 (Europe/Berlin)",
      "Not read yet": "what came since today 12:32 (Europe/Berlin), 2 hours",
      "History of people": "8 days, since 14 Nov 2026",
      "Next digest here": "24 Nov 13:00 (Europe/Berlin)",
    });
  });

  it.each([
    [{ isSetUp: false }, "none is set up"],
    [{ isSetUp: true }, "none: it is not active"],
  ])("tells of a place %j that there is no next digest", (digest, told) => {
    expect(facts({ ...EMPTY, digest })["Next digest here"]).toBe(told);
  });

  it("names the last problem of each reading", () => {
    const problem = { code: "GRAPH-UNREACHABLE", at: ago(1) };

    expect(facts({ ...EMPTY, problems: { usage: problem, people: problem } })["Last problem"]).toBe(
      "tries: GRAPH-UNREACHABLE, today 13:32 (Europe/Berlin); people: GRAPH-UNREACHABLE, today 13:32 (Europe/Berlin)",
    );
  });

  it("keeps within a narrow terminal", () => {
    const lines = renderer.text(view(EMPTY), { width: 40 }).split("\n");

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});
