import { once } from "node:events";
import { mkdir, symlink } from "node:fs/promises";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import { askHolder, claimDataDirectory } from "../../src/local/data-directory.ts";
import type { CallHandler } from "../../src/local/messages.ts";
import { startChild } from "../support/child.ts";
import { emptyDirectory } from "../support/data-directory.ts";

async function temporary(): Promise<string> {
  const directory = await emptyDirectory();
  onTestFinished(() => directory.remove());
  return directory.path;
}

/** A directory that is held here; without a handler its holder has not started to answer. */
async function heldDirectory(handler?: CallHandler): Promise<string> {
  const directory = await temporary();
  const claim = await claimDataDirectory(directory);
  if (!claim.held) {
    throw new Error("a new directory is free");
  }
  onTestFinished(() => claim.release());
  if (handler) {
    claim.serve(handler);
  }
  return directory;
}

/** What a holder of another version might answer, whatever is asked. */
async function answering(status: number, body: string): Promise<string> {
  const directory = await temporary();
  const lock = join(directory, "lock");
  await mkdir(lock);
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  server.listen(join(lock, "other.sock"));
  onTestFinished(() => void server.close());
  await once(server, "listening");
  await symlink("other.sock", join(lock, "holder-1"));
  return directory;
}

describe("a call to the holder of a data directory", () => {
  test("reaches the handler and brings its answer back", async () => {
    const argument = { text: "sspr usage by method 🔑", list: [1, null, true] };
    const directory = await heldDirectory(async (name, given) => ({ name, given }));

    const answer = await askHolder(directory, { name: "ask", argument });

    expect(answer).toEqual({ name: "ask", given: argument });
  });

  test("works without argument and without answer", async () => {
    const directory = await heldDirectory(async (_name, given) => given);

    const answer = await askHolder(directory, { name: "collect", argument: undefined });

    expect(answer).toBeUndefined();
  });

  test("works through a path that is too long for a socket", async () => {
    const parent = await temporary();
    const directory = join(parent, "d".repeat(150));
    const claim = await claimDataDirectory(directory);
    onTestFinished(() => (claim.held ? claim.release() : undefined));
    claim.held && claim.serve(async () => "here");

    const answer = await askHolder(directory, { name: "ask", argument: {} });

    expect(answer).toBe("here");
  });

  test("is answered while others take longer", async () => {
    let finish: (answer: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const directory = await heldDirectory((name) => (name === "slow" ? slow : Promise.resolve("fast")));
    const waiting = askHolder(directory, { name: "slow", argument: {} });

    const fast = await askHolder(directory, { name: "fast", argument: {} });
    finish("slow");

    expect([fast, await waiting]).toEqual(["fast", "slow"]);
  });

  test("brings back a problem with all its facts", async () => {
    const facts = {
      detail: "wait",
      retryAt: new Date("2026-11-20T10:00:00.000Z"),
      status: 429,
      requestId: "r-1",
    };
    const directory = await heldDirectory(async () => {
      throw new AppError("GRAPH-THROTTLED", facts);
    });

    const asking = askHolder(directory, { name: "ask", argument: {} });

    await expect(asking).rejects.toBeInstanceOf(AppError);
    await expect(asking).rejects.toMatchObject({ code: "GRAPH-THROTTLED", facts });
  });

  test("is refused as the handler says when it does not know the name", async () => {
    const directory = await heldDirectory(async (name) => {
      throw new AppError("INTERNAL", { detail: `The bot knows no call "${name}".` });
    });

    const asking = askHolder(directory, { name: "of a later version", argument: {} });

    await expect(asking).rejects.toThrow('The bot knows no call "of a later version".');
  });

  test("ends with an error when the answer is too long", async () => {
    const directory = await heldDirectory(async () => "x".repeat(8 * 1024 * 1024));

    const asking = askHolder(directory, { name: "ask", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "INTERNAL",
      facts: { detail: expect.stringContaining("more than 8388608 bytes") },
    });
  });

  test.each([
    ["fails unforeseen", async () => JSON.parse("{"), /SyntaxError/],
    ["gives an answer that is no JSON", async () => 1n, /BigInt/],
  ])("says so when the handler %s", async (_what, handler, reason) => {
    const directory = await heldDirectory(handler);

    const asking = askHolder(directory, { name: "ask", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "INTERNAL",
      facts: { detail: expect.stringMatching(reason) },
    });
  });

  test("says so when the holder does not answer calls yet", async () => {
    const directory = await heldDirectory();

    const asking = askHolder(directory, { name: "ask", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("Try again") },
    });
  });

  test("is refused when it is too long, before it is sent", async () => {
    const directory = await heldDirectory(async () => "not reached");

    const asking = askHolder(directory, { name: "ask", argument: "x".repeat(64 * 1024) });

    await expect(asking).rejects.toMatchObject({
      code: "INTERNAL",
      facts: { detail: expect.stringContaining("65536") },
    });
  });

  test("says so when nobody holds the directory any more", async () => {
    const directory = await temporary();
    const claim = await claimDataDirectory(directory);
    await (claim.held && claim.release());

    const asking = askHolder(directory, { name: "ask", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("has ended") },
    });
  });

  test("says so when there is no such directory", async () => {
    const asking = askHolder(join(await temporary(), "never"), { name: "ask", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("ENOENT") },
    });
  });

  test("ends with an error when the holder is released meanwhile", async () => {
    const directory = await temporary();
    const claim = await claimDataDirectory(directory);
    const reached = new Promise<void>((resolve) => {
      claim.held &&
        claim.serve(() => {
          resolve();
          return new Promise(() => undefined);
        });
    });

    const asking = askHolder(directory, { name: "ask", argument: {} }).catch((thrown: unknown) => thrown);
    await reached;
    await (claim.held && claim.release());

    expect(await asking).toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("ended before it had answered") },
    });
  });

  test("ends with an error when the holder is killed meanwhile", async () => {
    const directory = await temporary();
    const child = await startChild(new URL("./fixtures/claim.mjs", import.meta.url), directory);
    onTestFinished(() => child.kill());
    await child.next();

    const asking = askHolder(directory, { name: "end", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("ended before it had answered") },
    });
  });

  test.each([
    ["no JSON", 200, "<html>"],
    ["JSON of another shape", 200, '{"result": 1}'],
  ])("says so when a holder of another version answers with %s", async (_what, status, body) => {
    const directory = await answering(status, body);

    const asking = askHolder(directory, { name: "ask", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "INTERNAL",
      facts: { detail: expect.stringContaining("with the version of this command") },
    });
  });

  test("keeps a problem code of another version in the detail", async () => {
    const directory = await answering(500, '{"problem": {"code": "LATER-CODE", "detail": "of later"}}');

    const asking = askHolder(directory, { name: "ask", argument: {} });

    await expect(asking).rejects.toMatchObject({
      code: "INTERNAL",
      facts: { detail: "LATER-CODE: of later" },
    });
  });
});

describe("the socket of a holder", () => {
  interface Sent {
    readonly method: string;
    readonly path: string;
    readonly body?: string;
  }

  async function send(
    directory: string,
    { method, path, body }: Sent,
  ): Promise<{ status: number; body: unknown }> {
    const outgoing = request({ socketPath: join(directory, "lock", "holder-1"), method, path, agent: false });
    outgoing.end(body);
    const [response] = await once(outgoing, "response");
    const chunks: string[] = await response.setEncoding("utf8").toArray();
    return { status: response.statusCode, body: JSON.parse(chunks.join("")) };
  }

  test("says who holds the directory", async () => {
    const directory = await heldDirectory();

    const answer = await send(directory, { method: "GET", path: "/holder" });

    expect(answer).toMatchObject({
      status: 200,
      body: { pid: process.pid, startedAt: expect.stringMatching(/Z$/) },
    });
  });

  test.each([
    ["another path", { method: "GET", path: "/" }, 404],
    ["another method", { method: "GET", path: "/call" }, 404],
    ["no JSON", { method: "POST", path: "/call", body: "ask" }, 400],
    ["no name", { method: "POST", path: "/call", body: '{"argument": {}}' }, 400],
    ["an unknown field", { method: "POST", path: "/call", body: '{"name": "ask", "as": "admin"}' }, 400],
    [
      "a long body",
      { method: "POST", path: "/call", body: JSON.stringify({ name: "x".repeat(65_536) }) },
      413,
    ],
  ])("refuses %s", async (_what, sent, status) => {
    let calls = 0;
    const directory = await heldDirectory(async () => {
      calls += 1;
    });

    const answer = await send(directory, sent);

    expect(answer).toMatchObject({ status, body: { problem: { code: "INTERNAL" } } });
    expect(calls).toBe(0);
  });
});
