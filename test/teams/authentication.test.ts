import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Activity } from "botbuilder";
import { AuthenticationError } from "botframework-connector";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TeamsAdapter } from "../../src/teams/adapter.ts";
import { Authentication } from "../../src/teams/authentication.ts";

const APP = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";
const ISSUER = "https://api.botframework.com";
const SERVICE_URL = "https://smba.trafficmanager.net/teams/";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const { privateKey: otherKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

let metadata: Server;
let adapter: TeamsAdapter;

beforeAll(async () => {
  const { n, e } = publicKey.export({ format: "jwk" });
  const keys = [
    { kty: "RSA", use: "sig", kid: "good", n, e, endorsements: ["msteams"] },
    { kty: "RSA", use: "sig", kid: "webchat-only", n, e, endorsements: ["webchat"] },
  ];
  metadata = createServer((request, response) => {
    const { port } = metadata.address() as AddressInfo;
    const body = request.url?.startsWith("/keys")
      ? { keys }
      : {
          issuer: ISSUER,
          jwks_uri: `http://127.0.0.1:${port}/keys`,
          id_token_signing_alg_values_supported: ["RS256"],
        };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  metadata.listen(0, "127.0.0.1");
  await once(metadata, "listening");
  const { port } = metadata.address() as AddressInfo;
  adapter = new TeamsAdapter(
    new Authentication({
      appId: APP,
      tokens: async () => "token",
      sendDeadline: 300,
      cloud: {
        ToBotFromChannelOpenIdMetadataUrl: `http://127.0.0.1:${port}/metadata`,
        ToBotFromChannelTokenIssuer: ISSUER,
        ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
        ToChannelFromBotOAuthScope: ISSUER,
      },
    }),
  );
});

afterAll(async () => {
  metadata.closeAllConnections();
  metadata.close();
  await once(metadata, "close");
});

interface TokenParts {
  readonly claims?: object;
  readonly header?: object;
  readonly key?: typeof privateKey;
}

function token({ claims = {}, header = {}, key = privateKey }: TokenParts = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = [
    encode({ alg: "RS256", typ: "JWT", kid: "good", ...header }),
    encode({ iss: ISSUER, aud: APP, serviceurl: SERVICE_URL, nbf: now - 60, exp: now + 600, ...claims }),
  ].join(".");
  return `Bearer ${signed}.${createSign("RSA-SHA256").update(signed).sign(key).toString("base64url")}`;
}

function unsigned(): string {
  const [, payload] = token().split(".");
  return `Bearer ${Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: "good" })).toString("base64url")}.${payload}.`;
}

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
    expect(await receive(token())).toEqual({ reached: true, thrown: undefined });
  });
});

describe("a request is refused with 401 and reaches nothing", () => {
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;

  test.each<[string, string, object?]>([
    ["without a token", ""],
    ["with a token that is none", "Bearer abc"],
    ["that expired", token({ claims: { nbf: hourAgo - 60, exp: hourAgo } })],
    ["for another audience", token({ claims: { aud: "b88d4d02-6b1c-4b7d-a7e2-c0e8a9b19502" } })],
    ["of another issuer", token({ claims: { iss: "https://sts.windows.net/x/" } })],
    ["with an unknown key", token({ header: { kid: "unknown" } })],
    ["with a key that is endorsed for another channel", token({ header: { kid: "webchat-only" } })],
    ["for another service URL", token({ claims: { serviceurl: "https://elsewhere.example/" } })],
    ["signed with another key", token({ key: otherKey })],
    ["that is not signed", unsigned()],
    ["without a service URL", token(), { serviceUrl: undefined }],
  ])("%s", async (_what, authorization, fields) => {
    const { reached, thrown } = await receive(authorization, fields);

    expect(reached).toBe(false);
    expect(thrown).toBeInstanceOf(AuthenticationError);
    expect((thrown as AuthenticationError).statusCode).toBe(401);
    expect((thrown as AuthenticationError).message).toBe("Unauthorized");
  });
});
