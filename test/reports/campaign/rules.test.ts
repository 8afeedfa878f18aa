import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignFigures } from "../../../src/digest/campaign-figures.ts";
import { digestView } from "../../../src/digest/digest-view.ts";
import { CAMPAIGN_IDS, CAMPAIGN_PAGES } from "../../../src/reference/campaigns.ts";
import { REASON_PAGES } from "../../../src/reference/reason-pages.ts";
import { en } from "../../../src/reference/words/en.ts";
import { campaignView } from "../../../src/reports/campaign/campaign-view.ts";
import {
  CAMPAIGN_RULES,
  type CampaignFigures,
  campaignsFor,
  isKnown,
} from "../../../src/reports/campaign/rules.ts";
import { lottery, quietWeeks } from "../../digest/quiet-weeks.ts";
import { MODEL, numbersOf, PEOPLE } from "../../digest/samples.ts";
import { AUDIENCE, NOW, usageRow } from "../../views/samples.ts";

const HEALTHY = { people: 400, inScope: 400, capable: 400, phoneOnly: 0 };

function idsFor(figures: CampaignFigures): readonly string[] {
  return campaignsFor(figures).map(({ id }) => id);
}

function failing(group: string, tries: number, of: number, people?: number): CampaignFigures {
  const failure = { group, tries, ...(people !== undefined && { people }) };
  return { people: HEALTHY, resets: { days: 30, tries: of, failures: [failure] } };
}

describe("resets that work less often", () => {
  const before = { successes: 80, failures: 20 };

  it.each([
    ["less than half as often", { successes: 39, failures: 61 }, ["worse", "registration-drive"]],
    ["half as often", { successes: 40, failures: 60 }, ["registration-drive", "worse"]],
    ["not at all", { successes: 0, failures: 500 }, ["worse", "registration-drive"]],
  ])("come before everything where they have stopped: %s", (_what, now, expected) => {
    expect(idsFor({ people: { ...HEALTHY, capable: 100 }, worse: { now, before } })).toEqual(expected);
  });

  it.each([
    ["half of what fails", 50, ["blocked", "worse"]],
    ["less than half of what fails", 49, ["worse", "blocked"]],
  ])("come after the campaign for the reason of %s", (_what, tries, expected) => {
    const worse = { now: { successes: 0, failures: 100 }, before };

    expect(idsFor({ ...failing("too-many-tries", tries, 200, 5), worse })).toEqual(expected);
  });
});

describe("a campaign for a group of people", () => {
  it.each([
    ["nobody", 400, 400, []],
    ["19 people", 60, 41, []],
    ["20 people", 60, 40, ["registration-drive"]],
    ["less than a twentieth", 401, 381, []],
    ["a twentieth", 400, 380, ["registration-drive"]],
    ["nobody in scope", 0, 0, []],
  ])("is suggested from twenty and a twentieth on: %s", (_what, inScope, capable, expected) => {
    expect(idsFor({ people: { ...HEALTHY, people: 500, inScope, capable } })).toEqual(expected);
  });

  it.each([
    [19, 100, []],
    [20, 400, ["passkey"]],
    [20, 401, []],
  ])("invites %d of %d people with a phone alone to a passkey, or not", (phoneOnly, people, expected) => {
    expect(idsFor({ people: { people, inScope: 0, capable: 0, phoneOnly } })).toEqual(expected);
  });
});

describe("a campaign for tries that failed", () => {
  const GROUPS = [
    ["on-premises", "writeback"],
    ["policy", "scope"],
    ["licence", "licence"],
    ["set-up", "second-method"],
    ["password", "password-rules"],
    ["contacted-admin", "helpdesk"],
    ["too-many-tries", "blocked"],
  ] as const;

  it.each(GROUPS)("for %s is %s, from twenty tries and a twentieth on", (group, id) => {
    expect(idsFor(failing(group, 19, 19))).toEqual([]);
    expect(idsFor(failing(group, 20, 401))).toEqual([]);
    expect(idsFor(failing(group, 20, 400))).toEqual([id]);
    expect(idsFor(failing(group, 20, 400, 20))).toEqual([id]);
  });

  it("is not for fewer than twenty people, but where their blocked tries may be an attack", () => {
    expect(GROUPS.flatMap(([group]) => idsFor(failing(group, 300, 400, 19)))).toEqual(["blocked"]);
  });

  it.each(["abandoned", "canceled", "device", "system", "new-texts", "no-reason", "anything"])(
    "does not exist for %s, which no campaign helps against",
    (group) => {
      expect(idsFor(failing(group, 400, 400, 400))).toEqual([]);
    },
  );
});

describe("administrators who reset passwords", () => {
  it.each([
    [19, 0, []],
    [20, 60, ["helpdesk"]],
    [20, 61, []],
  ])("%d times beside %d by people are a campaign, or not", (byAdmins, selfService, expected) => {
    expect(idsFor({ byWhom: { byAdmins, selfService } })).toEqual(expected);
  });
});

describe("the order", () => {
  const ALL: CampaignFigures = {
    people: { people: 1_000, inScope: 500, capable: 470, phoneOnly: 600 },
    resets: {
      days: 30,
      tries: 1_000,
      failures: [
        { group: "licence", tries: 80, people: 70 },
        { group: "policy", tries: 400 },
        { group: "on-premises", tries: 90, people: 70 },
      ],
    },
    worse: { now: { successes: 60, failures: 40 }, before: { successes: 90, failures: 10 } },
  };

  it("puts what fails before what is weak, more people first, and uncounted people last", () => {
    expect(idsFor(ALL)).toEqual(["writeback", "licence", "registration-drive", "scope", "worse", "passkey"]);
  });

  it("does not depend on the order of the figures", () => {
    const { resets } = ALL;
    const turned = resets && { ...ALL, resets: { ...resets, failures: resets.failures.toReversed() } };

    expect(turned && idsFor(turned)).toEqual(idsFor(ALL));
  });

  it("never suggests anything without figures, nor from fewer than twenty of anything", () => {
    const few = fc.nat(19);
    const figures = fc.record({
      people: fc.record({ people: few, inScope: few, capable: fc.constant(0), phoneOnly: few }),
      resets: fc.record({
        days: fc.constant(30 as const),
        tries: few,
        failures: fc.array(
          fc.record({ group: fc.constantFrom(...Object.keys(REASON_PAGES)), tries: few, people: few }),
        ),
      }),
      byWhom: fc.record({ selfService: few, byAdmins: few }),
    });

    fc.assert(fc.property(figures, (some) => idsFor(some).length === 0));
    expect(idsFor({})).toEqual([]);
  });
});

describe("the table of campaigns", () => {
  it("has one rule, words and a page of Microsoft for each", () => {
    expect(CAMPAIGN_RULES.map(({ id }) => id).toSorted()).toEqual(CAMPAIGN_IDS.toSorted());
    expect(
      [...Object.values(CAMPAIGN_PAGES), ...Object.values(REASON_PAGES)].filter(
        (url) =>
          !/^https:\/\/(?:learn\.microsoft\.com\/entra\/identity\/authentication|aka\.ms)\/[\w-]+$/.test(url),
      ),
    ).toEqual([]);
  });

  it("advises SMS or voice nowhere", () => {
    const texts = Object.values(en.campaign.campaigns).flatMap(({ task, first, text }) => [
      task("20", "Email"),
      first,
      text,
    ]);

    expect(texts.filter((text) => /\bSMS\b|voice/i.test(text))).toEqual([]);
    expect(texts.filter((text) => /text message/.test(text))).toEqual([
      expect.stringContaining("safer and quicker than codes by text message"),
    ]);
  });
});

describe("half a year in which nothing happens", () => {
  it.each([1, 20, 300])("has no urgent sentence in 26 of 26 weeks (seed %d)", (seed) => {
    const draw = lottery(seed);
    const rates = { email: 0.84, sms: 0.78, microsoftAuthenticatorPush: 0.93, mobileCall: 0.6 };
    const methods = Object.entries(rates).map(([method, rate]) => ({
      method,
      weeks: quietWeeks({ weeks: 27, tries: 200, rate, draw }),
    }));
    const rowsOf = (index: number) =>
      methods.map(({ method, weeks }) => {
        const { successes, failures } = weeks[index] ?? { successes: 0, failures: 0 };
        return usageRow("reset", method, successes, failures);
      });
    const counts = { ...PEOPLE, people: 900, inScope: 900, capable: 880, phoneOnly: 19 };

    const said = Array.from({ length: 26 }, (_unused, index) => {
      const numbers = {
        ...numbersOf(rowsOf(index + 1), rowsOf(index)),
        people: { readAt: NOW.toISOString(), counts },
        month: { tries: 3_200, failures: [{ group: "abandoned", tries: 500, people: 300 }] },
      };
      const figures = campaignFigures(numbers, en);
      const chat = campaignView({
        ...{ figures, readAt: NOW, audience: AUDIENCE },
        question: { command: "campaign", options: {} },
      });
      const digest = digestView({ ...MODEL, numbers });
      return [chat.headline, "advice" in digest ? digest.advice : undefined, isKnown(figures)];
    });

    const nothing = "Nothing urgent this week.";
    expect(said).toEqual(Array.from({ length: 26 }, () => [nothing, nothing, true]));
  });
});

describe("a digest of an earlier version", () => {
  it("advises by the reasons of its own week, as it keeps no thirty days", () => {
    const numbers = numbersOf([usageRow("reset", "email", 300, 60)], [usageRow("reset", "email", 300, 60)]);
    const { tries } = numbers;
    const week = tries && { ...tries.week, resetFailures: [{ reason: "no-licence", count: 40 }] };
    const counts = { ...PEOPLE, capable: PEOPLE.inScope };

    const view = digestView({
      ...MODEL,
      numbers: {
        ...numbers,
        people: { readAt: NOW.toISOString(), counts },
        ...(tries && week && { tries: { ...tries, week } }),
      },
    });

    expect(view).toMatchObject({ advice: "This week: close the licence gap of password reset." });
  });
});
