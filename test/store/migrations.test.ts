import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import type { Database } from "../../src/store/database.ts";
import { MIGRATIONS, migrate } from "../../src/store/migrations.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { dataDirectory, type TemporaryDirectory } from "../support/data-directory.ts";

describe("migrations", () => {
  let directory: TemporaryDirectory;
  let database: Database;
  beforeAll(async () => {
    directory = await dataDirectory();
    database = await openPglite(directory.path);
  });
  afterAll(async () => {
    await database.close();
    await directory.remove();
  });
  beforeEach(async () => {
    await database.query("DROP SCHEMA IF EXISTS authpulse CASCADE");
  });

  const one = { name: "one", statements: ["CREATE TABLE authpulse.one (a integer)"] };
  const two = {
    name: "two",
    statements: ["CREATE TABLE authpulse.two (a integer)", "INSERT INTO authpulse.two VALUES (2)"],
  };

  const tables = async (): Promise<readonly unknown[]> => {
    const rows = await database.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'authpulse' ORDER BY table_name",
    );
    return rows.map((row) => row["table_name"]);
  };
  const taken = (): Promise<readonly unknown[]> =>
    database.query("SELECT version, name FROM authpulse.migrations ORDER BY version");

  test("are taken in order and remembered", async () => {
    await migrate(database, [one, two]);

    expect(await tables()).toEqual(["migrations", "one", "two"]);
    expect(await taken()).toEqual([
      { version: 1, name: "one" },
      { version: 2, name: "two" },
    ]);
  });

  test("are taken once, and new ones later", async () => {
    await migrate(database, [one]);

    await migrate(database, [one, two]);
    await migrate(database, [one, two]);

    expect(await database.query("SELECT a FROM authpulse.two")).toEqual([{ a: 2 }]);
  });

  test("leave nothing of a step that fails, and keep the steps before", async () => {
    const broken = {
      name: "broken",
      statements: ["CREATE TABLE authpulse.half (a integer)", "SELECT 1 / 0"],
    };

    const migrating = migrate(database, [one, broken]);

    await expect(migrating).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
    expect(await tables()).toEqual(["migrations", "one"]);
    expect(await taken()).toEqual([{ version: 1, name: "one" }]);
  });

  test("refuse a schema of a newer version and touch nothing", async () => {
    await migrate(database, [one, two]);

    const migrating = migrate(database, [one]);

    await expect(migrating).rejects.toThrow(AppError);
    await expect(migrating).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringMatching(/schema 2 .* knows 1.*newer version/) },
    });
    expect(await tables()).toEqual(["migrations", "one", "two"]);
  });

  test("begin every primary key of the product with the tenant", async () => {
    await migrate(database, MIGRATIONS);

    const keys = await database.query(`
      SELECT t.relname AS name, a.attname AS first
      FROM pg_index i
      JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
      WHERE n.nspname = 'authpulse' AND i.indisprimary AND t.relname <> 'migrations'
      ORDER BY t.relname`);
    expect(keys).toEqual([
      { name: "digest_deliveries", first: "tenant_id" },
      { name: "digest_subscriptions", first: "tenant_id" },
      { name: "people_snapshots", first: "tenant_id" },
      { name: "usage_cells", first: "tenant_id" },
      { name: "usage_coverage", first: "tenant_id" },
      { name: "usage_snapshots", first: "tenant_id" },
      { name: "welcomed_places", first: "tenant_id" },
    ]);
  });
});
