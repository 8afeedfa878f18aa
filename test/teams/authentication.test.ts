import { randomUUID } from "node:crypto";
import type { Activity } from "botbuilder";
import { AuthenticationError } from "botframework-connector";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { TeamsAdapter } from "../../src/teams/adapter.ts";
import { Authentication } from "../../src/teams/authentication.ts";
import { APP, SERVICE_URL, type SignedTokens, startSignedTokens } from "../support/signed-tokens.ts";

const ELSEWHERE = "https://elsewhere.example/";
let tokens: SignedTokens;
let adapter: TeamsAdapter;

beforeAll(async () => {
  tokens = await startSignedTokens();
  const settings = { appId: APP, tokens: async () => "token", sendDeadline: 300, cloud: tokens.settings };
  adapter = new TeamsAdapter(new Authentication({ ...settings, trusts: (url) => url === SERVICE_URL }));
});

afterAll(() => tokens.close());

async function receive(
  authorization: string,
  fields: object = {},
): Promise<{ reached: boolean; thrown: unknown }> {
  const activity = {
    type: "message",
    id: randomUUID(),
    channelId: "msteams",
    serviceUrl: SERVICE_URL,
    conversation: { id: "a:1" },
    from: { id: "29:x" },
    recipient: { id: "28:b" },
    ...fields,
  } as unknown as Activity;
  let reached = false;
  const thrown = await adapter
    .receive(authorization, activity, async () => {
      reached = true;
    })
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  return { reached, thrown };
}

describe("a request that Teams signed", () => {
  test("reaches the bot", async () => {
    expect(await receive(tokens.token())).toEqual({ reached: true, thrown: undefined });
  });
});

describe("a request is refused and reaches nothing", () => {
  test("with 401, whatever is wrong with its token, and the SDK prints nothing of it", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);

    for (const [title, authorization] of tokens.refused) {
      const { reached, thrown } = await receive(authorization);

      expect(reached, title).toBe(false);
      expect(thrown, title).toBeInstanceOf(AuthenticationError);
      expect(thrown, title).toMatchObject({ statusCode: 401, message: "Unauthorized" });
    }
    expect(printed).not.toHaveBeenCalled();
    expect(tokens.refused).toHaveLength(14);
  });

  test("with 401 without a service URL", async () => {
    const { reached, thrown } = await receive(tokens.token(), { serviceUrl: undefined });

    expect([reached, thrown]).toMatchObject([false, { statusCode: 401 }]);
  });

  test("with 403 for a service URL that is not trusted, though its token is right", async () => {
    const authorization = tokens.token({ claims: { serviceurl: ELSEWHERE } });

    const { reached, thrown } = await receive(authorization, { serviceUrl: ELSEWHERE });

    expect([reached, thrown]).toMatchObject([false, { statusCode: 403, message: "Forbidden" }]);
  });
});
