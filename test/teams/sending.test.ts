import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TeamsAdapter } from "../../src/teams/adapter.ts";
import { Authentication } from "../../src/teams/authentication.ts";
import { createMessenger, type Messenger } from "../../src/teams/messenger.ts";
import { type Connector, type Manner, startConnector } from "../support/connector.ts";

const MESSAGE = { card: { type: "AdaptiveCard" }, summary: "A sentence." };
let connector: Connector;
let messenger: Messenger;

beforeEach(async () => {
  connector = await startConnector();
  messenger = createMessenger(
    new TeamsAdapter(new Authentication({ cloud: {}, sendDeadline: 300 })),
    undefined,
  );
});

afterEach(() => connector.close());

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
  test("goes out for the scope of the Bot Framework", async () => {
    const asked: string[] = [];
    const tokens = async (scope: string): Promise<string> => {
      asked.push(scope);
      return "the-token";
    };
    const appId = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";
    const authentication = new Authentication({ appId, tenantId: "t", tokens, cloud: {}, sendDeadline: 300 });
    const registered = createMessenger(new TeamsAdapter(authentication), appId);

    await registered.post(target(), MESSAGE);

    expect(asked).toEqual(["https://api.botframework.com/.default"]);
    expect(connector.sent[0]?.authorization).toBe("Bearer the-token");
  });
});
