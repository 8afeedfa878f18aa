import { once } from "node:events";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { builtSources } from "../support/build.ts";
import { run, STACK, start, temporary } from "./command-line.ts";

const TENANT = "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01";
const APP = "a99e5e01-7c2d-4c8e-b8f3-d1f9b0c2a601";

async function local(settings: Readonly<Record<string, string>> = {}) {
  return { AZURE_TENANT_ID: TENANT, PORT: "0", DATA_DIR: await temporary(), ...settings };
}

async function freePort(): Promise<string> {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  other.close();
  return String(port);
}

async function takenPort(): Promise<string> {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  return String((other.address() as AddressInfo).port);
}

/** A start that fails says so in one line, with what to do, and without a stack. */
async function failing(environment: Readonly<Record<string, string>>, entry?: string) {
  const { code, out, err } = await run(["serve"], { environment, ...(entry && { entry }) });
  expect(out).toBe("");
  expect(err).not.toMatch(STACK);
  return {
    code,
    said: err
      .split("\n")
      .filter((line) => !line.startsWith("{"))
      .join("\n")
      .trim(),
  };
}

describe("serve does not start, and says what to do,", () => {
  test("with settings that are wrong: all of them at once, before anything else is looked at", async () => {
    const folder = await temporary();
    const { code, said } = await failing({
      MicrosoftAppId: APP,
      MicrosoftAppTenantId: TENANT,
      AZURE_CLIENT_CERTIFICATE_PATH: folder,
      DATA_DIR: "/proc/nowhere",
      PORT: "http",
    });

    expect(code).toBe(2);
    expect(said).toContain(
      "AZURE_CLIENT_CERTIFICATE_PATH: The file cannot be read (EISDIR).\n    Check the path",
    );
    expect(said).toContain(
      'PORT: "http" is not a whole number from 0 to 65535.\n    Set it to such a number',
    );
    expect(said).not.toContain("DATA_DIR");
  });

  test("with a data directory that cannot be written, before it takes a port", async () => {
    const folder = await temporary();
    await writeFile(join(folder, "file"), "");

    const { code, said } = await failing(
      await local({ DATA_DIR: join(folder, "file"), PORT: await takenPort() }),
    );

    expect(code).toBe(1);
    expect(said).toMatch(/^AuthPulse cannot start\. STORE-UNAVAILABLE: .* Set DATA_DIR to a directory/);
  });

  test("with templates that are damaged", { timeout: 60_000 }, async () => {
    const sources = await builtSources();
    const copy = `${dirname(sources)}-${process.pid}`;
    onTestFinished(() => rm(copy, { recursive: true, force: true }));
    await mkdir(join(copy, "cards"), { recursive: true });
    await cp(sources, join(copy, "dist"), { recursive: true });
    await cp(join(dirname(sources), "package.json"), join(copy, "package.json"));

    const { code, said } = await failing(await local(), join(copy, "dist", "main.js"));

    expect(code).toBe(1);
    expect(said).toMatch(
      /^AuthPulse cannot start\. INTERNAL: The card templates are damaged: .*Install AuthPulse/,
    );
  });

  test.each([
    ["PORT", "PORT"],
    ["METRICS_PORT", "METRICS_PORT"],
  ])("with %s taken by another program", async (setting) => {
    const port = await takenPort();

    const { code, said } = await failing(await local({ [setting]: port }));

    expect(code).toBe(1);
    expect(said).toBe(
      `AuthPulse cannot start: port ${port} is taken. End the other program, or set ${setting}.`,
    );
  });

  test("with an address for metrics that this machine does not have", async () => {
    const { code, said } = await failing(await local({ METRICS_PORT: "9464", METRICS_HOST: "192.0.2.1" }));

    expect(code).toBe(1);
    expect(said).toMatch(/\(EADDRNOTAVAIL\)\. Check METRICS_HOST and METRICS_PORT\.$/);
  });

  test.each([
    ["where nobody listens", "127.0.0.1:1", /nobody listens there \(ECONNREFUSED\)\. Check DATABASE_URL/],
    ["whose host is not known", "db.invalid", /\((ENOTFOUND|EAI_AGAIN)\)\. Check DATABASE_URL/],
  ])("with a database server %s", async (_what, host, remedy) => {
    const { code, said } = await failing(
      await local({ DATABASE_URL: `postgres://user:secret-canary@${host}/authpulse` }),
    );

    expect(code).toBe(1);
    expect(said).toMatch(/^AuthPulse cannot start\. STORE-UNAVAILABLE: PostgreSQL cannot be used/);
    expect(said).toMatch(remedy);
    expect(said).not.toContain("secret-canary");
  });
});

/** A database server that takes connections and says nothing until it is closed. */
async function silentServer(): Promise<{ readonly port: number; close(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on("error", () => undefined)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = (): void => {
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  onTestFinished(close);
  return { port: (server.address() as AddressInfo).port, close };
}

test("a start that waits for its database is alive, not ready, and can be stopped", {
  timeout: 60_000,
}, async () => {
  const database = await silentServer();
  const port = await freePort();
  const bot = await start(["serve"], {
    environment: await local({
      PORT: port,
      METRICS_PORT: "0",
      DATABASE_URL: `postgres://user@127.0.0.1:${database.port}/authpulse`,
    }),
  });
  await bot.said(/metrics are served/);
  const url = `http://127.0.0.1:${port}`;

  const [alive, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)]);
  const ended = bot.signal("SIGTERM");
  await expect.poll(async () => (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: "stopping" });
  database.close();

  expect(alive.status).toBe(200);
  expect([ready.status, await ready.json()]).toMatchObject([503, { status: "starting" }]);
  expect(await ended).toMatchObject({ code: 0, signal: null });
});
