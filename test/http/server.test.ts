import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Readiness } from "../../src/http/readiness.ts";
import { createHttpServer } from "../../src/http/server.ts";
import type { Log } from "../../src/kernel/log.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quiet,
};

const JSON_TYPE = { "content-type": "application/json" };
const LONG = JSON.stringify("x".repeat(600 * 1024));
const DEEP = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
const NESTED = `${'{"value":'.repeat(40_000)}1${"}".repeat(40_000)}`;

describe("the server of a running bot", () => {
  let bot: RunningBot;

  beforeAll(async () => {
    bot = await startBot({ tenant: { people: 1 } });
  });

  afterAll(() => bot.stop());

  async function send(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(bot.url + path, init);
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  }

  function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE) {
    return send("/api/messages", { method: "POST", headers, body });
  }

  test("says on /healthz that it is well", async () => {
    expect(await send("/healthz")).toEqual({
      status: 200,
      body: { status: "ok", version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    });
  });

  test.each([
    ["GET", "/api/messages", 405],
    ["PUT", "/api/messages", 405],
    ["POST", "/healthz", 405],
    ["GET", "/", 404],
    ["POST", "/api/messages/more", 404],
    ["GET", "/%E0%A4%A", 404],
  ])("refuses %s %s with %i", async (method, path, status) => {
    expect((await send(path, { method })).status).toBe(status);
  });

  test.each([
    ["a form", "text=help", { "content-type": "application/x-www-form-urlencoded" }],
    ["a form with files", "--x--", { "content-type": "multipart/form-data; boundary=x" }],
    ["text", '{"type":"message"}', { "content-type": "text/plain" }],
    ["no type", '{"type":"message"}', { "content-type": "" }],
    ["a packed body", gzipSync("{}"), { ...JSON_TYPE, "content-encoding": "gzip" }],
    ["a damaged packed body", "no gzip", { ...JSON_TYPE, "content-encoding": "gzip" }],
    ["an unknown packing", "{}", { ...JSON_TYPE, "content-encoding": "br" }],
  ])("refuses %s with 415", async (_what, body, headers) => {
    expect((await post(typeof body === "string" ? body : new Uint8Array(body), headers)).status).toBe(415);
    expect((await send("/healthz")).status).toBe(200);
  });

  test("refuses what a web page sends, for which only a browser names an origin", async () => {
    const { status } = await post("{}", { ...JSON_TYPE, origin: "http://rebound.example" });

    expect(status).toBe(403);
  });

  test.each([
    ["broken JSON", '{"type":'],
    ["no body", ""],
    ["null", "null"],
    ["a number", "7"],
    ["a list", "[]"],
    ["an empty object", "{}"],
    ["an activity without a conversation", '{"type":"message","channelId":"msteams"}'],
    ["an activity of wrong types", '{"type":{},"channelId":[],"conversation":"x","serviceUrl":1}'],
    ["a prototype", '{"__proto__":{"type":"message"},"constructor":1}'],
    ["deep lists", DEEP],
    ["deep objects", NESTED],
  ])("refuses %s with 400", async (_what, body) => {
    const answer = await post(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.[jt]s:\d+/);
  });

  test("takes an activity with a huge list and goes on", async () => {
    const entities = Array.from({ length: 100_000 }, () => ({}));

    const { status } = await bot.post({ type: "message", channelId: "msteams", entities });

    expect(status).toBe(400);
    expect((await send("/healthz")).status).toBe(200);
  });

  test.each([
    ["with its length", LONG],
    ["in pieces", new Blob([LONG]).stream()],
  ])("refuses a body over the limit %s with 413", async (_how, body) => {
    const { status } = await send("/api/messages", {
      method: "POST",
      headers: JSON_TYPE,
      body,
      duplex: "half",
    });

    expect(status).toBe(413);
  });
});

interface Held {
  readonly url: string;
  readonly port: number;
  /** Resolves when a request has reached the bot. */
  readonly arrived: Promise<void>;
  answer(): void;
  refuse(): Promise<void>;
  stop(): Promise<void>;
}

const readiness: Readiness = async () => ({
  ready: true,
  status: "ready",
  store: { state: "ok", kind: "embedded" },
  graph: { token: "not-tried" },
  collections: {},
});

/** A server whose answers wait until they are let go. */
async function held(): Promise<Held> {
  let arrive: () => void = () => undefined;
  let answer: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const letGo = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const server = createHttpServer({
    host: "127.0.0.1",
    port: 0,
    version: "1.2.3",
    log: quiet,
  });
  server.serve({
    readiness,
    overflow: () => undefined,
    async receive() {
      arrive();
      await letGo;
      return { status: 200, body: { late: true } };
    },
  });
  const port = await server.start();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    arrived,
    answer: () => answer(),
    refuse: () => server.refuse(),
    stop: () => server.stop(),
  };
}

async function rawConnection(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

describe("starting", () => {
  test("is alive and not ready, and Teams is asked to send its messages again", async () => {
    const server = createHttpServer({ host: "127.0.0.1", port: 0, version: "1.2.3", log: quiet });
    const url = `http://127.0.0.1:${await server.start()}`;

    const alive = await fetch(`${url}/healthz`);
    const ready = await fetch(`${url}/readyz`);
    const message = await fetch(`${url}/api/messages`, { method: "POST", headers: JSON_TYPE, body: "{}" });

    await server.stop();
    expect(alive.status).toBe(200);
    expect([ready.status, await ready.json()]).toEqual([503, { status: "starting", version: "1.2.3" }]);
    expect([message.status, message.headers.get("retry-after")]).toEqual([503, "5"]);
  });

  test("that a stop has overtaken does not begin to serve", async () => {
    const server = createHttpServer({ host: "127.0.0.1", port: 0, version: "1.2.3", log: quiet });
    const url = `http://127.0.0.1:${await server.start()}`;
    await server.refuse();

    server.serve({ readiness, receive: async () => ({ status: 200 }), overflow: () => undefined });

    const ready = await fetch(`${url}/readyz`);
    await server.stop();
    expect(await ready.json()).toMatchObject({ status: "stopping" });
  });
});

describe("stopping", () => {
  test("answers what is under way, says Connection: close, and refuses new messages until then", async () => {
    const { url, arrived, answer, refuse, stop } = await held();
    const message = { method: "POST", headers: JSON_TYPE, body: "{}" };
    const pending = fetch(`${url}/api/messages`, message);
    await arrived;

    const refused = refuse();
    const second = await fetch(`${url}/api/messages`, message);
    const ready = await fetch(`${url}/readyz`);
    const alive = await fetch(`${url}/healthz`);
    answer();
    const first = await pending;
    await refused;
    await stop();
    const third = await fetch(`${url}/healthz`).catch(() => "nobody listens");

    expect([first.status, await first.json()]).toEqual([200, { late: true }]);
    expect([second.status, second.headers.get("retry-after")]).toEqual([503, "5"]);
    expect([ready.status, await ready.json()]).toEqual([503, { status: "stopping", version: "1.2.3" }]);
    expect(alive.status).toBe(200);
    expect([first, second, ready, alive].map(({ headers }) => headers.get("connection"))).toEqual(
      Array(4).fill("close"),
    );
    expect(third).toBe("nobody listens");
  });

  test("does not wait for connections that are kept, silent or half-way through a request", async () => {
    const { port, stop } = await held();
    const kept = await rawConnection(port);
    kept.write("GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n");
    await once(kept, "data");
    const silent = await rawConnection(port);
    const half = await rawConnection(port);
    half.write(
      "POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
    );
    const closed = Promise.all(
      [kept, silent, half].map((socket) => new Promise((resolve) => socket.once("close", resolve))),
    );
    for (const socket of [kept, silent, half]) {
      socket.resume();
    }

    await stop();

    await closed;
  });

  test("does not wait for a client that went away half-way through a request", async () => {
    const { port, url, stop } = await held();
    const gone = await rawConnection(port);
    gone.write(
      "POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
      () => gone.destroy(),
    );
    await once(gone, "close");
    await fetch(`${url}/healthz`);

    await expect(stop()).resolves.toBeUndefined();
  });

  test("gives the port back", async () => {
    const { port, stop } = await held();
    await stop();

    const again = createHttpServer({
      host: "127.0.0.1",
      port,
      version: "1.2.3",
      log: quiet,
    });

    expect(await again.start()).toBe(port);
    await again.stop();
  });
});

test("where too much is asked the body is not waited for", async () => {
  const received: unknown[] = [];
  let isFull = true;
  const server = createHttpServer({ host: "127.0.0.1", port: 0, version: "1.2.3", log: quiet });
  server.serve({
    readiness,
    overflow: () => (isFull ? { status: 503, retryAfter: 5, body: { code: "Full" } } : undefined),
    async receive(body) {
      received.push(body);
      return { status: 200 };
    },
  });
  const port = await server.start();
  const socket = await rawConnection(port);
  const answers: string[] = [];
  socket.on("data", (chunk) => answers.push(String(chunk)));
  const head = "POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n";

  socket.write(`${head}Content-Length: 9\r\n\r\n`);
  await expect
    .poll(() => answers.join(""))
    .toMatch(/^HTTP\/1\.1 503 .*retry-after: 5\r\n.*{"code":"Full"}$/is);
  isFull = false;
  // The rest of the refused one, and another one on the same connection.
  socket.write(`{"no": 1}${head}Content-Length: 9\r\n\r\n{"no": 2}`);
  await expect.poll(() => answers.join("")).toContain("HTTP/1.1 200");

  await server.stop();
  expect(received).toEqual([{ no: 2 }]);
});

test("a fault of the bot is a 500 without its reason, which the log has", async () => {
  const logged: object[] = [];
  const server = createHttpServer({
    host: "127.0.0.1",
    port: 0,
    version: "1.2.3",
    log: { ...quiet, error: (facts) => logged.push(facts) },
  });
  server.serve({
    readiness,
    overflow: () => undefined,
    receive: async () => {
      throw new Error("a secret reason");
    },
  });
  const port = await server.start();

  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: "POST",
    headers: JSON_TYPE,
    body: "{}",
  });

  await server.stop();
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret");
  expect(logged).toMatchObject([{ err: { message: "a secret reason" } }]);
});

test("a taken port rejects with its code", async () => {
  const { port, stop } = await held();

  const second = createHttpServer({
    host: "127.0.0.1",
    port,
    version: "1.2.3",
    log: quiet,
  });

  await expect(second.start()).rejects.toMatchObject({ code: "EADDRINUSE" });
  await stop();
});
