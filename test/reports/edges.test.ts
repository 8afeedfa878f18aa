import { describe, expect, it } from "vitest";
import { digestView } from "../../src/digest/digest-view.ts";
import type { PeopleCounts, PeopleReading, PhoneUsers } from "../../src/ports/people.ts";
import type { UsageRow, UsageSum } from "../../src/ports/usage.ts";
import { SERVICE_CHANGES } from "../../src/reference/service-changes.ts";
import { bestMethodsView } from "../../src/reports/best-methods/best-methods-view.ts";
import { rankMethods } from "../../src/reports/best-methods/ranking.ts";
import { campaignView } from "../../src/reports/campaign/campaign-view.ts";
import type { CampaignFigures } from "../../src/reports/campaign/rules.ts";
import { failuresView } from "../../src/reports/failures/failures-view.ts";
import {
  type PhoneRetirementAnswer,
  phoneRetirementView,
} from "../../src/reports/phone-retirement/phone-retirement-view.ts";
import { callSections, type HelpdeskCalls } from "../../src/reports/trend/helpdesk-calls.ts";
import { usageView } from "../../src/reports/usage/usage-view.ts";
import { createDays } from "../../src/views/days.ts";
import { createFormat } from "../../src/views/format.ts";
import type { ReportView } from "../../src/views/view.ts";
import { MODEL, numbersOf } from "../digest/samples.ts";
import { GUESTS, MEMBERS, readingOf, sumOf } from "../views/people-samples.ts";
import { AUDIENCE, NOW, snapshotOf, usageRow } from "../views/samples.ts";
import { phoneTrend } from "./phone-retirement/samples.ts";

const NBSP = "\u00a0";

function bestMethods(...rows: UsageRow[]): ReportView {
  return bestMethodsView({
    snapshot: snapshotOf(rows),
    before: { since: new Date("2026-09-01T00:00:00Z"), rows: [] },
    question: { command: "best-methods", options: {} },
    audience: AUDIENCE,
    changes: SERVICE_CHANGES,
  });
}

function failures(...sums: UsageSum[]): ReportView {
  return failuresView({
    snapshot: snapshotOf([]),
    sums,
    question: { command: "failures", options: {} },
    audience: AUDIENCE,
    showUnknownTexts: false,
  });
}

function campaign(figures: CampaignFigures, smallGroupFloor = 0, phoneUsers?: PhoneUsers["D30"]): ReportView {
  return campaignView({
    ...(phoneUsers && { phoneUsers }),
    ...{ figures, readAt: NOW, audience: { ...AUDIENCE, smallGroupFloor } },
    question: { command: "campaign", options: {} },
  });
}

function phones(more: Partial<PhoneRetirementAnswer> = {}): ReportView {
  return phoneRetirementView({
    reading: readingOf(),
    question: { command: "phone-retirement", options: {} },
    audience: AUDIENCE,
    changes: SERVICE_CHANGES,
    isOwnProvider: false,
    ...more,
  });
}

function remarksOf({ sections }: ReportView): string {
  return sections.flatMap(({ remarks }) => remarks).join("\n");
}

describe("methods of which no try worked", () => {
  const rows = [
    usageRow("reset", "sms", 0, 500),
    usageRow("reset", "email", 0, 300),
    usageRow("registration", "sms", 0, 40),
  ];

  it("are ranked by their tries, as they are level", () => {
    for (const tries of [20, 37, 100, 300, 1_234, 50_000]) {
      const methods = [
        { label: "Fewer", successes: 0, failures: tries },
        { label: "More", successes: 0, failures: tries + 7 },
      ];

      expect(rankMethods(methods).ranked.map(({ label, low }) => [label, low])).toEqual([
        ["More", 0],
        ["Fewer", 0],
      ]);
    }
  });

  it("are not called reliable, the first and the only one neither", () => {
    const view = bestMethods(...rows);

    expect(view.sections.map(({ headline }) => headline)).toEqual([
      "Password resets: no method with enough tries for a rank is reliable, none of their tries worked.",
      "Registrations: no method with enough tries for a rank is reliable, none of their tries were finished.",
    ]);
    expect(`${view.headline} ${remarksOf(view)}`).not.toMatch(/stands first|only SMS|Reliable is not secure/);
  });
});

describe("the most reliable of millions of tries", () => {
  it("does not lead by a difference that no figure beside it shows", () => {
    const view = bestMethods(
      usageRow("reset", "sms", 9_010_000, 990_000),
      usageRow("reset", "email", 9_000_000, 1_000_000),
    );

    expect(view.sections[0]?.headline).toBe(
      `Password resets: SMS stands first, but not clearly before Email: 90${NBSP}% of 10,000,000 tries worked.`,
    );
  });

  it("leads by two points", () => {
    const view = bestMethods(
      usageRow("reset", "sms", 9_200_000, 800_000),
      usageRow("reset", "email", 9_000_000, 1_000_000),
    );

    expect(view.sections[0]?.headline).toContain("SMS is the most reliable method");
  });
});

describe("what is new at Microsoft", () => {
  it("is named where there are too many features to show", () => {
    const view = bestMethods(...["a", "b", "c", "d"].map((feature) => usageRow(feature, "sms", 30, 3)));

    expect(view.notices).toContain(
      "Features with tries that are not listed: c (new at Microsoft), d (new at Microsoft).",
    );
  });

  it("is one other where one is left of a list", () => {
    const methods = Array.from({ length: 11 }, (_unused, index) => usageRow("reset", `m${index}`, 1, 1));
    const features = Array.from({ length: 13 }, (_unused, index) => usageRow(`f${index}`, "sms", 30, 3));

    expect(remarksOf(bestMethods(...methods))).toMatch(/, 1 other\.$/m);
    expect(bestMethods(...features).notices.join("\n")).toMatch(/, 1 other\.$/m);
  });
});

describe("a single try", () => {
  const worked = snapshotOf([usageRow("reset", "sms", 1, 0), usageRow("registration", "sms", 0, 1)]);

  it("is one in usage, failures and the digest", () => {
    const usage = usageView({
      ...{ snapshot: worked, audience: AUDIENCE },
      question: { command: "usage", options: { by: "method" } },
    });
    const digest = digestView({ ...MODEL, numbers: numbersOf([usageRow("reset", "sms", 1, 0)]) });

    expect(usage.sections.map(({ headline }) => headline)).toEqual([
      "Password resets: 1 of 1 try worked",
      "Registrations: 0 of 1 try was finished",
    ]);
    expect(failures(sumOf("", 1, { isSuccess: true })).sections[0]?.headline).toBe(
      "Password resets: the one try did not fail.",
    );
    expect(failures(sumOf("no-licence", 1)).sections[0]?.headline).toBe(
      "Password resets: 1 of 1 try failed.",
    );
    expect(digest.headline).toContain("1 of 1 reset try worked.");
  });

  it("is one in resets by phone", () => {
    const tries = snapshotOf([usageRow("reset", "sms", 1, 0)]);

    expect(phones({ tries }).sections.map(({ headline }) => headline)).toContain(
      "Password resets by phone, 22 Oct – 21 Nov 2026: 1 of 1 try.",
    );
  });

  it("is one among calls to the helpdesk, and a week without any has its reason", () => {
    expect(callsHeadline({ tries: 1, asked: 1, blocked: 0 })).toBe(
      "Of 1 reset try in week 46, 1 ended with the person asking an administrator and 0 in a block for 24 hours.",
    );
    expect(callsHeadline({ tries: 0, asked: 0, blocked: 0 })).toBe(
      "No reset tries in week 46. That can be real, or Microsoft does not collect reset data for this tenant.",
    );
  });

  function callsHeadline(numbers: HelpdeskCalls): string | undefined {
    const inUtc = { ...AUDIENCE, timeZone: "UTC" };
    const span = { from: new Date("2026-11-09T00:00:00Z"), to: new Date("2026-11-16T00:00:00Z") };
    const telling = { format: createFormat(inUtc), days: createDays(inUtc), words: AUDIENCE.words };
    const [section] = callSections([{ week: "2026-W46", ...span, numbers }], { ...telling, changes: [] });
    return section?.headline;
  }
});

describe("seven days before that were not read in full", () => {
  it("are told in a sentence that fits a week as well", () => {
    const numbers = numbersOf([usageRow("reset", "sms", 30, 3)]);
    const { tries } = numbers;
    const before = tries && { ...tries, before: { ...tries.before, covered: false } };
    const view = digestView({
      ...MODEL,
      kind: "overview",
      numbers: { ...numbers, ...(before && { tries: before }) },
    });

    expect(view).toMatchObject({
      news: expect.arrayContaining(["Nothing to compare with: not all of the 7 days before was read."]),
    });
  });
});

describe("the announced days for phones", () => {
  it.each([
    ["2027-01-30T00:00:00Z", "2 days are left."],
    ["2027-01-30T00:00:01Z", "2 days are left."],
    ["2027-01-31T00:00:00Z", "1 day is left."],
    ["2027-01-31T23:59:59Z", "1 day is left."],
    ["2028-02-28T12:00:00Z", undefined],
  ])("are told as of %s", (now, left) => {
    const view = phones({ audience: { ...AUDIENCE, now: new Date(now) } });

    const [line = ""] = view.sections.find(({ headline }) => headline === "Microsoft's dates")?.remarks ?? [];
    expect(line).toMatch(left === undefined ? /^Since 1 Feb 2027/ : /^From 1 Feb 2027/);
    expect(line.endsWith(left ?? "(MC1426371).")).toBe(true);
  });

  it("count 29 February", () => {
    const changes = [{ id: "phone-delivery-ends", date: "2028-03-01", bends: [] }];
    const view = phones({ changes, audience: { ...AUDIENCE, now: new Date("2028-02-28T00:00:00Z") } });

    expect(remarksOf(view)).toContain("2 days are left.");
  });

  it("leave somebody where it is done a day too late", () => {
    const falling = Array.from({ length: 12 }, (_unused, week) => 120 - 10 * week - (week % 2));
    const [count = 0] = falling.slice(-1);
    const reading = readingOf({ scopes: { members: { ...MEMBERS, phoneOnly: count } } });
    const trend = phoneTrend(falling);
    const newest = trend.weeks.at(-1);
    const readAt = newest && "numbers" in newest ? newest.numbers.readAt : NOW;
    const lefts = [5, 6, 7, 8, 9].flatMap((days) => {
      const date = new Date(readAt.getTime() + days * 86_400_000).toISOString().slice(0, 10);
      const changes = [{ id: "phone-delivery-ends", date, bends: [] }];
      return remarksOf(phones({ reading, trend, changes })).match(/pace (\S+) would be left/)?.[1] ?? [];
    });

    expect(lefts.length).toBeGreaterThan(0);
    expect(lefts).not.toContain("0");
  });
});

describe("a tenant without members", () => {
  const nobody: PeopleCounts = {
    ...{ people: 0, ssprRegistered: 0, ssprEnabled: 0, ssprCapable: 0, mfaRegistered: 0, phoneOnly: 0 },
    ...{ methods: {}, leftOut: { guests: 700 } },
  };

  it.each<[string, PeopleReading["scopes"]]>([
    ["guests alone", { members: nobody, guests: { ...GUESTS, phoneOnly: 300 }, admins: nobody }],
    ["nobody at all", { members: nobody }],
  ])("is told that nobody is counted, and not a share of nobody: %s", (_who, scopes) => {
    const view = phones({ reading: readingOf({ scopes }) });

    expect(view.headline).toBe("Nobody is counted for members.");
    expect(view.sections[0]?.headline).toBe(view.headline);
  });
});

describe("what a campaign says of its figures", () => {
  const people = { people: 400, inScope: 400, capable: 360, phoneOnly: 30 };

  it("is English also where the number of people is kept back", () => {
    const { headline, sections } = campaign({ people }, 100);

    expect(headline).toBe("What would help most: remind the people in scope who cannot reset yet.");
    expect(sections[1]?.headline).toBe(
      "2. Invite the people whose only second method is a phone to add a passkey",
    );
    expect(sections[0]?.facts?.[1]?.value).toBe(
      "fewer than 100 of 400 people in scope cannot reset their password.",
    );
  });

  it("names the period before as other answers do", () => {
    const worse = { now: { successes: 80, failures: 120 }, before: { successes: 180, failures: 20 } };

    expect(campaign({ worse }).sections[0]?.facts?.[1]?.value).toBe(
      `Resets worked less often: 40${NBSP}% of 200 tries, 90${NBSP}% of 200 tries in the 7 days before.`,
    );
  });

  it("is said of one person as of many", () => {
    const lines = [1, 30].map((people) => {
      const figures = { people: { people: 400, inScope: 400, capable: 400, phoneOnly: 30 } };
      return remarksOf(campaign(figures, 0, { people, withStrong: 1 }));
    });

    expect(lines).toEqual([
      "1 person used a phone for a reset or a registration in 30 days; 1 of them has registered something better.",
      "30 people used a phone for a reset or a registration in 30 days; 1 of them has registered something better.",
    ]);
  });

  it("stands beside all the thresholds that it had to pass", () => {
    const text = campaign({ byWhom: { byAdmins: 20, selfService: 60 } }).explanations.join(" ");

    expect(text).toMatch(
      /20 people or tries .* a twentieth of the whole; resets by administrators from a quarter/,
    );
  });
});
