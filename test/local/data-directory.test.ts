import { once } from "node:events";
import { chmod, mkdir, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { VERSION } from "../../src/kernel/version.ts";
import { type Claim, claimDataDirectory } from "../../src/local/data-directory.ts";
import { type Child, startChild } from "../support/child.ts";
import { emptyDirectory } from "../support/data-directory.ts";

const CLAIM = new URL("./fixtures/claim.mjs", import.meta.url);

async function temporary(): Promise<string> {
  const directory = await emptyDirectory();
  onTestFinished(() => directory.remove());
  return directory.path;
}

async function claimed(directory: string): Promise<Claim> {
  const claim = await claimDataDirectory(directory, { patience: 5_000 });
  if (claim.held) {
    onTestFinished(() => claim.release());
  }
  return claim;
}

/** A first holder that takes connections and never answers. */
async function leaveHolder(directory: string): Promise<{ server: Server; connection: Promise<Socket> }> {
  const lock = join(directory, "lock");
  await mkdir(lock);
  const server = createServer().listen(join(lock, "silent.sock"));
  const connection = once(server, "connection").then(([socket]: Socket[]) => {
    if (!socket) {
      throw new Error("a connection has a socket");
    }
    return socket;
  });
  onTestFinished(() => void server.close());
  await once(server, "listening");
  await symlink("silent.sock", join(lock, "holder-1"));
  return { server, connection };
}

async function claimInChild(directory: string): Promise<Child> {
  const child = await startChild(CLAIM, directory);
  onTestFinished(() => child.kill());
  return child;
}

describe("a data directory", () => {
  test("is made for this user alone", async () => {
    const directory = join(await temporary(), "not", "yet");

    const claim = await claimed(directory);

    expect(claim.held).toBe(true);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  test("keeps others from the socket also where it was made by hand", async () => {
    const directory = await temporary();
    await chmod(directory, 0o755);
    await mkdir(join(directory, "lock"), { mode: 0o755 });

    await claimed(directory);

    expect((await stat(join(directory, "lock"))).mode & 0o777).toBe(0o700);
  });

  test("is held by one claim, and the second hears whose it is", async () => {
    const directory = await temporary();
    const startedAt = new Date("2026-11-20T09:14:15.926Z");
    const clock = { now: () => startedAt, sleep: async () => undefined };
    const first = await claimDataDirectory(directory, { clock });

    const second = await claimed(directory);

    expect(second).toEqual({ held: false, holder: { pid: process.pid, startedAt, version: VERSION } });
    await (first.held && first.release());
  });

  test("is the same by another path", async () => {
    const directory = await temporary();
    await symlink(directory, join(directory, "again"));
    await claimed(directory);

    const second = await claimed(join(directory, "again"));

    expect(second.held).toBe(false);
  });

  test("is free again once released, as often as one likes, and does not fill up", async () => {
    const directory = await temporary();

    for (let round = 0; round < 5; round += 1) {
      const claim = await claimDataDirectory(directory);
      expect(claim.held).toBe(true);
      await (claim.held && claim.release());
    }

    expect(await readdir(join(directory, "lock"))).toEqual(["holder-5"]);
  });

  test("goes to one of ten who claim at once", async () => {
    const directory = await temporary();

    const claims = await Promise.all(Array.from({ length: 10 }, () => claimed(directory)));

    expect(claims.filter((claim) => claim.held)).toHaveLength(1);
  });

  test("is never held twice while many claim and release it all the time", async () => {
    const directory = await temporary();
    let holders = 0;
    let most = 0;
    let turns = 0;
    const comeAndGo = async (): Promise<void> => {
      while (turns < 150) {
        const claim = await claimDataDirectory(directory);
        if (claim.held) {
          turns += 1;
          holders += 1;
          most = Math.max(most, holders);
          await setImmediate();
          holders -= 1;
          await claim.release();
        }
      }
    };

    await Promise.all(Array.from({ length: 8 }, comeAndGo));

    expect(most).toBe(1);
    expect(turns).toBeGreaterThanOrEqual(150);
    expect((await readdir(join(directory, "lock"))).filter((name) => name.endsWith(".sock"))).toEqual([]);
  });

  test("is not taken by somebody slow whose number was given and passed on meanwhile", async () => {
    const directory = await temporary();
    const { server, connection } = await leaveHolder(directory);
    const slow = claimed(directory);
    const held = await connection;
    server.close();
    const second = await claimed(directory);
    await (second.held && second.release());
    const third = await claimed(directory);

    held.destroy();
    const outcome = await slow;

    expect([second.held, third.held, outcome.held]).toEqual([true, true, false]);
    expect(await readdir(join(directory, "lock"))).toEqual([expect.stringMatching(/\.sock$/), "holder-3"]);
  });

  test.each([
    ["a link to nowhere", (path: string) => symlink("gone.sock", path)],
    ["a plain file", (path: string) => writeFile(path, "")],
  ])("is claimed over %s in the place of the socket", async (_what, leave) => {
    const directory = await temporary();
    await mkdir(join(directory, "lock"));
    await leave(join(directory, "lock", "holder-1"));

    const claim = await claimed(directory);

    expect(claim.held).toBe(true);
  });

  test("is refused while its holder does not say who it is", async () => {
    const directory = await temporary();
    await leaveHolder(directory);

    const claiming = claimDataDirectory(directory, { patience: 50 });

    await expect(claiming).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("does not answer") },
    });
    expect(await readdir(join(directory, "lock"))).toEqual(["holder-1", "silent.sock"]);
  });

  test("says what to do when it cannot be one", async () => {
    const directory = join(await temporary(), "file");
    await writeFile(directory, "");

    const claiming = claimDataDirectory(directory);

    await expect(claiming).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringMatching(/EEXIST.*Set DATA_DIR to a directory/) },
    });
  });

  test("may have a path that is too long for a socket", async () => {
    const directory = join(await temporary(), "d".repeat(120), "ü".repeat(60));
    const first = await claimed(directory);

    const second = await claimed(directory);

    expect(first.held).toBe(true);
    expect(second).toMatchObject({ held: false, holder: { pid: process.pid } });
    await (first.held && first.release());
    expect((await claimed(directory)).held).toBe(true);
    expect(await readdir(join(directory, "lock"))).toHaveLength(2);
  });
});

describe("a data directory and other processes", () => {
  test.each([
    ["short", "d"],
    ["long", "d".repeat(150)],
  ])("is held by one of them when its path is %s", async (_length, name) => {
    const directory = join(await temporary(), name);
    const child = await claimInChild(directory);
    expect(await child.next()).toEqual({ held: true });

    const second = await claimed(directory);

    expect(second).toMatchObject({ held: false, holder: { pid: child.pid } });
  });

  test("can be claimed at once after its holder was killed", async () => {
    const directory = await temporary();
    const child = await claimInChild(directory);
    await child.next();

    await child.kill();
    const claim = await claimed(directory);

    expect(claim.held).toBe(true);
    expect(await readdir(join(directory, "lock"))).toHaveLength(2);
  });

  test("goes to one of ten who wait for the holder to be killed", { timeout: 60_000 }, async () => {
    const directory = await temporary();
    const holder = await claimInChild(directory);
    await holder.next();
    const killed = holder.kill();

    const children = await Promise.all(Array.from({ length: 10 }, () => claimInChild(directory)));
    const outcomes = await Promise.all(children.map((child) => child.next()));
    await killed;

    expect(outcomes.filter((outcome) => JSON.stringify(outcome) === '{"held":true}')).toHaveLength(1);
  });
});
