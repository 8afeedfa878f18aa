import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Database, Queries } from "../database.ts";
import { lockSchema, MIGRATIONS, schemaVersion, takeStep } from "../migrations.ts";
import { endSchema, headerSchema, rowLineSchema, type Transferred, transferFault } from "./format.ts";
import { linesOf } from "./lines.ts";
import { filledTables, type Table, tablesOf } from "./tables.ts";

/** Characters of rows that one statement takes. */
const BATCH = 1024 * 1024;

/**
 * Fills an empty store with the rows of a file that `exportStore` wrote, also of an older version: its rows go into
 * the schema that they come from, which then takes the steps since. All of it is one transaction.
 *
 * Rejects with STORE-UNAVAILABLE, and changes nothing, when the store holds a row already, or the file is of a newer
 * version, not whole, damaged, or none.
 */
export async function importStore(database: Database, path: string): Promise<Transferred> {
  const lines = linesOf(path);
  try {
    const first = await lines.next();
    const { schema, tenants } = checked(headerSchema, first.done ? "" : first.value, () =>
      transferFault(`${path} is no export of AuthPulse, or of a later version.`),
    );
    if (schema > MIGRATIONS.length) {
      throw transferFault(
        `${path} has schema ${schema} and this version of AuthPulse knows ${MIGRATIONS.length}. ` +
          "Import it with the version that wrote it, or a later one.",
      );
    }
    return await database.transaction(async (queries) => {
      await lockSchema(queries);
      const tables = await emptyTables(queries, schema);
      const rows = await readRows(lines, String(first.value), tables, queries);
      await takeStepsTo(queries, MIGRATIONS.length);
      return { tenants, rows };
    });
  } finally {
    await lines.return(undefined);
  }
}

/** The tables of that version of the schema. An empty store of another version is made anew. */
async function emptyTables(queries: Queries, schema: number): Promise<readonly Table[]> {
  const filled = await filledTables(queries, await tablesOf(queries));
  if (filled.length > 0) {
    throw transferFault(
      `The store is not empty (${filled.join(", ")}). Import into a new one: set another DATA_DIR or DATABASE_URL.`,
    );
  }
  const there = await schemaVersion(queries);
  if (there > schema) {
    await queries.query("DROP SCHEMA authpulse CASCADE");
  }
  await takeStepsTo(queries, schema);
  return tablesOf(queries);
}

async function takeStepsTo(queries: Queries, version: number): Promise<void> {
  const steps = MIGRATIONS.slice(0, version);
  while (await takeStep(queries, steps)) {
    // One after the other, all in the transaction of the import.
  }
}

/** Stores the rows and returns how many there were of each table, after the end of the file has said the same. */
async function readRows(
  lines: AsyncGenerator<string>,
  header: string,
  tables: readonly Table[],
  queries: Queries,
): Promise<Readonly<Record<string, number>>> {
  const hash = createHash("sha256").update(`${header}\n`);
  const rows: Record<string, number> = {};
  let batch = emptyBatch();
  for await (const line of lines) {
    if (line.startsWith('{"end":')) {
      await insert(queries, batch);
      await checkEnd(line, rows, hash.digest("hex"), lines);
      await numberOn(queries, tables);
      return rows;
    }
    hash.update(`${line}\n`);
    const table = tableOf(line, tables);
    if (table !== batch.table || batch.size > BATCH) {
      await insert(queries, batch);
      batch = emptyBatch(table);
    }
    batch.lines.push(line);
    batch.size += line.length;
    rows[table.name] = (rows[table.name] ?? 0) + 1;
  }
  throw transferFault("The file is not whole: its end is missing. Nothing was imported.");
}

interface Batch {
  readonly table?: Table;
  readonly lines: string[];
  size: number;
}

function emptyBatch(table?: Table): Batch {
  return { ...(table && { table }), lines: [], size: 0 };
}

/** The database itself reads what it has written: a number of JSON can hold more than one of JavaScript. */
async function insert({ query }: Queries, { table, lines }: Batch): Promise<void> {
  if (!table) {
    return;
  }
  await query(
    `INSERT INTO ${table.sql} (${table.columns.join(", ")}) OVERRIDING SYSTEM VALUE
     SELECT ${table.columns.map((column) => `stored.${column}`).join(", ")}
     FROM jsonb_array_elements($1::jsonb) AS line,
       jsonb_populate_record(NULL::${table.sql}, line -> 'row') AS stored`,
    [`[${lines.join(",")}]`],
  );
}

function tableOf(line: string, tables: readonly Table[]): Table {
  const { table: name, row } = checked(rowLineSchema, line, damaged);
  const table = tables.find((candidate) => candidate.name === name);
  const columns = Object.keys(row);
  if (!table || columns.length !== table.columns.length || !table.columns.every((column) => column in row)) {
    throw damaged();
  }
  return table;
}

async function checkEnd(
  line: string,
  rows: Readonly<Record<string, number>>,
  sha256: string,
  lines: AsyncGenerator<string>,
): Promise<void> {
  const said = checked(endSchema, line, damaged);
  const names = new Set([...Object.keys(rows), ...Object.keys(said.end)]);
  const isSame = [...names].every((name) => rows[name] === said.end[name]) && sha256 === said.sha256;
  if (!isSame || !(await lines.next()).done) {
    throw damaged();
  }
}

/** The next row of a table that numbers its rows comes after those that were imported. */
async function numberOn({ query }: Queries, tables: readonly Table[]): Promise<void> {
  for (const { sql, numbered } of tables) {
    if (numbered !== undefined) {
      await query(
        `SELECT setval(pg_get_serial_sequence('${sql}', '${numbered}'), max(${numbered})) FROM ${sql}`,
      );
    }
  }
}

function checked<T>(schema: z.ZodType<T>, line: string, fault: () => Error): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw fault();
  }
  const { data, error } = schema.safeParse(value);
  if (error) {
    throw fault();
  }
  return data;
}

function damaged(): Error {
  return transferFault("The file is damaged or was changed. Nothing was imported.");
}
