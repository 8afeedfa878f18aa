import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainText } from "../app/channel.ts";
import { elementsOf } from "../render/card-check.ts";
import { buttonOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { NOW, STORIES, scriptOf } from "./stories.ts";

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

/** The lines that rank campaigns. */
function ranked(card: unknown): readonly string[] {
  return (
    elementsOf(card)
      .map(({ text }) => plainText({ text }).trim())
      // A word joiner keeps markdown from making a list of it.
      .flatMap((text) => text.match(/^\u2060?\d\. (.+)$/)?.[1] ?? [])
  );
}

describe.each(Object.entries(STORIES))("%s", (_name, story) => {
  let bot: RunningBot;
  let campaign: unknown;
  beforeAll(async () => {
    const clock = shiftedClock(NOW);
    bot = await startBot({
      clock,
      tenant: { now: () => clock.now(), quota: 1_000, script: scriptOf(story) },
      timings: { answerWithin: 20_000 },
    });
    await bot.say("trend helpdesk");
    campaign = cardOf(await bot.say("campaign"));
  });
  afterAll(() => bot.stop());

  test("gets its campaigns in their order and no other", () => {
    expect(ranked(campaign)).toEqual(story.campaigns);
    expect(plainText(campaign).includes(story.instead ?? "Evidence")).toBe(true);
  });

  test("gets the same advice in the overview", async () => {
    const overview = plainText(cardOf(await bot.say("overview")));

    const [first] = story.campaigns;
    const advice = overview.match(/This week: (.+?)\./)?.[1];
    expect(advice?.toLowerCase()).toBe(first?.toLowerCase());
  });

  test("is told as it is", async () => {
    const cards = new Map<string, string>([
      ["campaign", `${plainText(campaign)} ${JSON.stringify(campaign)}`],
    ]);
    for (const question of [...Object.keys(story.says), ...Object.keys(story.saysNot ?? {})]) {
      cards.set(question, cards.get(question) ?? plainText(cardOf(await bot.say(question))));
    }

    for (const [question, texts] of Object.entries(story.says)) {
      for (const text of texts) {
        expect.soft(cards.get(question)).toMatch(text);
      }
    }
    for (const [question, texts] of Object.entries(story.saysNot ?? {})) {
      for (const text of texts) {
        expect.soft(cards.get(question)).not.toMatch(text);
      }
    }
  });

  test.runIf(story.campaigns.length > 0)("has a text to send for each campaign", async () => {
    const { value } = await bot.press(buttonOf(campaign, "Text to send"));

    expect(ranked(value)).toEqual(story.campaigns);
    expect(plainText(value).match(/A text to send to /g)).toHaveLength(story.campaigns.length);
    expect(plainText(value)).toContain("Only you see this view");
  });
});
