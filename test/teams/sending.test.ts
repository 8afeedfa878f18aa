import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TeamsAdapter } from "../../src/teams/adapter.ts";
import { Authentication, type AuthenticationSettings } from "../../src/teams/authentication.ts";
import { createMessenger, type Messenger } from "../../src/teams/messenger.ts";
import { outcomeOf } from "../../src/teams/post-outcome.ts";
import { createSeal } from "../../src/teams/seal.ts";
import { isTrustedService } from "../../src/teams/service-hosts.ts";
import { type Connector, type Manner, startConnector } from "../support/connector.ts";

const BUTTON = {
  type: "Action.Execute",
  verb: "ask",
  data: { v: 1, question: { command: "help", options: {} } },
};
const MESSAGE = { card: { type: "AdaptiveCard", actions: [BUTTON] }, summary: "A sentence." };
const APP = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";
const seal = createSeal(new Uint8Array(32));
let connector: Connector;
let messenger: Messenger;

beforeEach(async () => {
  connector = await startConnector();
  messenger = messengerOf({});
});

afterEach(() => connector.close());

function messengerOf({ appId, ...settings }: Partial<AuthenticationSettings>): Messenger {
  const authentication = new Authentication({
    ...{ cloud: {}, sendDeadline: 300, trusts: () => true, ...settings },
    ...(appId && { appId }),
  });
  return createMessenger(new TeamsAdapter(authentication), appId, seal);
}

function target() {
  return {
    serviceUrl: connector.serviceUrl,
    conversationId: "19:a@thread.tacv2;messageid=1",
    tenantId: "t",
    botId: "28:b",
  };
}

describe("one attempt to post is one POST when the connector", () => {
  test.each<[string, Manner]>([
    ["cuts the connection after the request arrived", "cut"],
    ["never answers", "hang"],
    ["answers 429", { status: 429 }],
    ["answers 500", { status: 500 }],
    ["answers 502", { status: 502 }],
    ["answers 503", { status: 503 }],
    ["answers 504", { status: 504 }],
    ["answers 412", { status: 412 }],
    ["answers 403", { status: 403, body: { error: { code: "BotNotInConversationRoster" } } }],
  ])("%s, and the attempt is rejected", async (_what, manner) => {
    connector.behave(manner);

    await expect(messenger.post(target(), MESSAGE)).rejects.toThrow();

    expect(connector.sent).toHaveLength(1);
  });

  test("takes it, and the id of the message comes back", async () => {
    connector.behave({ status: 201, body: { id: "42" } });

    await expect(messenger.post(target(), MESSAGE)).resolves.toBe("42");

    expect(connector.sent).toMatchObject([
      {
        method: "POST",
        conversationId: "19:a@thread.tacv2;messageid=1",
        body: {
          type: "message",
          summary: "A sentence.",
          attachments: [{ contentType: "application/vnd.microsoft.card.adaptive" }],
        },
      },
    ]);
  });

  test.each<[string, unknown]>([
    ["takes it without an id", {}],
    ["takes it with an empty id", { id: "" }],
  ])("%s", async (_what, body) => {
    connector.behave({ status: 201, body });

    await expect(messenger.post(target(), MESSAGE)).resolves.toBeUndefined();
  });

  test("redirects elsewhere: the bot's token does not follow", async () => {
    connector.behave({ status: 307, body: {} });

    await expect(messenger.post(target(), MESSAGE)).rejects.toThrow();

    expect(connector.sent).toHaveLength(1);
  });
});

describe("an edit", () => {
  test("is one PUT of the message", async () => {
    await messenger.update(target(), "42", MESSAGE);

    expect(connector.sent).toMatchObject([{ method: "PUT", activityId: "42" }]);
  });
});

describe("the bot's token", () => {
  const asked: string[] = [];
  const tokens = async (scope: string): Promise<string> => {
    asked.push(scope);
    return "the-token";
  };
  const registered = { appId: APP, tenantId: "t", tokens };

  beforeEach(() => {
    asked.length = 0;
  });

  test("goes out for the scope of the Bot Framework", async () => {
    await messengerOf(registered).post(target(), MESSAGE);

    expect(asked).toEqual(["https://api.botframework.com/.default"]);
    expect(connector.sent[0]?.authorization).toBe("Bearer the-token");
  });

  test.each<[string, (sender: Messenger) => Promise<unknown>]>([
    ["a post", (sender) => sender.post(target(), MESSAGE)],
    ["an edit", (sender) => sender.update(target(), "42", MESSAGE)],
    ["a personal chat", (sender) => sender.personalChat({ ...target(), userId: "29:p" })],
  ])("is not even asked for when %s goes to a service URL that was tampered with", async (_what, send) => {
    const trusts = (url: string) => isTrustedService(url, { local: false });

    const failure = send(messengerOf({ ...registered, trusts }));

    await expect(failure).rejects.toMatchObject({ name: "AppError", code: "INTERNAL" });
    expect([asked, connector.sent, connector.opened]).toEqual([[], [], []]);
    expect(outcomeOf(await failure.catch((thrown: unknown) => thrown), new Date())).toEqual({
      kind: "not-sent",
      reason: "INTERNAL",
    });
  });
});

describe("a message to one person", () => {
  const person = () => {
    const { conversationId: _conversationId, ...bot } = target();
    return { ...bot, userId: "29:priya" };
  };

  test("opens the personal chat and is posted into it, its buttons sealed for that chat", async () => {
    const id = await messenger.post(await messenger.personalChat(person()), MESSAGE);

    const [sent] = connector.sent;
    expect(connector.opened.map(({ body }) => body)).toEqual([
      {
        isGroup: false,
        bot: { id: "28:b", name: "" },
        members: [{ id: "29:priya", name: "" }],
        tenantId: "t",
        channelData: { tenant: { id: "t" } },
      },
    ]);
    expect(sent).toMatchObject({ method: "POST", conversationId: "a:personal-of-29:priya", answeredId: id });
    expect(sent?.body.attachments?.[0]?.content).toEqual(
      seal.sealCard(MESSAGE.card, "a:personal-of-29:priya"),
    );
  });

  test("is rejected with Teams' refusal where the bot is not installed for the person", async () => {
    connector.behave({ status: 403, body: { error: { code: "ForbiddenOperationException" } } });

    await expect(messenger.personalChat(person())).rejects.toMatchObject({
      statusCode: 403,
      code: "ForbiddenOperationException",
    });

    expect([connector.opened.length, connector.sent.length]).toEqual([1, 0]);
  });

  test.each<[string, Manner]>([
    ["cuts the connection", "cut"],
    ["never answers", "hang"],
    ["answers 502", { status: 502 }],
    ["names no chat", { status: 201, body: {} }],
  ])("asks for the chat once when the connector %s", async (_what, manner) => {
    connector.behave(manner);

    await expect(messenger.personalChat(person())).rejects.toThrow();

    expect([connector.opened.length, connector.sent.length]).toEqual([1, 0]);
  });
});
