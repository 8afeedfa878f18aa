import { describe, expect, it } from "vitest";
import { toUserId, type UserId } from "../../../src/kernel/ids.ts";
import { AUDIT_ACTS, AUDIT_PLACES, type AuditAct, type AuditEntry } from "../../../src/ports/audit.ts";
import type { DirectoryAccount } from "../../../src/ports/directory.ts";
import { type AuditAnswer, auditView } from "../../../src/reports/audit/audit-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { newUser } from "../../digest/subscriptions.ts";
import { auditEntry } from "../../store/audit-contract.ts";
import { AUDIENCE, NOW } from "../../views/samples.ts";

const PRIYA = toUserId("0b7c5e16-0d6f-4a51-9c3e-6a1f5b2d4e01") ?? newUser();
const ACCOUNTS = new Map<UserId, DirectoryAccount>([[PRIYA, { kind: "member", name: "Priya Nair" }]]);

function view(entries: readonly AuditEntry[], more: Partial<AuditAnswer> = {}): ReportView {
  const counts = new Map<AuditAct, number>();
  for (const { what } of entries) {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return auditView({
    period: "D30",
    from: new Date("2026-10-22T13:32:00Z"),
    to: NOW,
    entries,
    counts,
    accounts: ACCOUNTS,
    names: { someMissing: false },
    keptMonths: 12,
    question: { command: "audit", options: {} },
    audience: AUDIENCE,
    ...more,
  });
}

function row(changes: Partial<AuditEntry>): readonly string[] | undefined {
  const entry = auditEntry({ at: NOW, who: PRIYA, what: "names", outcome: "answered", ...changes });
  return view([entry]).sections[0]?.table?.rows[0];
}

describe("the audit", () => {
  it("says who did what, where, about whom and with which outcome", () => {
    const detail = "filter=failing";

    expect(row({ place: "personal", detail })).toEqual([
      "21 Nov 14:32",
      "Priya Nair",
      "Looked at names: people (filter=failing), in a personal chat",
      "Answered",
    ]);
    expect(row({ command: "person", target: PRIYA, place: "personal" })?.[2]).toBe(
      "Looked at names: person, about Priya Nair, in a personal chat",
    );
    expect(row({ who: "operator", place: "terminal", what: "audit" })?.slice(1, 3)).toEqual([
      "Terminal",
      "Read the audit",
    ]);
  });

  it("shows what has no words as it was written down, and nobody as somebody else", () => {
    const gone = newUser();
    const unasked = newUser();
    const entry = (who: AuditEntry["who"]) => auditEntry({ who, command: "newer", outcome: "GRAPH-LICENCE" });

    const { sections } = view([gone, unasked, "unknown" as const, "forgotten" as const].map(entry), {
      accounts: new Map([[gone, { kind: "none" }]]),
    });

    const rows = sections[0]?.table?.rows ?? [];
    expect(rows.map(([, who]) => who)).toEqual([
      `${gone} (not in this tenant)`,
      unasked,
      "not named by Teams",
      "forgotten",
    ]);
    expect(rows[0]?.slice(2)).toEqual(["Was refused: newer, in a channel", "GRAPH-LICENCE"]);
  });

  it("counts each act that happened, in the singular too", () => {
    const counts = new Map<AuditAct, number>([
      ["names", 12],
      ["export", 1],
      ["refused", 1_205],
    ]);

    expect(view([auditEntry()], { counts }).headline).toBe(
      "12 looks at names, 1 export and 1,205 refusals in the last 30 days.",
    );
  });

  it("says how many older lines are not shown, also where the card is cut", () => {
    const entries = [auditEntry(), auditEntry()];

    const { sections } = view(entries, { counts: new Map([["refused", 12]]) });

    expect(sections[0]?.remarks[0]).toBe("10 older lines are not shown.");
    expect(sections[0]?.table?.rests?.[1]).toEqual(["", "", "11 older lines are not shown.", ""]);
    expect(view(entries).sections[0]?.remarks).toEqual(["Times: Europe/Berlin."]);
  });

  it("says why there may be nothing", () => {
    const { headline, sections, explanations } = view([], { period: "D1", keptMonths: 1 });

    expect(headline).toBe("Nothing was written down in the last 24 hours.");
    expect(sections[0]?.table).toBeUndefined();
    expect(sections[0]?.remarks.join()).toMatch(/Nobody looked at names.*begins on the day/);
    expect(explanations[0]).toBe("Lines are kept for 1 month.");
  });

  it("says which names are missing", () => {
    const { notices } = view([auditEntry()], { names: { someMissing: true, limitedTo: 20 } });

    expect(notices.join(" ")).toMatch(/did not give every name.*for 20 people at most/);
  });

  it("has words for every act and place", () => {
    const entries = AUDIT_ACTS.flatMap((what) =>
      AUDIT_PLACES.map((place) => auditEntry({ what, place, command: "export" })),
    );

    const rows = view(entries).sections[0]?.table?.rows ?? [];

    expect(new Set(rows.map(([, , what]) => what)).size).toBe(entries.length);
  });

  it("leads to the other periods, and back from a view of one's own", () => {
    const base = { command: "audit", options: {} } as const;

    expect(view([]).buttons.map(({ title }) => title)).toEqual(["Refresh", "1 day", "7 days"]);
    expect(view([], { period: "D7", onlyYou: true, base }).buttons.map(({ title }) => title)).toEqual([
      "Back",
      "1 day",
      "30 days",
    ]);
  });
});
