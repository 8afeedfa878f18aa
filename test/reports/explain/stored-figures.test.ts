import { describe, expect, it } from "vitest";
import type { Question } from "../../../src/language/question.ts";
import {
  ofCampaign,
  ofComparison,
  ofHelpdeskTrend,
  ofPeopleTrend,
  ofUsageTrend,
} from "../../../src/reports/explain/stored-figures.ts";
import { type ExplainedStore, explainStoredView } from "../../../src/reports/explain/stored-view.ts";
import type { ReportView } from "../../../src/views/view.ts";
import { NUMBERS } from "../../digest/samples.ts";
import { AUDIENCE, NOW } from "../../views/samples.ts";
import { manyWeeks, peopleTrend, usageTrend } from "../trend/samples.ts";

const { words } = AUDIENCE;
const DAY = 86_400_000;
const REPORTS = "/reports/authenticationMethods";

function view(stored: ExplainedStore, command: Question["command"] = "trend"): ReportView {
  const question = { command, options: {} };
  return explainStoredView(stored, { question, base: question, audience: AUDIENCE });
}

/** What was asked of Graph, and over which time. */
function readOf({ sections }: ReportView): { readonly asked: readonly string[]; readonly window?: string } {
  const [read] = sections;
  const window = read?.facts?.find(({ name }) => name === "Window")?.value;
  return { asked: read?.remarks ?? [], ...(window !== undefined && { window }) };
}

const COMPARISON = {
  reader: "events",
  readAt: NOW,
  period: "D7",
  isShorter: false,
} as const;
const HELPDESK = {
  readAt: NOW,
  asked: 12,
  passwords: { weeks: [], mayGrow: false },
  signIns: { weeks: [], mayGrow: false },
};

describe("how stored figures come about", () => {
  it("names what was asked for tries by week, and from the first week to the last", () => {
    const { asked, window } = readOf(view(ofUsageTrend(usageTrend(manyWeeks(12)), words)));

    expect(asked).toEqual([`GET /beta${REPORTS}/userEventsSummary`]);
    expect(window).toMatch(/^24 Aug.* – 16 Nov/);
  });

  it("names the report that counted people by week", () => {
    const trend = peopleTrend([1, 2], { reader: "summaries", scope: "guests" });

    expect(readOf(view(ofPeopleTrend(trend, words))).asked).toEqual([
      `GET /v1.0${REPORTS}/usersRegisteredByFeature(includedUserTypes='guest',includedUserRoles='all')`,
    ]);
  });

  it("names both reports of days, and single events only where they are shown", () => {
    const calls = [{ week: "2026-W46", from: NOW, to: NOW, numbers: { tries: 1, asked: 0, blocked: 0 } }];

    const { asked, window } = readOf(view(ofHelpdeskTrend(HELPDESK, words)));
    const withCalls = readOf(view(ofHelpdeskTrend({ ...HELPDESK, calls }, words)));

    expect(asked).toEqual([
      `GET /beta${REPORTS}/userPasswordResetsAndChangesSummary`,
      `GET /beta${REPORTS}/userMfaSignInSummary`,
    ]);
    expect(window).toBe("not kept");
    expect(withCalls.asked).toHaveLength(3);
  });

  it("spans both periods of a comparison", () => {
    const at = (days: number): Date => new Date(NOW.getTime() - days * DAY);
    const stored = { since: at(20), now: { from: at(7), to: at(0) }, before: { from: at(14), to: at(7) } };

    const { window } = readOf(view(ofComparison({ ...COMPARISON, stored }, words), "compare"));

    expect(window).toMatch(/^7 Nov.* – 21 Nov/);
    expect(readOf(view(ofComparison(COMPARISON, words), "compare")).window).toBe("not kept");
  });

  it("names for advice only what is known, and the thirty days that failures are taken of", () => {
    const month = { tries: 0, failures: [] };
    const resets = { selfService: 1, byAdmins: 1, mayGrow: false };

    const week = readOf(view(ofCampaign(NUMBERS, NOW, undefined, words), "campaign"));
    const all = readOf(view(ofCampaign({ ...NUMBERS, month, resets }, NOW, "details", words), "campaign"));

    expect(week.asked).toEqual([`GET /beta${REPORTS}/userEventsSummary`]);
    expect(week.window).toMatch(/^9 Nov.* – 16 Nov/);
    expect(all.asked).toHaveLength(3);
    expect(all.asked[1]).toBe(`GET /v1.0${REPORTS}/userRegistrationDetails`);
    expect(all.window).toMatch(/^17 Oct.* – 16 Nov/);
  });

  it("tells the formula of each figure, and leads back to the message", () => {
    const { sections, buttons, onlyYou, title } = view(ofComparison(COMPARISON, words), "compare");

    expect(title).toBe("How these figures come about · This period beside the one before");
    expect(sections[1]?.table?.rows.map(([figure]) => figure)).toEqual(["Now, Before", "Worked"]);
    expect(buttons.map(({ title: button }) => button)).toEqual(["Back"]);
    expect(onlyYou).toBe("Only you see this view");
  });
});
