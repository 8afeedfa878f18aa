import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { message, textOf } from "../support/activities.ts";
import { type Connector, startConnector } from "../support/connector.ts";
import { type RunningBot, sealed, startBot } from "../support/running-bot.ts";

/** What a bot answers at once; the constants of `TURN_LIMITS`. */
const PLACES = 32;
const REFUSALS = 4;
const HELP = { title: "Help", verb: "ask", data: { v: 1, question: { command: "help", options: {} } } };

let bot: RunningBot;
/** Takes every request and answers none, until it is closed. */
let stuck: Connector;
let isStuck = false;
/** What was asked there; each ends when it is closed. */
let asked: Promise<unknown>[];

beforeEach(async () => {
  const patience = 60_000;
  asked = [];
  stuck = await startConnector();
  stuck.behave("hang");
  isStuck = true;
  bot = await startBot({
    tenant: { people: 1 },
    settings: { QUEUE_LIMIT: "1" },
    timings: { sendDeadline: patience, turnLimit: patience },
  });
});

afterEach(async () => {
  await release();
  await bot.stop();
});

async function release(): Promise<void> {
  if (isStuck) {
    isStuck = false;
    await stuck.close();
  }
  await Promise.all(asked);
}

/** Has so many questions keep what they have taken: a place, or the way of a refusal. */
async function hold(count: number): Promise<void> {
  const before = stuck.sent.length;
  for (let index = 0; index < count; index += 1) {
    asked.push(bot.post(question(`a:held-${before + index}`, { serviceUrl: stuck.serviceUrl })));
  }
  await stuck.waitFor(before + count);
}

function question(chat: string, fields: object = {}): object {
  const conversation = { id: chat, conversationType: "personal", tenantId: bot.tenant.tenantId };
  return message(bot.connector.serviceUrl, "help", { conversation, ...fields });
}

/** Resolves when a question waits in the queue. */
async function queue(chat: string): Promise<void> {
  asked.push(bot.post(question(chat)));
  await until(async () => (await metric('authpulse_turns{state="waiting"}')) === "1");
}

function sentTo(chat: string): readonly string[] {
  return bot.connector.sent
    .filter(({ conversationId }) => conversationId === chat)
    .map(({ body }) => textOf(body.attachments?.[0]?.content));
}

async function metric(line: string): Promise<string | undefined> {
  const text = await (await fetch(`${bot.url}/metrics`)).text();
  return text
    .split("\n")
    .find((one) => one.startsWith(line))
    ?.slice(line.length + 1);
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("a bot that is asked more than it can answer", () => {
  test("answers what waits in its queue, and tells whoever asks beyond it to ask again", async () => {
    await hold(PLACES);
    await queue("a:waiting");

    const { status } = await bot.post(question("a:refused"));
    const pressed = await bot.press(sealed(HELP));
    const health = await fetch(`${bot.url}/healthz`);
    const sentMeanwhile = bot.connector.sent.map(({ conversationId }) => conversationId);
    await release();

    expect(status).toBe(200);
    expect(sentMeanwhile).toEqual(["a:refused"]);
    expect(sentTo("a:refused")).toEqual([
      "Too much is asked of AuthPulse at once\nPlease ask again in a minute.",
    ]);
    expect(pressed.value).toBe("Too much is asked of AuthPulse at once. Please ask again in a minute.");
    expect(health.status).toBe(200);
    expect(sentTo("a:waiting")).toEqual([expect.stringContaining("help")]);
    expect(await metric('authpulse_turn_duration_seconds_count{kind="message",outcome="busy"}')).toBe("1");
    expect(await metric('authpulse_turn_duration_seconds_count{kind="invoke",outcome="busy"}')).toBe("1");
  });

  test("tells Teams to come again where it cannot tell the person, and answers then", async () => {
    await hold(PLACES);
    await queue("a:waiting");
    await hold(REFUSALS);

    const overflow = await fetch(`${bot.url}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(question("a:again", { id: "the same" })),
    });
    await release();
    const sentBefore = sentTo("a:again");
    const { status } = await bot.post(question("a:again", { id: "the same" }));

    expect(overflow.status).toBe(503);
    expect(overflow.headers.get("retry-after")).toBe("5");
    expect(sentBefore).toEqual([]);
    expect(status).toBe(200);
    expect(sentTo("a:again")).toHaveLength(1);
    expect(await metric('authpulse_turn_duration_seconds_count{kind="other",outcome="overflow"}')).toBe("1");
    expect(bot.log.map(({ message: line }) => line)).toContainEqual(
      expect.stringContaining("too much is asked at once"),
    );
  });

  test("gives a refusal back to Teams where Teams does not take it", async () => {
    await hold(PLACES);
    await queue("a:waiting");
    bot.connector.behave({ status: 429, body: { error: { code: "Throttled" } } });

    const refused = await bot.post(question("a:refused"));
    bot.connector.behave(undefined);

    expect(refused.status).toBe(503);
  });

  test("answers the questions of a chat in their order, the quick one after the slow one", async () => {
    bot.tenant.faults.add({ kind: "slow", path: "checkMemberObjects", times: 1, milliseconds: 1_000 });
    const slow = bot.post(question("a:one", { text: "who am i" }));
    await until(async () => (await metric('authpulse_turns{state="running"}')) === "1");

    const another = { from: { id: "29:other", name: "Jo", aadObjectId: randomUUID() } };
    await bot.post(question("a:one", another));
    await slow;

    const [first, second] = sentTo("a:one");
    expect(first).toContain("AuthPulse");
    expect(first).not.toBe(second);
    expect(second).toBe(await helpFor(another));
  });
});

/** What the same question is answered with where nobody else asks. */
async function helpFor(asker: object): Promise<string | undefined> {
  await bot.post(question("a:alone", asker));
  return sentTo("a:alone")[0];
}
