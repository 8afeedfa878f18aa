import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toTenantId } from "../../src/kernel/ids.ts";
import { DAILY_REPORTS } from "../../src/ports/days.ts";
import { PERIODS, READER_IDS } from "../../src/ports/usage.ts";
import type { Database } from "../../src/store/database.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { createStore } from "../../src/store/store.ts";
import { importStore } from "../../src/store/transfer/import.ts";
import { dataDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { everyRow } from "./filled.ts";

/** What each released version left in its store: a file for each, which no later change may touch. */
const FOLDER = join(import.meta.dirname, "fixtures", "released");
const released = readdirSync(FOLDER).map((name) => name.replace(/\.jsonl$/, ""));

const CHANGELOG = readFileSync(join(import.meta.dirname, "..", "..", "CHANGELOG.md"), "utf8");
const dated = [...CHANGELOG.matchAll(/^## \[?(\d+\.\d+\.\d+)\]? - \d{4}-\d{2}-\d{2}$/gm)].map(
  ([, version = ""]) => version,
);

type Row = Readonly<Record<string, unknown>>;

/** The rows of a file by table; its first and last line are about the file. */
function rowsOf(path: string): Readonly<Record<string, readonly Row[]>> {
  const tables: Record<string, Row[]> = {};
  for (const line of readFileSync(path, "utf8").trim().split("\n").slice(1, -1)) {
    const { table, row } = JSON.parse(line) as { readonly table: string; readonly row: Row };
    tables[table] = [...(tables[table] ?? []), row];
  }
  return tables;
}

/** The same with columns in one order, whichever way the database writes them. */
function inOrder(row: Row): string {
  return JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

describe("the store of a released version", () => {
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

  test("is there for every version that the changelog gives a date, and for no other", () => {
    expect(dated.length).toBeGreaterThan(0);
    expect(released.toSorted()).toEqual(dated.toSorted());
  });

  test.each(released)("of %s comes into this version with nothing lost", async (version) => {
    const path = join(FOLDER, `${version}.jsonl`);

    await importStore(database, path);

    const now = await everyRow(database);
    for (const [table, rows] of Object.entries(rowsOf(path))) {
      const { [table]: found = [] } = now;
      const kept = found.map((row): Row => JSON.parse(row));
      const columns = Object.keys(kept[0] ?? {});
      // A column that a later version added is not in the file.
      const asBefore = kept.map((row) =>
        inOrder(Object.fromEntries(Object.entries(row).filter(([name]) => name in (rows[0] ?? {})))),
      );
      expect(columns, `${table} has lost a column`).toEqual(
        expect.arrayContaining(Object.keys(rows[0] ?? {})),
      );
      expect(asBefore.toSorted(), table).toEqual(rows.map(inOrder).toSorted());
    }
  });

  test.each(released)("of %s is understood by every store of this version", async (version) => {
    const path = join(FOLDER, `${version}.jsonl`);
    const rows = rowsOf(path);
    await importStore(database, path);
    const store = await createStore(database);
    const tenantId = toTenantId(String(rows["usage_snapshots"]?.[0]?.["tenant_id"]));
    if (!tenantId) {
      throw new Error(`${path} names no tenant`);
    }
    const source = { tenantId, graphHost: String(rows["usage_snapshots"]?.[0]?.["graph_host"]) };
    const conversation = String(rows["digest_subscriptions"]?.[0]?.["conversation_id"]);

    for (const period of PERIODS) {
      expect((await store.snapshots.latest(source, period, READER_IDS))?.rows.length).toBeGreaterThan(0);
    }
    expect(await store.snapshots.spans(source)).toHaveLength(rows["usage_spans"]?.length ?? 0);
    expect((await store.people.latest(source, ["details"]))?.readAt).toBeInstanceOf(Date);
    expect(
      (await store.peopleHistory.daily(source, ["details"], new Date(0), new Date("2100-01-01")))?.days,
    ).toHaveLength(1);
    expect(Object.keys(await store.days.lastRead(source)).toSorted()).toEqual(DAILY_REPORTS.toSorted());
    expect(await store.collections.states(source)).toHaveLength(rows["collections"]?.length ?? 0);
    expect(await store.subscriptions.get(tenantId, conversation)).toMatchObject({
      state: { kind: "active" },
    });
    expect(await store.deliveries.last(tenantId, conversation, 9)).toHaveLength(1);
    expect(await store.audit.since(tenantId, new Date(0), 99)).toHaveLength(rows["audit"]?.length ?? 0);
    expect(await store.places.welcomeOnce(tenantId, conversation, new Date())).toBe(false);
  });
});
