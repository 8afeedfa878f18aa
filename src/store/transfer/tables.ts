import { z } from "zod";
import type { Queries } from "../database.ts";

/** A table of the schema as the database itself describes it, so that no table can be forgotten here. */
export interface Table {
  readonly name: string;
  /** For SQL: the schema before it. Names of the schema's own migrations need no quotes. */
  readonly sql: string;
  readonly columns: readonly string[];
  /** The column that numbers the rows by itself. */
  readonly numbered?: string;
}

const COLUMNS = `
  SELECT t.relname::text AS name, a.attname::text AS column, a.attidentity <> '' AS numbered
  FROM pg_class t
  JOIN pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE n.nspname = 'authpulse' AND t.relkind = 'r'
    AND t.relname NOT IN ('migrations', 'graph_quota', 'post_pace', 'digest_heartbeats')
  ORDER BY t.relname, a.attnum`;

const columnSchema = z.object({ name: z.string(), column: z.string(), numbered: z.boolean() });
const foundSchema = z.tuple([z.object({ found: z.boolean() })]);

/**
 * All tables that hold what the product remembers, in the order of their names. What counts for seconds or minutes is
 * nothing to remember: `graph_quota`, `post_pace` and `digest_heartbeats` stay where they are.
 */
export async function tablesOf({ query }: Queries): Promise<readonly Table[]> {
  const columns = (await query(COLUMNS)).map((row) => columnSchema.parse(row));
  return [...new Set(columns.map(({ name }) => name))].map((name) => {
    const own = columns.filter((column) => column.name === name);
    const numbered = own.find((column) => column.numbered)?.column;
    return {
      name,
      sql: `authpulse.${name}`,
      columns: own.map(({ column }) => column),
      ...(numbered !== undefined && { numbered }),
    };
  });
}

/** The names of those tables that hold a row. */
export async function filledTables({ query }: Queries, tables: readonly Table[]): Promise<readonly string[]> {
  const filled: string[] = [];
  for (const { name, sql } of tables) {
    const [{ found }] = foundSchema.parse(await query(`SELECT EXISTS (SELECT FROM ${sql}) AS found`));
    if (found) {
      filled.push(name);
    }
  }
  return filled;
}
