import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { z } from "zod";
import type { Database, Queries } from "../database.ts";
import { schemaVersion } from "../migrations.ts";
import { endLine, headerLine, rowLine, type Transferred, transferFault } from "./format.ts";
import { filledTables, type Table, tablesOf } from "./tables.ts";

/** Rows that are in memory at once. */
const BATCH = 500;

/** What others write meanwhile is not in the file: all of it is as of one moment. */
const ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

const tenantSchema = z.object({ tenant: z.string() });
const textSchema = z.object({ text: z.string() });

/**
 * Writes all that is stored to a new file that this user alone may read. Changes nothing in the database. Rejects
 * with STORE-UNAVAILABLE, and leaves no file behind, when there is one of that name, it cannot be written, a newer
 * version wrote the store, or nothing is stored.
 */
export async function exportStore(database: Database, path: string): Promise<Transferred> {
  const file = await createFile(path);
  try {
    const transferred = await database.transaction(async (queries) => {
      await queries.query(ONE_MOMENT);
      return writeStore(queries, file);
    });
    await file.sync();
    await file.close();
    return transferred;
  } catch (thrown) {
    await file.close();
    await rm(path, { force: true });
    throw thrown;
  }
}

async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx", 0o600);
  } catch (thrown) {
    const isThere = thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
    throw transferFault(
      isThere
        ? `${path} is there already. Name a new file.`
        : `The file cannot be written: ${thrown instanceof Error ? thrown.message : thrown}.`,
      thrown,
    );
  }
}

async function writeStore(queries: Queries, file: FileHandle): Promise<Transferred> {
  const schema = await schemaVersion(queries);
  const tables = await tablesOf(queries);
  const filled = await filledTables(queries, tables);
  if (filled.length === 0) {
    throw transferFault("Nothing is stored there. Check DATA_DIR and DATABASE_URL.");
  }
  const hash = createHash("sha256");
  const write = async (lines: readonly string[]): Promise<void> => {
    const text = lines.map((line) => `${line}\n`).join("");
    hash.update(text);
    await writeText(file, text);
  };
  const tenants = await tenantsOf(queries, tables);
  await write([headerLine(schema, tenants)]);
  const rows: Record<string, number> = {};
  for (const table of tables.filter(({ name }) => filled.includes(name))) {
    rows[table.name] = await writeTable(queries, table, write);
  }
  await writeText(file, `${endLine(rows, hash.digest("hex"))}\n`);
  return { tenants, rows };
}

/** Every table's key begins with the tenant. */
async function tenantsOf({ query }: Queries, tables: readonly Table[]): Promise<readonly string[]> {
  const each = tables.map(({ sql }) => `SELECT tenant_id AS tenant FROM ${sql}`);
  const rows = await query(`${each.join(" UNION ")} ORDER BY tenant`);
  return rows.map((row) => tenantSchema.parse(row).tenant);
}

/** Through a cursor, so that the database does not give all rows at once; returns how many there were. */
async function writeTable(
  { query }: Queries,
  { name, sql }: Table,
  write: (lines: readonly string[]) => Promise<void>,
): Promise<number> {
  await query(
    `DECLARE stored NO SCROLL CURSOR FOR SELECT to_jsonb(stored)::text AS text FROM ${sql} AS stored`,
  );
  for (let total = 0; ; ) {
    const rows = await query(`FETCH ${BATCH} FROM stored`);
    await write(rows.map((row) => rowLine(name, textSchema.parse(row).text)));
    total += rows.length;
    if (rows.length < BATCH) {
      await query("CLOSE stored");
      return total;
    }
  }
}

async function writeText(file: FileHandle, text: string): Promise<void> {
  try {
    await file.appendFile(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw transferFault(`The file cannot be written: ${reason}.`, thrown);
  }
}
