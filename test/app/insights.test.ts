import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buttonOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { plainText } from "./channel.ts";

const NOW = new Date("2026-11-21T13:32:00Z");

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

function started(settings: Record<string, string> = {}): Promise<RunningBot> {
  const clock = shiftedClock(NOW);
  return startBot({
    clock,
    tenant: { now: () => clock.now(), people: 60, quota: 1_000 },
    timings: { answerWithin: 8_000 },
    settings,
  });
}

describe("what succeeds, and who depends on a phone", () => {
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await started({ SMALL_GROUP_FLOOR: "0" });
  });
  afterAll(() => bot.stop());

  async function ask(words: string): Promise<unknown> {
    return cardOf(await bot.say(words));
  }

  test("methods are ranked from the numbers that usage shows", async () => {
    const usage = plainText(await ask("sspr usage by method"));
    const best = await ask("which method works best");

    const [, percent, tries] = plainText(best).match(/Password resets: .*?(\d+).% of ([\d,]+) tries/) ?? [];
    expect(plainText(best)).toContain("Methods by reliability");
    expect(usage).toContain(`${percent} %`);
    expect(Number(tries?.replaceAll(",", ""))).toBeGreaterThanOrEqual(20);
    expect(plainText(best)).toContain("Nothing to compare with: that needs 60 days");
  });

  test("another period and its making are for the presser", async () => {
    const best = await ask("best methods for resets");

    const week = await bot.press(buttonOf(best, "7 days"));
    const explained = await bot.press(buttonOf(best, "Explain"));

    expect(plainText(week.value)).toContain("Rolling 7 days");
    expect(plainText(explained.value)).toContain("Wilson interval");
    expect(plainText(explained.value)).toContain("Only you see this view");
  });

  test("phones are counted, with administrators and guests apart and both dates", async () => {
    const card = await ask("phone retirement");
    const text = plainText(card);

    expect(text).toMatch(/A phone is the only second method of .* of \d+ members/);
    expect(text).toContain("Of them administrators");
    expect(text).toContain("Guests");
    expect(text).toContain("From 1 Feb 2027, as announced:");
    expect(text).toContain("From 1 Jul 2027, as announced:");
    expect(text).toMatch(/Password resets by phone, .*: [\d,]+ of [\d,]+ tries/);
    expect(text).toContain("Too few whole weeks are counted for a pace: 0 of 8.");
    expect(plainText((await bot.press(buttonOf(card, "Explain"))).value)).toContain(
      "userRegistrationDetails",
    );
  });
});

describe("how figures that are put together come about", () => {
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await started();
  });
  afterAll(() => bot.stop());

  test.each([
    ["trend", "Password resets by week", "userEventsSummary", "the last whole week beside the first one"],
    ["trend registration", "People registered by week", "userRegistrationDetails", "its last count"],
    ["trend helpdesk", "by week", "userMfaSignInSummary", "passwordResetsByAdminCount"],
    ["compare", "This period beside the one before", "userEventsSummary", "two-proportion test"],
    ["campaign", "What would help most", "userRegistrationDetails", "isSsprEnabled, less those"],
  ])("is told by %s to the presser", async (question, report, endpoint, formula) => {
    const card = cardOf(await bot.say(question));

    const { value } = await bot.press(buttonOf(card, "Explain"));

    const text = plainText(value);
    expect(text).toMatch(new RegExp(`How these figures come about · .*${report}`));
    expect(text).toMatch(new RegExp(`GET /\\S+/${endpoint}`));
    expect(text).toContain(formula);
    expect(text).toContain("Only you see this view");
    expect(plainText((await bot.press(buttonOf(value, "Back"))).value)).toContain(report);
  });

  test.each(["sspr usage by method", "compare 7 days"])(
    "leads from %s to the best methods",
    async (question) => {
      const card = cardOf(await bot.say(question));

      const { value } = await bot.press(buttonOf(card, "Best methods"));

      expect(plainText(value)).toContain("Methods by reliability");
    },
  );
});

test("who used a phone is known where tries and people are read for one answer", async () => {
  const bot = await started({ SMALL_GROUP_FLOOR: "0" });
  onTestFinished(() => bot.stop());

  const campaign = plainText(cardOf(await bot.say("campaign")));
  const phones = plainText(cardOf(await bot.say("phone retirement")));

  expect(phones).toMatch(/members? with a stronger method used a phone in the last 30 days/);
  expect(campaign.includes("used a phone")).toBe(campaign.includes("add a passkey"));
});

test("a tenant with its own telephony provider reads no date anywhere", async () => {
  const bot = await started({ PHONE_PROVIDER: "own" });
  onTestFinished(() => bot.stop());

  const phones = plainText(cardOf(await bot.say("phone retirement")));
  const best = plainText(cardOf(await bot.say("best methods")));

  expect(phones).toContain("this tenant has its own telephony provider (PHONE_PROVIDER=own)");
  expect(`${phones}${best}`).not.toMatch(/2027|retiring/);
});
