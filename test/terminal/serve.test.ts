import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { claimDataDirectory } from "../../src/local/data-directory.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { type Running, run, STACK, settingsFor, start, temporary } from "./command-line.ts";

interface Served {
  readonly bot: Running;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
}

async function settings(): Promise<Readonly<Record<string, string>>> {
  const tenant = await startSampleTenant({ people: 400 });
  const data = await dataDirectory();
  onTestFinished(async () => {
    await tenant.close();
    await data.remove();
  });
  return { ...settingsFor(tenant, data.path), PORT: "0" };
}

async function served(environment: Readonly<Record<string, string>>): Promise<Served> {
  const bot = await start(["serve"], { environment });
  const [, url = ""] = await bot.said(/listens on (http:\/\/127\.0\.0\.1:\d+)\/api\/messages/);
  return { bot, url, environment };
}

/** Somebody else can have both now. */
async function expectFree(port: number, directory: string): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
  const claim = await claimDataDirectory(directory);
  expect(claim.held).toBe(true);
  if (claim.held) {
    await claim.release();
  }
}

async function servesUntil(signal: NodeJS.Signals): Promise<void> {
  const { bot, url, environment } = await served(await settings());
  const health = await fetch(`${url}/healthz`);
  const messages = await fetch(`${url}/api/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });

  const { code, out, err } = await bot.signal(signal);

  expect([health.status, messages.status]).toEqual([200, 400]);
  expect([code, out]).toEqual([0, ""]);
  expect(err).not.toMatch(STACK);
  await expectFree(Number(new URL(url).port), environment["DATA_DIR"] ?? "");
}

describe("serve", () => {
  test("answers on both addresses until SIGTERM or SIGINT, and frees port and directory", async () => {
    await Promise.all((["SIGTERM", "SIGINT"] as const).map(servesUntil));
  });

  test("refuses a taken port, and says what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;

    const { code, err } = await run(["serve"], {
      environment: { ...(await settings()), PORT: String(port) },
    });

    other.close();
    expect(code).toBe(1);
    expect(err).toBe(`AuthPulse cannot start: port ${port} is taken. End the other program, or set PORT.\n`);
  });

  test("refuses a data directory that cannot be made, and says what to do", async () => {
    const folder = await temporary();
    await writeFile(join(folder, "file"), "");

    const { code, err } = await run(["serve"], {
      environment: { ...(await settings()), DATA_DIR: join(folder, "file", "data") },
    });

    expect(code).toBe(1);
    expect(err).toMatch(/^AuthPulse cannot start\. STORE-UNAVAILABLE: .*Set DATA_DIR to a directory/);
    expect(err).not.toMatch(STACK);
  });
});

describe("beside a running bot", () => {
  test("ask and collect go through it and say so, and another bot is refused", {
    timeout: 60_000,
  }, async () => {
    const { bot, url, environment } = await served(await settings());

    const collected = await run(["collect"], { environment });
    const [asked, second] = await Promise.all([
      run(["ask", "sspr usage by method"], { environment }),
      run(["serve"], { environment }),
    ]);

    const through = `Asking the bot that runs here (process ${bot.pid}).\n`;
    expect(collected.code).toBe(0);
    expect(collected.err).toContain(through);
    expect(collected.out).toMatch(/^Stored of tries: .*\nStored of people: /);
    expect(asked).toMatchObject({ code: 0, err: through });
    expect(asked.out).toMatch(/Password resets: \d+\s% of tries worked/);
    expect(second.code).toBe(1);
    expect(second.err).toContain(
      `Process ${bot.pid} uses ${environment["DATA_DIR"]}. Stop it, or set another`,
    );
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
