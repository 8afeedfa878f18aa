import { z } from "zod";
import { AppError } from "../../kernel/problem.ts";

/*
 * A store as a file of JSON lines (UTF-8): a header, one line for each row, and an end without which the file is not
 * whole. Times are ISO 8601 with their offset, as PostgreSQL's to_jsonb writes them.
 */

/** Changes only when a file can no longer be read by what is below. */
const VERSION = 1;

export const headerSchema = z.strictObject({
  format: z.literal("authpulse-store"),
  version: z.literal(VERSION),
  /** How many steps the schema of the rows has taken. */
  schema: z.int().positive(),
  tenants: z.array(z.string()),
});

export const rowLineSchema = z.strictObject({
  table: z.string(),
  /** A value for each column. */
  row: z.record(z.string(), z.unknown()),
});

export const endSchema = z.strictObject({
  /** Rows of each table. */
  end: z.record(z.string(), z.int().nonnegative()),
  /** SHA-256 of all lines before, each with a line feed. */
  sha256: z.hex().length(64),
});

/** What went into a file or came out of one. */
export interface Transferred {
  readonly tenants: readonly string[];
  /** Of each table that has some. */
  readonly rows: Readonly<Record<string, number>>;
}

export function headerLine(schema: number, tenants: readonly string[]): string {
  return JSON.stringify({ format: "authpulse-store", version: VERSION, schema, tenants });
}

/** `row` is JSON already. */
export function rowLine(table: string, row: string): string {
  return `{"table":${JSON.stringify(table)},"row":${row}}`;
}

export function endLine(rows: Readonly<Record<string, number>>, sha256: string): string {
  return JSON.stringify({ end: rows, sha256 });
}

/** STORE-UNAVAILABLE for a file or a store that does not fit. */
export function transferFault(detail: string, cause?: unknown): AppError {
  return new AppError("STORE-UNAVAILABLE", { detail }, cause);
}
