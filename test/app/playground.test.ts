import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Demo, startDemo } from "../../src/demo/demo.ts";
import { buttonOf, textOf } from "../support/activities.ts";
import { type HeadlessPlayground, openPlayground, type Shown } from "../support/playground.ts";

let demo: Demo;
let teams: HeadlessPlayground;

beforeAll(async () => {
  demo = await startDemo({
    environment: process.env,
    ports: { bot: 0, playground: 0 },
    refreshAfter: 0,
    tenant: { people: 400 },
    withoutHistory: true,
  });
  teams = await openPlayground(demo.page);
});

afterAll(async () => {
  await teams?.close();
  await demo?.stop();
});

function says(conversationId: string, words: RegExp): (message: Shown) => boolean {
  return (message) => message.conversationId.startsWith(conversationId) && words.test(textOf(message.card));
}

describe("through the Playground's connector", () => {
  test.each([
    ["personal-chat-id", "sspr usage by method"],
    ["group-chat-id", "<at>AuthPulse</at> sspr usage by method"],
  ])("%s gets the card", async (place, text) => {
    await teams.say(place, text);

    const { card } = await teams.shown(says(place, /Password resets: \d+\s%/));

    expect(textOf(card)).toMatch(/SSPR usage by method/);
  });

  test("a channel gets the card as a reply to the message that mentions the bot", async () => {
    await teams.say("team-id", "<at>AuthPulse</at> sspr usage by feature");

    const { conversationId } = await teams.shown(says("team-id", /SSPR usage by feature/));

    expect(conversationId).toContain("team-id");
  });

  test("another period is shown to the presser, Refresh edits the message", async () => {
    await teams.say("personal-chat-id", "sspr usage by method");
    const posted = await teams.shown(says("personal-chat-id", /Last 30 days/));

    const week = await teams.press(posted, buttonOf(posted.card, "7 days"));
    const refreshed = await teams.press(posted, buttonOf(posted.card, "Refresh"));

    expect(textOf(week.value)).toMatch(/Rolling 7 days/);
    expect(textOf(refreshed.value)).toMatch(/refreshed/i);
    const edited = await teams.shown(
      (message) => message.id === posted.id && /refreshed/i.test(textOf(message.card)),
    );
    expect(edited.conversationId).toBe(posted.conversationId);
  });
});
