import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import { READER_IDS } from "../../src/ports/usage.ts";
import type { Database } from "../../src/store/database.ts";
import { createDeliveryLedger } from "../../src/store/deliveries.ts";
import { MIGRATIONS, migrate } from "../../src/store/migrations.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { createPlaceStore } from "../../src/store/places.ts";
import { createSnapshotStore } from "../../src/store/snapshots.ts";
import { createSubscriptionStore } from "../../src/store/subscriptions.ts";
import { newSubscription, weeklyOf } from "../digest/subscriptions.ts";
import { dataDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { newTenant, READ_AT } from "./readings.ts";

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
      { name: "audit", first: "tenant_id" },
      { name: "collections", first: "tenant_id" },
      { name: "daily_counts", first: "tenant_id" },
      { name: "digest_deliveries", first: "tenant_id" },
      { name: "digest_heartbeats", first: "tenant_id" },
      { name: "digest_subscriptions", first: "tenant_id" },
      { name: "graph_quota", first: "tenant_id" },
      { name: "people_history", first: "tenant_id" },
      { name: "people_snapshots", first: "tenant_id" },
      { name: "post_pace", first: "tenant_id" },
      { name: "removed_places", first: "tenant_id" },
      { name: "secrets", first: "tenant_id" },
      { name: "told_places", first: "tenant_id" },
      { name: "usage_cells", first: "tenant_id" },
      { name: "usage_folds", first: "tenant_id" },
      { name: "usage_snapshots", first: "tenant_id" },
      { name: "usage_spans", first: "tenant_id" },
      { name: "welcomed_places", first: "tenant_id" },
    ]);
  });

  test("lose nothing of a database that was made before there was an audit", async () => {
    const digest = MIGRATIONS.findIndex(({ name }) => name === "digest deliveries");
    await migrate(database, MIGRATIONS.slice(0, digest + 1));
    const subscription = newSubscription();
    const { tenantId, address } = subscription;
    const delivery = weeklyOf(subscription);
    const before = { tenantId, graphHost: "graph.microsoft.com" };
    const { subscriptions, deliveries, snapshots } = storesOn(database);
    await subscriptions.put(subscription);
    await database.query(
      `INSERT INTO authpulse.digest_deliveries
        (tenant_id, conversation_id, week, kind, started_at, due_at, numbers, state)
       VALUES ($1, $2, $3, 'weekly', $4, $5, $6::jsonb, 'posting')`,
      [
        ...[tenantId, delivery.conversationId, delivery.week, delivery.startedAt, delivery.dueAt],
        JSON.stringify(delivery.numbers),
      ],
    );
    await database.query(
      `INSERT INTO authpulse.usage_snapshots
        (tenant_id, graph_host, reader, period, read_at, from_at, to_at, pages, rows_read, usage_rows, notes)
       VALUES ($1, $2, 'events', 'D1', $3, $3, $3, 7, 7, '[]', '[]')`,
      [before.tenantId, before.graphHost, READ_AT],
    );
    await database.query("INSERT INTO authpulse.welcomed_places VALUES ($1, 'a:1', $2)", [tenantId, READ_AT]);

    await migrate(database);

    const { setBy: _setBy, ...nameless } = subscription;
    expect(await subscriptions.get(tenantId, address.conversationId)).toStrictEqual(subscription);
    expect(await deliveries.last(tenantId, address.conversationId, 9)).toEqual([delivery]);
    expect(await snapshots.latest(before, "D1", READER_IDS)).toMatchObject({ pages: 7 });
    expect(await createPlaceStore(database).welcomeOnce(tenantId, "a:1", READ_AT)).toBe(false);
    await subscriptions.put(nameless);
    expect(await subscriptions.get(tenantId, address.conversationId)).toStrictEqual(nameless);
  });

  test("carry over which time was covered before there were spans of it", async () => {
    const spans = MIGRATIONS.findIndex(({ name }) => name === "usage spans");
    await migrate(database, MIGRATIONS.slice(0, spans));
    const source = { tenantId: newTenant(), graphHost: "graph.microsoft.com" };
    const span = {
      from: new Date("2026-10-21T09:00:00Z"),
      to: new Date("2026-11-20T09:00:00Z"),
      readAt: READ_AT,
    };
    await database.query("INSERT INTO authpulse.usage_coverage VALUES ($1, $2, $3, $4, $5)", [
      ...[source.tenantId, source.graphHost],
      ...[span.from, span.to, span.readAt],
    ]);

    await migrate(database);

    expect(await storesOn(database).snapshots.spans(source)).toEqual([span]);
  });
});

/** As an older version has them: all that these statements need is there before the audit. */
function storesOn(database: Database) {
  return {
    subscriptions: createSubscriptionStore(database),
    deliveries: createDeliveryLedger(database, false),
    snapshots: createSnapshotStore(database),
  };
}
