import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { exportStore } from "../../src/store/transfer/export.ts";
import { importStore } from "../../src/store/transfer/import.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { everyRow, fillEveryTable } from "./filled.ts";

type Rows = Awaited<ReturnType<typeof everyRow>>;

/** The first row of each table that is not the same: all of them would fill the screen. */
function changed(before: Rows, after: Rows): Readonly<Record<string, unknown>> {
  const differences = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((table) => {
    const [one, other] = [before[table] ?? [], after[table] ?? []];
    const index = Array.from({ length: Math.max(one.length, other.length) }).findIndex(
      (_, row) => one[row] !== other[row],
    );
    return index < 0 ? [] : [[table, { before: one[index], after: other[index] }]];
  });
  return Object.fromEntries(differences);
}

/** More than a cursor gives at once. */
const ROWS = 1_203;

describeOnPostgres("a store that moves", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  async function embedded(): Promise<{ readonly database: Database; readonly folder: string }> {
    const directory = await dataDirectory();
    const database = await openPglite(directory.path);
    onTestFinished(async () => {
      await database.close();
      await directory.remove();
    });
    return { database, folder: directory.path };
  }

  test("from the embedded database to PostgreSQL and back keeps every row of every table", async () => {
    const first = await embedded();
    const second = await embedded();
    const postgres = await openPostgres(await server.database());
    onTestFinished(() => postgres.close());
    await migrate(first.database);
    await fillEveryTable(first.database, ROWS);

    const there = join(first.folder, "there.jsonl");
    const written = await exportStore(first.database, there);
    const imported = await importStore(postgres, there);
    const back = join(first.folder, "back.jsonl");
    await exportStore(postgres, back);
    await importStore(second.database, back);

    const before = await everyRow(first.database);
    expect(Object.values(before).every((rows) => rows.length === ROWS)).toBe(true);
    expect(imported).toEqual(written);
    expect(changed(before, await everyRow(postgres))).toEqual({});
    expect(changed(before, await everyRow(second.database))).toEqual({});
  });

  test("is of one moment, whatever is written while it is exported", async () => {
    const url = await server.database();
    const [reading, writing] = await Promise.all([openPostgres(url), openPostgres(url)]);
    onTestFinished(async () => {
      await Promise.all([reading.close(), writing.close()]);
    });
    await migrate(writing);
    await fillEveryTable(writing, 1);
    const { folder } = await embedded();
    const overtaken: Database = {
      ...reading,
      transaction: (work) =>
        reading.transaction(({ query }) =>
          work({
            async query(sql, parameters) {
              if (sql.startsWith("DECLARE")) {
                await writing.query(
                  "INSERT INTO authpulse.secrets VALUES ('t', gen_random_uuid()::text, 'v')",
                );
              }
              return query(sql, parameters);
            },
          }),
        ),
    };

    const { rows } = await exportStore(overtaken, join(folder, "store.jsonl"));

    expect(rows["secrets"]).toBe(1);
  });
});
