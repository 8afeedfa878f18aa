import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { buttonOf, buttonsOf, TENANT, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, sealed, startBot } from "../support/running-bot.ts";

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({ timings: { answerWithin: 8_000 } });
});

afterAll(() => bot.stop());

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

/** Success and failure per table row of a feature, read from the card as a person would. */
function figuresOf(card: unknown, feature: string): readonly [string, number, number][] {
  const text = textOf(card).split("\n");
  const start = text.findIndex((line) => line.startsWith(feature));
  const rows: [string, number, number][] = [];
  for (let index = text.indexOf("Method", start) + 4; /^[\d,]+$/.test(text[index + 1] ?? ""); index += 4) {
    const [name = "", ok = "", failed = ""] = text.slice(index);
    rows.push([name, Number(ok.replaceAll(",", "")), Number(failed.replaceAll(",", ""))]);
  }
  return rows;
}

function sumOf(counts: readonly (readonly number[])[]): { readonly ok: number; readonly failed: number } {
  const ok = counts.reduce((sum, [count = 0]) => sum + count, 0);
  return { ok, failed: counts.reduce((sum, [, count = 0]) => sum + count, 0) };
}

describe("a person in a personal chat", () => {
  test("gets Graph's own numbers as a card", async () => {
    const sent = await bot.say("sspr usage by method");

    const card = cardOf(sent);
    const answer = await fetch(
      `${bot.tenant.url}/beta/reports/authenticationMethods/userRegistrationActivity(period='d30')`,
      {
        headers: {
          authorization: `Bearer ${bot.tenant.token("delegated")}`,
          prefer: "include-unknown-enum-members",
        },
      },
    );
    const { value } = (await answer.json()) as {
      value: { feature: string; successfulActivityCount: number; failureActivityCount: number }[];
    };
    const total = (feature: string) =>
      sumOf(
        value
          .filter((row) => row.feature === feature)
          .map((row) => [row.successfulActivityCount, row.failureActivityCount]),
      );
    const shown = (feature: string) => sumOf(figuresOf(card, feature).map(([, ok, failed]) => [ok, failed]));
    expect(shown("Password resets")).toEqual(total("reset"));
    expect(shown("Registrations")).toEqual(total("registration"));
    expect(sent[0]?.body.summary).toMatch(/\d+\s% of tries worked/);
  });

  test("is answered from what is stored the second time", async () => {
    const before = bot.tenant.requests.length;

    const sent = await bot.say("sspr usage by feature");

    const asked = bot.tenant.requests.slice(before).filter(({ path }) => path.includes("/reports/"));
    expect(asked).toEqual([]);
    expect(textOf(cardOf(sent))).toContain("SSPR usage by feature");
  });

  test("refines the last answer with options alone, and is told so", async () => {
    await bot.say("sspr usage by method");

    const text = textOf(cardOf(await bot.say("only sms")));

    expect(text).toContain("SSPR usage by method · SMS");
    expect(text).toMatch(/last (answer|question)/i);
  });

  test("is told how a misspelt word was read", async () => {
    expect(textOf(cardOf(await bot.say("sspr usgae by method")))).toContain("usgae");
  });

  test("is offered the nearest commands for a word that is not understood", async () => {
    const card = cardOf(await bot.say("sspr usage by method last quarter"));

    expect(textOf(card)).toContain("quarter");
    expect(buttonsOf(card).map(({ title }) => title)).toContain("sspr usage by method");
  });

  test("gets help that lists what works", async () => {
    const text = textOf(cardOf(await bot.say("help")));

    expect(text).toContain("sspr usage by method");
    expect(text).toContain("digest all");
  });

  test("learns who they are to the bot", async () => {
    const text = textOf(cardOf(await bot.say("who am i")));

    expect(text).toContain("Reports Reader");
    expect(text).toContain(TENANT);
  });

  test.each([[""], ["   "], ["👍"], ["<at>AuthPulse</at>"]])(
    "is answered whatever they write: %j",
    async (text) => {
      expect(cardOf(await bot.say(text))).toBeDefined();
    },
  );

  test("is answered once when Teams sends the same message twice", async () => {
    const id = "the-same-message";

    const first = await bot.say("help", { id });
    const second = await bot.say("help", { id });

    expect([first.length, second.length]).toEqual([1, 0]);
  });
});

describe("a channel", () => {
  test("gets the answer in its own thread", async () => {
    const [sent] = await bot.sayInChannel("sspr usage by method");

    expect(sent?.conversationId).toBe("19:channel@thread.tacv2;messageid=1");
    expect(textOf(sent?.body.attachments)).toContain("SSPR usage by method");
  });

  test("does not refine with options alone", async () => {
    await bot.sayInChannel("sspr usage by feature");

    const text = textOf(cardOf(await bot.sayInChannel("7 days")));

    expect(text).toContain("SSPR usage by method");
  });
});

describe("a button", () => {
  test("shows another period to the presser only, with a way back", async () => {
    const card = cardOf(await bot.say("sspr usage by method"));
    const before = bot.connector.sent.length;

    const looked = await bot.press(buttonOf(card, "7 days"));
    const back = await bot.press(buttonOf(looked.value, "Back"));

    expect(looked).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(textOf(looked.value)).toMatch(/^Only you see this view/);
    expect(textOf(looked.value)).toContain("7 days");
    expect(textOf(back.value)).not.toContain("Only you see this view");
    expect(bot.connector.sent.length).toBe(before);
  });

  test("Refresh gives the presser the new card and edits the message for all", async () => {
    const card = cardOf(await bot.say("sspr usage by method"));
    const before = bot.connector.sent.length;

    const answer = await bot.press(buttonOf(card, "Refresh"), { replyToId: "posted-7" });
    const sent = await bot.connector.waitFor(before + 1);

    expect(textOf(answer.value)).toContain("efreshed");
    expect(sent.at(-1)).toMatchObject({ method: "PUT", activityId: "posted-7" });
    expect(textOf(sent.at(-1)?.body.attachments)).toContain("efreshed");
  });

  test("answers an automatic refresh with a card and changes nothing", async () => {
    const card = cardOf(await bot.say("sspr usage by method"));
    const { verb, data } = buttonOf(card, "Refresh");
    const before = bot.connector.sent.length;

    const { body } = await bot.post({
      ...pressOf(bot, { type: "Action.Execute", verb, data }),
      value: { action: { type: "Action.Execute", verb, data }, trigger: "automatic" },
    });

    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(bot.connector.sent.length).toBe(before);
  });

  test("of an older client updates the message itself", async () => {
    const card = cardOf(await bot.say("sspr usage by method"));
    const { verb, data } = buttonOf(card, "7 days");

    const sent = await bot.say("", {
      text: undefined,
      value: { ...(data as object), verb },
      replyToId: "posted-8",
    });

    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ method: "PUT", activityId: "posted-8" });
    expect(textOf(sent[0]?.body.attachments)).not.toContain("Only you see this view");
  });

  test("of the help card posts the answer below", async () => {
    const card = cardOf(await bot.say("help"));
    const before = bot.connector.sent.length;

    const answer = await bot.press(buttonOf(card, "registration"));
    const sent = await bot.connector.waitFor(before + 1);

    expect(answer.type).toBe("application/vnd.microsoft.activity.message");
    expect(sent.at(-1)?.method).toBe("POST");
  });

  test("that asks to refresh what is no report changes nothing for others", async () => {
    const before = bot.connector.sent.length;

    const answer = await bot.press(
      sealed({
        title: "Refresh",
        verb: "refresh",
        data: { v: 1, question: { command: "whoami", options: {} } },
      }),
      { replyToId: "posted-10" },
    );

    expect(textOf(answer.value)).toContain("Reports Reader");
    expect(bot.connector.sent.length).toBe(before);
  });

  test("gets the first answer again when Teams sends the press twice", async () => {
    const card = cardOf(await bot.say("sspr usage by method"));
    const before = bot.connector.sent.length;
    const fields = { id: "the-same-press", replyToId: "posted-9" };

    const first = await bot.press(buttonOf(card, "Refresh"), fields);
    const second = await bot.press(buttonOf(card, "Refresh"), fields);
    await bot.connector.waitFor(before + 1);

    expect(second).toEqual(first);
    expect(bot.connector.sent.length).toBe(before + 1);
  });

  test.each<[string, unknown]>([
    [
      "an unknown verb",
      { type: "Action.Execute", verb: "delete", data: { v: 1, question: { command: "usage", options: {} } } },
    ],
    [
      "an unknown period",
      {
        type: "Action.Execute",
        verb: "refresh",
        data: { v: 1, question: { command: "usage", options: { period: "D90" } } },
      },
    ],
    [
      "an unknown command",
      {
        type: "Action.Execute",
        verb: "look",
        data: { v: 1, question: { command: "format-disk", options: {} } },
      },
    ],
    ["no data", { type: "Action.Execute", verb: "refresh" }],
    ["nothing", undefined],
  ])("with %s gets a line and no card", async (_what, action) => {
    const { status, body } = await bot.post({ ...pressOf(bot, action) });

    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.activity.message" });
  });
});

describe("access", () => {
  const nobody = { from: { id: "29:nobody", name: "Alex Kim", aadObjectId: VIEWERS.noRole.id } };

  test("is refused with the reason and what to ask for", async () => {
    const text = textOf(cardOf(await bot.say("sspr usage by method", nobody)));

    expect(text).toContain("may not see the reports");
    expect(text).toContain("ACCESS-DENIED");
    expect(text).not.toMatch(/\d+ %/);
  });

  test("is refused as a short line when a button is pressed, and the card stays", async () => {
    const card = cardOf(await bot.say("sspr usage by method"));
    const before = bot.connector.sent.length;

    const answer = await bot.press(buttonOf(card, "Refresh"), nobody);

    expect(answer.type).toBe("application/vnd.microsoft.activity.message");
    expect(bot.connector.sent.length).toBe(before);
  });

  test("names the account in a personal chat only", async () => {
    const personal = textOf(cardOf(await bot.say("sspr usage", nobody)));
    const channel = textOf(cardOf(await bot.sayInChannel("sspr usage", nobody)));

    expect(personal).toContain("Alex Kim");
    expect(channel).not.toContain("Alex Kim");
  });

  test("is refused to somebody whom Teams does not name in Entra", async () => {
    const text = textOf(cardOf(await bot.say("sspr usage", { from: { id: "29:x", name: "X" } })));

    expect(text).toContain("ACCESS-DENIED");
  });

  test("is not needed for help", async () => {
    expect(textOf(cardOf(await bot.say("help", nobody)))).toContain("What you can ask");
  });
});

describe("an activity that is not the tenant's", () => {
  const foreign = "8a2f7063-4d2c-4d9f-8b66-1e3a5a2d7b02";

  test.each<[string, object]>([
    [
      "of another tenant",
      { conversation: { id: "a:1", conversationType: "personal", tenantId: foreign }, channelData: {} },
    ],
    ["that names two tenants", { channelData: { tenant: { id: foreign } } }],
    ["that names no tenant", { conversation: { id: "a:1", conversationType: "personal" }, channelData: {} }],
    ["of another channel", { channelId: "webchat" }],
  ])("%s gets no answer", async (_what, fields) => {
    const before = bot.connector.sent.length;

    const { status, body } = await bot.post({
      ...pressOf(bot, undefined),
      type: "message",
      text: "help",
      ...fields,
    });

    expect([status, body]).toEqual([200, undefined]);
    expect(bot.connector.sent.length).toBe(before);
  });
});

describe("an installation", () => {
  const installed = { type: "installationUpdate", action: "add", text: undefined };

  test("is welcomed once, however many events Teams sends for it", async () => {
    const conversation = { id: "a:new", conversationType: "personal", tenantId: TENANT };

    const first = await bot.say("", { ...installed, conversation });
    const second = await bot.say("", {
      type: "conversationUpdate",
      membersAdded: [{ id: "28:authpulse" }],
      conversation,
    });

    expect(textOf(cardOf(first))).toContain("Hello, I am AuthPulse");
    expect(second).toEqual([]);
  });

  test("is welcomed again after the bot was removed", async () => {
    const conversation = { id: "a:again", conversationType: "personal", tenantId: TENANT };
    await bot.say("", { ...installed, conversation });
    await bot.say("", { type: "installationUpdate", action: "remove", conversation });

    const sent = await bot.say("", { ...installed, conversation });

    expect(sent).toHaveLength(1);
  });

  test("in a team is welcomed once, whichever channel the events name", async () => {
    const first = await bot.sayInChannel("", installed);
    const second = await bot.sayInChannel("", {
      type: "conversationUpdate",
      membersAdded: [{ id: "28:authpulse" }],
      conversation: { id: "19:team@thread.tacv2", conversationType: "channel", tenantId: TENANT },
    });

    expect([first.length, second.length]).toEqual([1, 0]);
  });

  test("of a colleague is not greeted", async () => {
    expect(await bot.say("", { type: "conversationUpdate", membersAdded: [{ id: "29:colleague" }] })).toEqual(
      [],
    );
  });
});

function pressOf({ connector }: RunningBot, action: unknown): object {
  return {
    type: "invoke",
    name: "adaptiveCard/action",
    id: crypto.randomUUID(),
    channelId: "msteams",
    serviceUrl: connector.serviceUrl,
    from: { id: "29:viewer", aadObjectId: VIEWERS.reportsReader.id },
    recipient: { id: "28:authpulse" },
    conversation: { id: "a:personal", conversationType: "personal", tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    value: { action },
  };
}
