import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { describe } from "vitest";

const run = promisify(execFile);

/** A server of a test: its own cluster in a temporary folder, reached by a socket in it. */
export interface PostgresServer {
  /** Makes an empty database, and gives its URL. */
  database(): Promise<string>;
  /** Closes all connections, as a restart of a server does. `start` comes back on the same URLs. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** What every connection has to know. */
export const PASSWORD = "pass-canary/@:%";

/**
 * `describe`, left out with its reason on a machine that has no PostgreSQL. `AUTHPULSE_POSTGRES=required` makes that a
 * failure, so that nothing is left out unseen where there has to be one; `off` leaves the tests out in any case.
 */
export function describeOnPostgres(name: string, tests: () => void): void {
  const said = process.env["AUTHPULSE_POSTGRES"];
  const reason =
    said === "off"
      ? "AUTHPULSE_POSTGRES=off"
      : said !== "required" && programsFolder() === undefined
        ? "no PostgreSQL server is installed here"
        : undefined;
  describe.skipIf(reason !== undefined)(reason ? `${name} (left out: ${reason})` : name, tests);
}

/** Starts the server of this machine; rejects with what to do where there is none. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = findPrograms();
  const user = await serverUser();
  const folder = await mkdtemp(join(tmpdir(), "authpulse-postgres-"));
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, PASSWORD);
  await chmod(folder, 0o700);
  if (user) {
    await chown(folder, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  await run(
    join(programs, "initdb"),
    [
      ...["-D", data, "--no-sync", "-A", "scram-sha-256", "-U", "authpulse", `--pwfile=${passwordFile}`],
      ...["-E", "UTF8", "--locale=C"],
    ],
    { ...user, cwd: folder },
  );
  const urlOf = (database: string): string =>
    `postgres://authpulse:${encodeURIComponent(PASSWORD)}@/${database}?host=${encodeURIComponent(folder)}`;
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const options = ["listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=40"];
    server = spawn(
      join(programs, "postgres"),
      ["-D", data, "-k", folder, ...options.flatMap((option) => ["-c", option])],
      { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
    );
    await readyToConnect(server);
  }

  async function halt(): Promise<void> {
    const ended = server && once(server, "exit");
    // Fast: running statements are ended, nobody is waited for.
    server?.kill("SIGINT");
    await ended;
  }

  await start();
  return {
    start,
    halt,
    async database() {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      const client = new Client(urlOf("postgres"));
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    async remove() {
      await halt();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of `postgres` and `initdb`: as the PATH says, else where Debian keeps them, the newest first. */
function programsFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  return folders.find((folder) => ["postgres", "initdb"].every((name) => existsSync(join(folder, name))));
}

function findPrograms(): string {
  const found = programsFolder();
  if (found === undefined) {
    throw new Error("There is no PostgreSQL server here. Install one (Debian: postgresql).");
  }
  return found;
}

/** The server refuses to run as root; then it runs as the user that its package has made. */
async function serverUser(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const users = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const [, , uid, gid] = users.find(([name]) => name === "postgres") ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error("As root the tests start PostgreSQL as the user postgres, and there is none.");
  }
  return { uid: Number(uid), gid: Number(gid) };
}

async function readyToConnect(server: ChildProcess): Promise<void> {
  let said = "";
  server.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(-10_000);
  });
  while (!said.includes("ready to accept connections")) {
    if (!server.stderr || server.exitCode !== null) {
      throw new Error(`PostgreSQL did not start: ${said}`);
    }
    await Promise.race([once(server.stderr, "data"), once(server, "exit")]);
  }
}
