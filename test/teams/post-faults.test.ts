import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createNetServer, type Server } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import type { PostOutcome } from "../../src/ports/messenger.ts";
import { TeamsAdapter } from "../../src/teams/adapter.ts";
import { Authentication, type AuthenticationSettings } from "../../src/teams/authentication.ts";
import { createMessenger } from "../../src/teams/messenger.ts";
import { outcomeOf } from "../../src/teams/post-outcome.ts";
import { createSeal } from "../../src/teams/seal.ts";
import { selfSigned } from "../support/certificate.ts";

const APP = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";
const TOMORROW = new Date(Date.now() + 86_400_000);
const JSON_TYPE = { "content-type": "application/json" };
const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    if ("closeAllConnections" in server && typeof server.closeAllConnections === "function") {
      server.closeAllConnections();
    }
    server.close();
  }
});

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  open.push(server);
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answering(listener: RequestListener): Promise<string> {
  return `http://${await listening(createServer(listener))}/`;
}

async function post(
  serviceUrl: string,
  settings: Partial<AuthenticationSettings> = {},
): Promise<PostOutcome> {
  const authentication = new Authentication({
    ...{ cloud: {}, sendDeadline: 200, trusts: () => true, ...settings },
  });
  const messenger = createMessenger(
    new TeamsAdapter(authentication),
    settings.appId,
    createSeal(new Uint8Array(32)),
  );
  const target = { serviceUrl, conversationId: "19:a@thread.tacv2", tenantId: "t", botId: "28:b" };
  const message = { card: { type: "AdaptiveCard" }, summary: "A sentence." };
  try {
    const activityId = await messenger.post(target, message);
    return { kind: "delivered", ...(activityId && { activityId }) };
  } catch (thrown) {
    return outcomeOf(thrown, new Date());
  }
}

describe("an answer that does not end", () => {
  test.each<[string, RequestListener]>([
    ["after its head", (_request, response) => void response.writeHead(201, JSON_TYPE).write('{"id":')],
    [
      "in the middle of what is zipped, where it is cut",
      (_request, response) => {
        response.writeHead(201, { ...JSON_TYPE, "content-encoding": "gzip" });
        response.write(gzipSync('{"id":"7"}').subarray(0, 12), () => response.socket?.destroy());
      },
    ],
  ])("%s is waited for no longer than the deadline, and the outcome is unknown", async (_where, listener) => {
    const outcome = await post(await answering(listener));

    expect(outcome).toEqual({ kind: "unknown", reason: "AbortError" });
  });
});

describe("a connection that does not come about has sent nothing", () => {
  const { certificate: cert, key } = selfSigned(TOMORROW);

  test.each<[string, () => Server, string | RegExp]>([
    ["as TLS is not answered", () => createNetServer(() => undefined), "AbortError"],
    ["as it is cut before TLS stands", () => createNetServer((socket) => socket.destroy()), "ECONNRESET"],
    ["as the other side speaks no TLS", () => createServer(), /^(EPROTO|ERR_SSL_\w+)$/],
    [
      "as the certificate is not trusted",
      () => createTlsServer({ cert, key }),
      "DEPTH_ZERO_SELF_SIGNED_CERT",
    ],
  ])("%s", async (_why, server, reason) => {
    const outcome = await post(`https://${await listening(server())}/`);

    expect(outcome).toEqual({ kind: "not-sent", reason: expect.stringMatching(reason) });
  });

  test("but one that is cut once it stands may have sent it", async () => {
    const serviceUrl = await answering((request) => void request.socket.destroy());

    expect(await post(serviceUrl)).toEqual({ kind: "unknown", reason: "ECONNRESET" });
  });
});

describe("a bot without a token has sent nothing", () => {
  const refused = Object.assign(new Error("the sign-in service is away"), { statusCode: 500 });

  test.each<[string, () => Promise<string>, string]>([
    ["as the sign-in service does not answer", () => new Promise(() => undefined), "GRAPH-SIGN-IN"],
    ["as the sign-in service answers 500", () => Promise.reject(refused), "GRAPH-SIGN-IN"],
    ["for a reason of its own", () => Promise.reject(new AppError("INTERNAL")), "INTERNAL"],
  ])("%s", async (_why, tokens, reason) => {
    let requests = 0;
    const serviceUrl = await answering((_request, response) => {
      requests += 1;
      response.end("{}");
    });

    const outcome = await post(serviceUrl, { appId: APP, tenantId: "t", tokens });

    expect([outcome, requests]).toEqual([{ kind: "not-sent", reason }, 0]);
  });
});

describe("what cannot be kept of an answer is left out:", () => {
  test.each<[string, unknown]>([
    ["an id that is a number", 7],
    ["an id that is an object", { id: "7" }],
    ["an id with a NUL", "a\u0000b"],
    ["an id without end", "7".repeat(201)],
  ])("%s", async (_what, id) => {
    const serviceUrl = await answering((_request, response) => {
      response.writeHead(201, JSON_TYPE).end(JSON.stringify({ id }));
    });

    expect(await post(serviceUrl)).toEqual({ kind: "delivered" });
  });

  test.each<[string, string]>([
    ["a code with a NUL", '{"error":{"code":"a\\u0000b"}}'],
    ["a code without end", `{"error":{"code":"${"x".repeat(61)}"}}`],
    ["a body that is not JSON", "<html>"],
  ])("%s", async (_what, body) => {
    const serviceUrl = await answering((_request, response) => {
      response.writeHead(403, JSON_TYPE).end(body);
    });

    expect(await post(serviceUrl)).toEqual({ kind: "refused", status: 403 });
  });
});

test("a sub-code within the message of a refusal is its code where it has no other", async () => {
  const message = JSON.stringify({ subCode: "MessageWritesBlocked", details: "blocked or uninstalled" });
  const serviceUrl = await answering((_request, response) => {
    response.writeHead(403, JSON_TYPE).end(JSON.stringify({ errorCode: 209, message }));
  });

  expect(await post(serviceUrl)).toEqual({ kind: "refused", status: 403, code: "MessageWritesBlocked" });
});
