import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { READER_IDS } from "../../src/ports/usage.ts";
import type { Database } from "../../src/store/database.ts";
import { openPglite, openStore } from "../../src/store/pglite.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { dataDirectory, emptyDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { newSource, newTenant, READ_AT, reading, readingOfAllPeriods } from "./readings.ts";

async function temporary(make: () => Promise<TemporaryDirectory>): Promise<string> {
  const directory = await make();
  onTestFinished(() => directory.remove());
  return directory.path;
}

async function opened(directory: string): Promise<Store> {
  const store = await openStore(directory);
  onTestFinished(() => store.close());
  return store;
}

describe("the embedded store in a directory", () => {
  test("is made where nothing is yet, for this user alone, and leaves no draft", async () => {
    const parent = await temporary(emptyDirectory);
    const directory = join(parent, "not", "yet");

    await opened(directory);

    const database = await stat(join(directory, "database"));
    expect(await readdir(directory)).toEqual(["database"]);
    expect(database.mode & 0o777).toBe(0o700);
  });

  test("gives back after it was opened again what was saved before", async () => {
    const directory = await temporary(dataDirectory);
    const source = newSource();
    const first = await opened(directory);
    await first.snapshots.save(source, readingOfAllPeriods(7));
    await first.places.welcomeOnce(source.tenantId, "a:1", READ_AT);
    const secret = await first.secret(source.tenantId, "links");
    await first.close();

    const second = await opened(directory);

    expect(await second.snapshots.latest(source, "D30", READER_IDS)).toMatchObject({
      pages: 7,
      readAt: READ_AT,
    });
    expect(await second.places.welcomeOnce(source.tenantId, "a:1", READ_AT)).toBe(false);
    expect(await second.secret(source.tenantId, "links")).toEqual(secret);
  });

  test("lets the event loop turn between queries that many ask at once", async () => {
    const database = await openPglite("memory");
    onTestFinished(() => database.close());
    let turns = 0;
    let isAsking = true;
    const count = (): void => {
      turns += 1;
      if (isAsking) {
        setImmediate(count);
      }
    };

    setImmediate(count);
    await Promise.all(Array.from({ length: 20 }, () => database.query("SELECT 1 AS one")));
    isAsking = false;

    expect(turns).toBeGreaterThan(15);
  });

  test("goes on after a query and a transaction that failed", async () => {
    const database = await openPglite("memory");
    onTestFinished(() => database.close());

    const failed = await Promise.allSettled([
      database.query("SELECT nothing"),
      database.transaction(() => Promise.reject(new Error("broken"))),
    ]);

    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("ends a save that is under way before it closes", async () => {
    const directory = await temporary(dataDirectory);
    const source = newSource();
    const first = await opened(directory);

    const saving = first.snapshots.save(source, readingOfAllPeriods(7));
    await first.close();

    await expect(saving).resolves.toBeUndefined();
    const second = await opened(directory);
    expect(await second.snapshots.latest(source, "D30", READER_IDS)).toMatchObject({ pages: 7 });
  });
});

describe("an embedded store that cannot be opened", () => {
  test("says what to do about a directory that is none", async () => {
    const directory = await temporary(emptyDirectory);
    await writeFile(join(directory, "file"), "");

    const opening = openStore(join(directory, "file"));

    await expect(opening).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringMatching(/ENOTDIR.*Set DATA_DIR to a directory/) },
    });
  });

  test.each([
    [
      "the files of another version of the engine",
      "PG_VERSION",
      Buffer.from("17\n"),
      /initialized by PostgreSQL version 17/,
    ],
    ["a damaged control file", "global/pg_control", randomBytes(100), /pg_control/],
    ["a damaged log", "pg_wal/000000010000000000000001", randomBytes(10_000), /checkpoint/],
  ])("names %s, and leaves them alone", async (_what, file, content, reason) => {
    const directory = await temporary(dataDirectory);
    const path = join(directory, "database", file);
    await writeFile(path, content);

    const opening = openStore(directory);

    await expect(opening).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringMatching(/cannot be opened.*move it away to begin anew/) },
    });
    await expect(opening).rejects.toThrow(reason);
    expect(await readFile(path)).toEqual(content);
  });

  test("does not take a folder with other files for an empty database", async () => {
    const directory = await temporary(emptyDirectory);
    await mkdir(join(directory, "database"));
    await writeFile(join(directory, "database", "base"), "what was left");

    const opening = openStore(directory);

    await expect(opening).rejects.toThrow(/PG_VERSION is missing.*move it away to begin anew/);
    expect(await readdir(join(directory, "database"))).toEqual(["base"]);
  });
});

describe("the contents of an embedded store", () => {
  let directory: TemporaryDirectory;
  let database: Database;
  let store: Store;
  beforeAll(async () => {
    directory = await dataDirectory();
    database = await openPglite(directory.path);
    store = await createStore(database);
  });
  afterAll(async () => {
    await store.close();
    await directory.remove();
  });
  afterEach(async () => {
    await database.query("DELETE FROM authpulse.usage_snapshots");
  });

  test.each([
    ["usage_rows", `'{}'`],
    ["usage_rows", `'[{"feature": "reset", "method": "email", "successes": 1}]'`],
    ["usage_rows", `'[{"feature": "reset", "method": "email", "successes": "1", "failures": 0}]'`],
    ["usage_rows", `'[{"feature": "reset", "method": "email", "successes": -1, "failures": 0}]'`],
    [
      "usage_rows",
      `'[{"feature": "reset", "method": "email", "successes": 1, "failures": 0, "pending": 4}]'`,
    ],
    ["notes", `'[{"kind": "of a later version"}]'`],
    ["pages", "-1"],
    ["to_at", "'infinity'"],
  ])("are refused and named when this version did not write them: %s = %s", async (column, value) => {
    const source = newSource();
    await store.snapshots.save(source, reading(1));
    await database.query(`UPDATE authpulse.usage_snapshots SET ${column} = ${value}`);

    const asking = store.snapshots.latest(source, "D1", READER_IDS);

    await expect(asking).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining(`(${column}`) },
    });
  });

  test("are replaced by the next reading when they cannot be read", async () => {
    const source = newSource();
    await store.snapshots.save(source, reading(1));
    await database.query("UPDATE authpulse.usage_snapshots SET usage_rows = '{}'");

    await store.snapshots.save(source, reading(2));

    expect(await store.snapshots.latest(source, "D1", READER_IDS)).toMatchObject({ pages: 2 });
  });

  test("can be used after a statement was refused", async () => {
    await expect(database.query("SELECT nothing FROM nowhere")).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
    });

    await expect(store.places.welcomeOnce(newTenant(), "a:1", READ_AT)).resolves.toBe(true);
  });
});
