import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toTenantId } from "../../src/kernel/ids.ts";
import type { Messenger, PostOutcome } from "../../src/ports/messenger.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { TeamsAdapter } from "../../src/teams/adapter.ts";
import { Authentication } from "../../src/teams/authentication.ts";
import { createDigestMessenger } from "../../src/teams/digest-messenger.ts";
import { createMessenger } from "../../src/teams/messenger.ts";
import { createSeal } from "../../src/teams/seal.ts";
import { movableClock } from "../digest/movable-clock.ts";
import { notice } from "../digest/running.ts";
import { DUE } from "../digest/subscriptions.ts";
import { TENANT } from "../support/activities.ts";
import { type Connector, type Manner, startConnector } from "../support/connector.ts";

let connector: Connector;
let messenger: Messenger;

beforeEach(async () => {
  connector = await startConnector();
  const tenantId = toTenantId(TENANT);
  if (!tenantId) {
    throw new Error("not a tenant id");
  }
  const adapter = new TeamsAdapter(new Authentication({ cloud: {}, sendDeadline: 300, trusts: () => true }));
  messenger = createDigestMessenger(
    createMessenger(adapter, undefined, createSeal(new Uint8Array(32))),
    createRenderer(),
    tenantId,
    movableClock(DUE),
  );
});

afterEach(() => connector.close());

function post(serviceUrl = connector.serviceUrl): Promise<PostOutcome> {
  const place = { conversationId: "19:a@thread.tacv2", botId: "28:b", kind: "channel" } as const;
  return messenger.post({ ...place, serviceUrl }, notice("2026-W46"));
}

const refusal = (status: number, code: string, headers = {}): Manner => ({
  ...{ status, headers, body: { error: { code, message: code } } },
});

describe("one post of a digest, where the connector", () => {
  test.each<[string, Manner | undefined, PostOutcome]>([
    ["takes it without an id", { status: 201, body: {} }, { kind: "delivered" }],
    ["takes it with an id", { status: 201, body: { id: "7" } }, { kind: "delivered", activityId: "7" }],
    [
      "refuses it for ever",
      refusal(403, "BotNotInConversationRoster"),
      { kind: "refused", status: 403, code: "BotNotInConversationRoster" },
    ],
    [
      "throttles, in seconds",
      refusal(429, "Throttled", { "retry-after": "17" }),
      { kind: "refused", status: 429, code: "Throttled", retryAfter: 17_000 },
    ],
    [
      "throttles, until a date",
      refusal(429, "Throttled", { "retry-after": "Tue, 17 Nov 2026 12:01:00 GMT" }),
      { kind: "refused", status: 429, code: "Throttled", retryAfter: 60_000 },
    ],
    [
      "answers 412",
      refusal(412, "PreconditionFailed"),
      { kind: "refused", status: 412, code: "PreconditionFailed" },
    ],
    ["answers 500", refusal(500, "ServiceError"), { kind: "refused", status: 500, code: "ServiceError" }],
    ["answers 504", refusal(504, "GatewayTimeout"), { kind: "refused", status: 504, code: "GatewayTimeout" }],
    [
      "takes it and answers no JSON",
      { status: 201, text: "<html>" },
      { kind: "unknown", reason: "PARSE_ERROR" },
    ],
    ["takes it and answers nothing", { status: 201, text: "" }, { kind: "delivered" }],
    ["takes it and says so with 202", { status: 202, text: "" }, { kind: "delivered" }],
    [
      "sends it elsewhere",
      { status: 307, headers: { location: "https://elsewhere.example/" } },
      { kind: "refused", status: 307 },
    ],
    ["answers half", "half an answer", { kind: "unknown", reason: "PARSE_ERROR" }],
    ["cuts the connection", "cut", { kind: "unknown", reason: "ECONNRESET" }],
    ["never answers", "hang", { kind: "unknown", reason: "AbortError" }],
  ])("%s, is one request with its outcome", async (_what, manner, outcome) => {
    connector.behave(manner);

    expect(await post()).toEqual(outcome);
    expect(connector.sent).toHaveLength(1);
  });

  test("is not there, has not been sent", async () => {
    const elsewhere = await startConnector();
    await elsewhere.close();

    expect(await post(elsewhere.serviceUrl)).toEqual({ kind: "not-sent", reason: "ECONNREFUSED" });
  });
});
