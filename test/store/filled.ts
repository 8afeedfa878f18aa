import type { Database } from "../../src/store/database.ts";
import { tablesOf } from "../../src/store/transfer/tables.ts";

/** What a value of each type is in row `n`; a type that is not here fails the test that fills a store. */
const VALUE_OF: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `'${column} Ü 🔑 "\\u0041\\ ' || chr(10) || chr(8232) || n`,
  jsonb: () =>
    `jsonb_build_array(n, 9007199254740991, 1.50, NULL, jsonb_build_object('__proto__', '"ü'), '[]'::jsonb)`,
  timestamptz: () => "timestamptz '2026-03-29 00:59:59.926837+00' + n * interval '15 minutes'",
  date: () => "date '2024-02-28' + n",
  int4: () => "n",
  int8: () => "n",
  bool: () => "n % 2 = 0",
};

/** Fills every table that there is, whichever they are, with rows of two tenants; every third has the gaps it may. */
export async function fillEveryTable(database: Database, rows: number): Promise<void> {
  for (const { name, sql, numbered } of await tablesOf(database)) {
    const columns = (
      await database.query(
        `SELECT a.attname::text AS column, t.typname::text AS type, a.attnotnull AS needed
         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
         WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
        [sql],
      )
    ).filter(({ column }) => column !== numbered);
    const values = columns.map(({ column, type, needed }) => {
      const value = VALUE_OF[String(type)]?.(String(column));
      if (value === undefined) {
        throw new Error(`${name}.${column} is a ${type}`);
      }
      const said = column === "tenant_id" ? "'tenant ' || n % 2" : value;
      return needed ? said : `CASE WHEN n % 3 > 0 THEN ${said} END`;
    });
    const names = columns.map(({ column }) => column).join(", ");
    await database.query(
      `INSERT INTO ${sql} (${names}) SELECT ${values.join(", ")} FROM generate_series(1, $1::integer) AS n`,
      [rows],
    );
  }
}

/** All rows of all tables as the database itself writes them, without an order of their own. */
export async function everyRow(database: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const { name, sql } of await tablesOf(database)) {
    const rows = await database.query(`SELECT to_jsonb(t)::text AS row FROM ${sql} AS t`);
    found[name] = rows.map(({ row }) => String(row)).sort();
  }
  return found;
}
