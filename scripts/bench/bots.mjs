// The processes that rows measure or need: AuthPulse as its command line starts it, the bare bot, and a Graph.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { nodeOptions } from "./node-options.mjs";

/** A folder that `remove` deletes. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "authpulse-bench-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A sample tenant that lets requests through as fast as they come, in a process of its own. */
export async function startTenant({ root, people, tenantId }) {
  const script = join(import.meta.dirname, "..", "..", "test", "long", "fixtures", "tenant.mjs");
  const child = fork(script, [join(root, "dist"), String(people), tenantId], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [{ url, token }] = await once(child, "message");
  return { url, token, tenantId, stop: () => ended(child) };
}

/** What AuthPulse is set up with: no registration, so that nobody's token is checked, and no collections by schedule. */
export function settingsOf(tenant, dataDirectory) {
  return {
    AZURE_TENANT_ID: tenant.tenantId,
    GRAPH_BASE_URL: tenant.url,
    GRAPH_ACCESS_TOKEN: tenant.token,
    DATA_DIR: dataDirectory,
    COLLECT_EVERY: "0",
  };
}

/**
 * `authpulse serve` on a free port. Its log is written as it would be anywhere, into a file of `folder`. Does not wait:
 * `listening` and `ready` resolve with the milliseconds since the start of the process.
 */
export async function spawnAuthPulse({ root, folder, settings }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(folder, "log");
  const output = openSync(log, "a");
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeOptions(root), join(root, "dist", "main.js"), "serve"], {
    cwd: folder,
    stdio: ["ignore", "ignore", output],
    env: { PATH: process.env.PATH, ...settings, PORT: String(port) },
  });
  closeSync(output);
  const answered = async (path) => {
    await untilOk(`${url}${path}`, child, () => readFile(log, "utf8"));
    return performance.now() - began;
  };
  return {
    ...{ name: "authpulse", url, pid: child.pid },
    listening: () => answered("/healthz"),
    ready: () => answered("/readyz"),
    stop: () => ended(child),
  };
}

/** The same, started and ready. */
export async function startAuthPulse(parts) {
  const bot = await spawnAuthPulse(parts);
  await bot.ready();
  return bot;
}

/** A bot of botbuilder and restify that answers each message with the attachments of this activity. */
export async function startBareBot({ folder, activity }) {
  const port = await freePort();
  const script = join(import.meta.dirname, "servers", "bare-bot.mjs");
  const child = spawn(process.execPath, [script, String(port), activity], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    env: { PATH: process.env.PATH },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilOk(`${url}/healthz`, child, async () => "");
  return { name: "bare", url, pid: child.pid, stop: () => ended(child) };
}

async function untilOk(url, child, why) {
  while (child.exitCode === null) {
    if ((await statusOf(url)) === 200) {
      return;
    }
    await pause(1);
  }
  throw new Error(`a measured process ended with ${child.exitCode}: ${await why()}`);
}

/** 0 where nobody answers yet. */
function statusOf(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once("error", () => resolve(0));
  });
}

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}
