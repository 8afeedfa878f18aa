import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Log } from "../../src/kernel/log.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { stop } from "../../src/terminal/serve.ts";
import { message, TENANT } from "../support/activities.ts";
import { type Connector, startConnector } from "../support/connector.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { type Running, STACK, settingsFor, start } from "./command-line.ts";

interface Served {
  readonly bot: Running;
  readonly url: string;
  readonly connector: Connector;
}

/** A real process between a Graph that takes its time and a Teams that remembers. */
async function served(delay: number): Promise<Served> {
  const tenant = await startSampleTenant({ people: 40, tenantId: TENANT, delay });
  const data = await dataDirectory();
  const connector = await startConnector();
  onTestFinished(async () => {
    await connector.close();
    await tenant.close();
    await data.remove();
  });
  const bot = await start(["serve"], { environment: { ...settingsFor(tenant, data.path), PORT: "0" } });
  const [, url = ""] = await bot.said(/listens on (http:\/\/127\.0\.0\.1:\d+)\/api\/messages/);
  return { bot, url, connector };
}

/** What became of one question: refused means that Teams would send it again. */
type Fate = "taken" | "refused" | "nobody";

async function ask({ url, connector }: Served, conversation: string): Promise<Fate> {
  const conversationFields = { id: conversation, conversationType: "personal", tenantId: TENANT };
  const activity = message(connector.serviceUrl, "who am i", { conversation: conversationFields });
  try {
    const response = await fetch(`${url}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(activity),
    });
    if (response.status === 503) {
      expect(response.headers.get("retry-after")).toBe("5");
      expect(response.headers.get("connection")).toBe("close");
      return "refused";
    }
    expect(response.status).toBe(200);
    return "taken";
  } catch {
    return "nobody";
  }
}

describe("a stop under load", () => {
  test("answers every question that was taken, once, and asks Teams for the others again", {
    timeout: 60_000,
  }, async () => {
    const load = await served(400);
    const fates = new Map<string, Promise<Fate>>();
    let isOver = false;
    const sendOne = (): void => {
      const conversation = `a:${randomUUID()}`;
      fates.set(conversation, ask(load, conversation));
    };
    const sending = (async () => {
      while (!isOver) {
        sendOne();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await load.connector.waitFor(5);

    const ended = await load.bot.signal("SIGTERM");
    isOver = true;
    await sending;

    const told = await Promise.all([...fates].map(async ([key, fate]) => [key, await fate] as const));
    const taken = told.filter(([, fate]) => fate === "taken").map(([key]) => key);
    const answered = load.connector.sent.map(({ conversationId }) => conversationId);
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.err).not.toMatch(STACK);
    expect(taken.length).toBeGreaterThan(5);
    expect(told.some(([, fate]) => fate === "refused")).toBe(true);
    expect([...answered].sort()).toEqual([...taken].sort());
  });

  test("ends at once on a second signal, of whatever kind", { timeout: 60_000 }, async () => {
    const load = await served(0);
    load.connector.behave("hang");
    const fate = ask(load, "a:slow");
    await load.connector.waitFor(1);
    const first = load.bot.signal("SIGTERM");
    await expect.poll(async () => (await fetch(`${load.url}/readyz`)).status).toBe(503);

    const { code } = await load.bot.signal("SIGINT");

    expect(code).toBe(1);
    expect(await fate).toBe("nobody");
    await first;
  });
});

describe("a stop that hangs", () => {
  const lines: { facts: object; message: string }[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (facts, text) => void lines.push({ facts, message: text }),
    child: () => log,
  };

  test("is ended after its time, with what was still running in the log", async () => {
    const app = {
      stop: () => new Promise<void>(() => undefined),
      stillRunning: () => ({ waitingFor: "the store", work: 2 }),
    };

    const code = await stop(app, log, 20);

    expect(code).toBe(1);
    expect(lines).toEqual([
      {
        facts: { waitingFor: "the store", work: 2, within: 20 },
        message: "the bot ended before everything was done",
      },
    ]);
  });

  test("is none where everything ends in time", async () => {
    const app = { stop: async () => undefined, stillRunning: () => ({ work: 0 }) };

    expect(await stop(app, log, 60_000)).toBe(0);
  });

  test("fails where something could not be closed", async () => {
    const stopping = async (): Promise<void> => {
      throw new Error("the disk is gone");
    };

    expect(await stop({ stop: stopping, stillRunning: () => ({ work: 0 }) }, log, 60_000)).toBe(1);
  });
});
