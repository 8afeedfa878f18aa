import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { graphScopeOf } from "../../src/graph/clouds.ts";
import { createCredential } from "../../src/graph/credential.ts";
import { BotCredentialsFactory } from "../../src/teams/bot-credentials.ts";
import { testClock } from "./setup.ts";

const IDENTITY = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";

interface Asked {
  readonly resource: string | null;
  readonly clientId: string | null;
  readonly secret: unknown;
}

const asked: Asked[] = [];

/**
 * The token service of App Service and Container Apps
 * (learn.microsoft.com/azure/app-service/overview-managed-identity, "REST endpoint reference").
 */
const service = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "", "http://identity");
  const [resource, clientId] = [searchParams.get("resource"), searchParams.get("client_id")];
  asked.push({ resource, clientId, secret: request.headers["x-identity-header"] });
  response.writeHead(200, { "content-type": "application/json" });
  const expires = String(Math.floor(Date.now() / 1000) + 86_400);
  const token = {
    access_token: `token for ${resource}`,
    expires_on: expires,
    resource,
    token_type: "Bearer",
  };
  response.end(JSON.stringify(token));
});

// One for all tests: the sign-in library keeps the address that it found first.
beforeAll(async () => {
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
  vi.stubEnv("IDENTITY_ENDPOINT", `http://127.0.0.1:${(service.address() as AddressInfo).port}/msi/token`);
  vi.stubEnv("IDENTITY_HEADER", "proof");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  service.closeAllConnections();
  service.close();
  await once(service, "close");
});

beforeEach(() => void asked.splice(0));

describe("a user-assigned managed identity", () => {
  test("reads Graph, with the resource of its cloud", async () => {
    const credential = createCredential(
      { kind: "managed-identity", clientId: IDENTITY },
      "usgov",
      testClock(),
    );

    const access = await credential.getToken(graphScopeOf("usgov"));

    expect(access?.token).toBe("token for https://graph.microsoft.us");
    expect(asked).toEqual([{ resource: "https://graph.microsoft.us", clientId: IDENTITY, secret: "proof" }]);
  });

  test("posts as the bot, with the audience that the SDK names", async () => {
    const credential = createCredential(
      { kind: "managed-identity", clientId: IDENTITY },
      "global",
      testClock(),
    );
    const tokens = async (scope: string) => (await credential.getToken(scope))?.token ?? "";
    const factory = new BotCredentialsFactory(IDENTITY, tokens, 10_000);
    const request = { headers: new Map<string, string>() };

    const credentials = await factory.createCredentials(IDENTITY, "https://api.botframework.com");
    await credentials.signRequest(request as unknown as Parameters<typeof credentials.signRequest>[0]);

    expect(request.headers.get("authorization")).toBe("Bearer token for https://api.botframework.com");
    expect(asked).toMatchObject([{ resource: "https://api.botframework.com", clientId: IDENTITY }]);
  });
});
