import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainText } from "../app/channel.ts";
import { elementsOf } from "../render/card-check.ts";
import { buttonOf } from "../support/activities.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { ask, askAnew, PATIENT } from "./asking.ts";
import { STORIES, type Story, scriptAt, scriptOf, timeOf } from "./stories.ts";

/** The lines that rank campaigns. */
function ranked(card: unknown): readonly string[] {
  return (
    elementsOf(card)
      .map(({ text }) => plainText({ text }).trim())
      // A word joiner keeps markdown from making a list of it.
      .flatMap((text) => text.match(/^\u2060?\d\. (.+)$/)?.[1] ?? [])
  );
}

async function toldBy(story: Story): Promise<RunningBot> {
  const { earlier = [] } = story;
  const clock = shiftedClock(timeOf(story, earlier.length));
  const bot = await startBot({
    clock,
    tenant: { now: () => clock.now(), quota: 1_000 },
    timings: PATIENT,
    token: { kind: "app", lifetimeSeconds: 400 * 86_400 },
  });
  for (const [index, members] of earlier.entries()) {
    clock.moveTo(timeOf(story, earlier.length - index));
    bot.tenant.switches.script = scriptAt(clock.now(), [], members);
    await askAnew(bot, "methods");
  }
  clock.moveTo(timeOf(story));
  bot.tenant.switches.script = scriptOf(story);
  if (earlier.length > 0) {
    await askAnew(bot, "methods");
  }
  return bot;
}

/** What a card says happened to resets, and what it advises. */
function gist(card: unknown): object {
  const text = plainText(card);
  return {
    change: text.match(/worked less often|worked more often|no clear change/)?.[0],
    rate: text.match(/(\d+ %)(?: of reset tries| of tries)/)?.[1],
    advice: text.match(/This week: (.+?)\./)?.[1] ?? text.match(/Nothing urgent this week\./)?.[0],
    announced: text.match(/(?:Since|From) .*, as announced: .*/)?.[0],
  };
}

describe.each(Object.entries(STORIES))("%s", (_name, story) => {
  let bot: RunningBot;
  let campaign: unknown;
  beforeAll(async () => {
    bot = await toldBy(story);
    await ask(bot, "trend helpdesk");
    campaign = await ask(bot, "campaign");
  }, 90_000);
  afterAll(() => bot.stop());

  test("gets its campaigns in their order and no other", () => {
    expect(ranked(campaign)).toEqual(story.campaigns);
    expect(plainText(campaign).includes(story.instead ?? "Evidence")).toBe(true);
  });

  test("is the same story in the overview and in the digest", async () => {
    const overview = await ask(bot, "overview");
    const digest = await ask(bot, "digest preview");

    const [first] = story.campaigns;
    const advice = plainText(overview).match(/This week: (.+?)\./)?.[1];
    expect(advice?.toLowerCase()).toBe(first?.toLowerCase());
    expect(gist(digest)).toEqual(gist(overview));
    expect(plainText(digest)).toContain("Adoption digest");
  });

  test("is told as it is", async () => {
    const cards = new Map<string, string>([
      ["campaign", `${plainText(campaign)} ${JSON.stringify(campaign)}`],
    ]);
    for (const question of [...Object.keys(story.says), ...Object.keys(story.saysNot ?? {})]) {
      cards.set(question, cards.get(question) ?? plainText(await ask(bot, question)));
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
