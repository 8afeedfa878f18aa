import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { MIGRATIONS, migrate } from "../../src/store/migrations.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { exportStore } from "../../src/store/transfer/export.ts";
import { importStore } from "../../src/store/transfer/import.ts";
import { tablesOf } from "../../src/store/transfer/tables.ts";
import { dataDirectory, emptyDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { everyRow, fillEveryTable } from "./filled.ts";

const ROWS = 7;

describe("a store as a file", () => {
  let directory: TemporaryDirectory;
  let folder: TemporaryDirectory;
  let database: Database;
  beforeAll(async () => {
    directory = await dataDirectory();
    database = await openPglite(directory.path);
  });
  afterAll(async () => {
    await database.close();
    await directory.remove();
  });

  let path: string;
  beforeEach(async () => {
    folder = await emptyDirectory();
    path = join(folder.path, "store.jsonl");
    await startAnew();
    return () => folder.remove();
  });

  const startAnew = () => database.query("DROP SCHEMA IF EXISTS authpulse CASCADE");
  const schemas = () =>
    database.query("SELECT nspname AS name FROM pg_namespace WHERE nspname = 'authpulse'");

  async function exported(version = MIGRATIONS.length): Promise<readonly string[]> {
    await migrate(database, MIGRATIONS.slice(0, version));
    await fillEveryTable(database, ROWS);
    await exportStore(database, path);
    await startAnew();
    return (await readFile(path, "utf8")).split("\n");
  }

  test("says what it holds, and only this user may read it", async () => {
    const [header = "", ...lines] = await exported();

    expect(JSON.parse(header)).toEqual({
      ...{ format: "authpulse-store", version: 1, schema: MIGRATIONS.length },
      tenants: ["tenant 0", "tenant 1"],
    });
    expect(lines.filter((line) => line.startsWith('{"table":"audit"'))).toHaveLength(ROWS);
    expect(lines.at(-1)).toBe("");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("leaves out only the steps of the schema, and what counts for minutes", async () => {
    await migrate(database);

    const all = await database.query(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'authpulse'",
    );

    const moved = new Set((await tablesOf(database)).map(({ name }) => name));
    const left = all.map(({ name }) => String(name)).filter((name) => !moved.has(name));
    expect(left.sort()).toEqual(["digest_heartbeats", "graph_quota", "migrations", "post_pace"]);
  });

  test("takes no name that is there already", async () => {
    await writeFile(path, "mine");

    const exporting = exportStore(database, path);

    await expect(exporting).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("is there already") },
    });
    expect(await readFile(path, "utf8")).toBe("mine");
  });

  test.each([
    ["nothing was ever stored", () => Promise.resolve()],
    ["the tables are empty", () => migrate(database)],
  ])("is not made where %s, and leaves no file behind", async (_what, prepare) => {
    await prepare();

    await expect(exportStore(database, path)).rejects.toThrow(/Nothing is stored there/);

    expect(await readdir(folder.path)).toEqual([]);
  });

  test("comes back whole into an empty store, which then goes on numbering", async () => {
    await exported();
    await migrate(database);

    const { tenants, rows } = await importStore(database, path);

    const found = await everyRow(database);
    expect(tenants).toEqual(["tenant 0", "tenant 1"]);
    expect(Object.entries(rows)).toEqual(Object.keys(found).map((table) => [table, ROWS]));
    const [next] = await database.query(`
      INSERT INTO authpulse.audit (tenant_id, at, who, what, command, place, outcome, correlation_id)
      VALUES ('t', now(), 'w', 'w', 'c', 'p', 'o', 'c') RETURNING id`);
    expect(next).toEqual({ id: ROWS + 1 });
  });

  test("of an older version takes the steps since", async () => {
    const older = MIGRATIONS.findIndex(({ name }) => name === "secrets") + 1;
    await exported(older);
    await migrate(database);

    const { rows } = await importStore(database, path);

    expect(rows["registration_snapshots"]).toBe(ROWS);
    const steps = await database.query("SELECT name FROM authpulse.migrations ORDER BY version");
    expect(steps).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
    const found = await everyRow(database);
    expect([found["secrets"]?.length, found["audit"]?.length]).toEqual([ROWS, ROWS]);
    expect(found).not.toHaveProperty("registration_snapshots");
  });

  test("is refused by a store that holds a row, which keeps it", async () => {
    await exported();
    await migrate(database);
    await database.query("INSERT INTO authpulse.secrets VALUES ('t', 'n', 'v')");
    const before = await everyRow(database);

    const importing = importStore(database, path);

    await expect(importing).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringMatching(/not empty \(secrets\).*another DATA_DIR/) },
    });
    expect(await everyRow(database)).toEqual(before);
  });

  test("is refused where it is not there, or is a folder", async () => {
    await mkdir(path);

    await expect(importStore(database, path)).rejects.toThrow(/cannot be read: EISDIR/);
    await expect(importStore(database, `${path}.not`)).rejects.toThrow(/cannot be read: ENOENT/);
  });

  type Lines = readonly string[];
  const edited = (lines: Lines, pattern: RegExp, text: string): Lines =>
    lines.map((line) => line.replace(pattern, text));
  test.each<[string, (lines: Lines) => Lines, RegExp]>([
    ["is empty", () => [], /no export/],
    ["is something else", () => ["a", "b"], /no export/],
    [
      "is of a later format",
      (lines) => edited(lines, /"version":1/, '"version":2'),
      /no export.*later version/,
    ],
    [
      "has a newer schema",
      (lines) => edited(lines, /"schema":\d+/, '"schema":999'),
      /schema 999 .* knows \d+.*later one/,
    ],
    ["ends without its end", (lines) => [...lines.slice(0, -2), ""], /not whole/],
    [
      "ends within its end",
      (lines) => [...lines.slice(0, -2), lines.at(-2)?.slice(0, -1) ?? ""],
      /not whole/,
    ],
    ["ends within a row", (lines) => [...lines.slice(0, 9), lines[9]?.slice(0, 20) ?? ""], /not whole/],
    ["lacks a row", (lines) => lines.toSpliced(5, 1), /damaged/],
    ["has a row twice", (lines) => lines.toSpliced(5, 0, '{"table":"x","row":{}}'), /damaged/],
    ["has a changed value", (lines) => edited(lines, /tenant 1/, "tenant 2"), /damaged/],
    ["has a row without a column", (lines) => edited(lines, /"at": "[^"]*", /, ""), /damaged/],
    ["has a column that is not known", (lines) => edited(lines, /"row":\{/, '"row":{"x":1,'), /damaged/],
    [
      "has a row of a table that is not known",
      (lines) => edited(lines, /"audit"/, '"migrations"'),
      /damaged/,
    ],
    ["goes on after its end", (lines) => [...lines, "more", ""], /damaged/],
    [
      "has a value that the column cannot hold",
      (lines) => edited(lines, /"at": "2/, '"at": "x2'),
      /timestamp/,
    ],
  ])("is refused when it %s, and nothing of it is stored", async (_what, spoil, reason) => {
    const lines = await exported();
    await writeFile(path, spoil(lines).join("\n"));

    const importing = importStore(database, path);

    await expect(importing).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
    await expect(importing).rejects.toThrow(reason);
    expect(await schemas()).toEqual([]);
  });
});
