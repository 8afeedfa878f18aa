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
  collecting: { every: 6 * HOUR, states: [] },
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
      Collecting: "every 6 hours",
      "Access seen": "not seen yet",
      Problems: "none",
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

  it("lists the newest gaps of the history, and says how many more there are", () => {
    const day = (number: number) => new Date(Date.UTC(2026, 9, number, 10));
    const gaps = [1, 3, 5, 7, 9].map((number) => ({ from: day(number), to: day(number + 1) }));
    const history = { from: day(10), to: ago(2) };

    const told = (count: number) =>
      facts({ ...EMPTY, history, gaps: gaps.slice(0, count) })["Gaps before that"];

    expect(told(0)).toBeUndefined();
    expect(told(1)).toBe("not known from 1 Oct 12:00 (Europe/Berlin) to 2 Oct 12:00 (Europe/Berlin)");
    expect(told(5)).toMatch(
      /^not known from 9 Oct .*; not known from 7 Oct .*; not known from 5 Oct .*; and 2 more$/,
    );
  });

  it("says which quarters are kept against the newest reading", () => {
    const kept = { kind: "kept-quarters", from: ago(90), to: ago(80) } as const;

    expect(facts({ ...EMPTY, kept: { ...kept, count: 3 } })["Kept as stored"]).toBe(
      "3 quarters of an hour between 17 Nov 20:32 (Europe/Berlin) and 18 Nov 06:32 (Europe/Berlin), of which Graph now " +
        "sends fewer tries",
    );
    expect(facts({ ...EMPTY, kept: { ...kept, count: 1 } })["Kept as stored"]).toMatch(
      /^1 quarter of an hour from/,
    );
  });

  it.each([
    [{ isSetUp: false }, "none is set up"],
    [{ isSetUp: true }, "none: it is not active"],
  ])("tells of a place %j that there is no next digest", (digest, told) => {
    expect(facts({ ...EMPTY, digest })["Next digest here"]).toBe(told);
  });

  it("tells how numbers come in: schedule, what is under way, what Graph refused and what failed", () => {
    const states: Health["collecting"]["states"] = [
      {
        name: "usage",
        running: { since: ago(0.1), leaseUntil: ago(-1), progress: { pages: 12, rows: 12_000 } },
        last: { at: ago(1), fault: { code: "GRAPH-UNREACHABLE", facts: {} } },
        access: { at: ago(7) },
      },
      {
        name: "people",
        last: { at: ago(2), fault: { code: "GRAPH-PERMISSION", facts: {} } },
        access: { at: ago(2), refusal: { code: "GRAPH-PERMISSION", permission: "AuditLog.Read.All" } },
      },
      { name: "passwords", access: { at: ago(3), refusal: { code: "GRAPH-LICENCE" } } },
    ];
    const next = ago(-4);

    expect(facts({ ...EMPTY, collecting: { every: 6 * HOUR, next, states } })).toMatchObject({
      Collecting: "every 6 hours, next about today 18:32 (Europe/Berlin)",
      "Under way": "tries since today 14:26 (Europe/Berlin), pages 12, rows 12,000 so far",
      "Access seen":
        "tries: permission and licence are there, as of today 07:32 (Europe/Berlin); " +
        "people: the permission AuditLog.Read.All is missing, as of today 12:32 (Europe/Berlin); " +
        "resets by day: the licence is missing, as of today 11:32 (Europe/Berlin)",
      Problems:
        "tries: GRAPH-UNREACHABLE, today 13:32 (Europe/Berlin); people: GRAPH-PERMISSION, today 12:32 (Europe/Berlin)",
    });
  });

  it.each([
    [0, "only when somebody asks: COLLECT_EVERY is 0"],
    [HOUR, "every hour"],
    [HOUR / 4, "every 15 minutes"],
    [1.5 * HOUR, "every 90 minutes"],
  ])("names the schedule of %d milliseconds", (every, told) => {
    expect(facts({ ...EMPTY, collecting: { every, states: [] } })["Collecting"]).toBe(told);
  });

  it("keeps within a narrow terminal", () => {
    const lines = renderer.text(view(EMPTY), { width: 40 }).split("\n");

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});
