import { z } from "zod";
import type { HistorySpan, UsageSource } from "../ports/usage.ts";
import type { Queries } from "./database.ts";
import { storedNumbers } from "./stored-row.ts";

const spanSchema = z
  .object({ from_at: z.date(), to_at: z.date(), read_at: z.date() })
  .transform(({ from_at: from, to_at: to, read_at: readAt }): HistorySpan => ({ from, to, readAt }));

/** Readings, folding and purging of one source change its history one after the other, also of several processes. */
const LOCK =
  "SELECT pg_advisory_xact_lock(hashtextextended('authpulse history ' || $1::text || ' ' || $2::text, 0))";

const SPANS = `
  SELECT from_at, to_at, read_at
  FROM authpulse.usage_spans WHERE tenant_id = $1 AND graph_host = $2 ORDER BY from_at`;

const REMOVE_FROM = `
  DELETE FROM authpulse.usage_spans WHERE tenant_id = $1 AND graph_host = $2 AND from_at >= $3`;

const ADD = `
  INSERT INTO authpulse.usage_spans (tenant_id, graph_host, from_at, to_at, read_at) VALUES ($1, $2, $3, $4, $5)`;

const FORGET_BEFORE = `
  DELETE FROM authpulse.usage_spans WHERE tenant_id = $1 AND graph_host = $2 AND to_at <= $3`;

const BEGIN_LATER = `
  UPDATE authpulse.usage_spans SET from_at = $3 WHERE tenant_id = $1 AND graph_host = $2 AND from_at < $3`;

/** Until the transaction ends, nobody else changes the history of this source. */
export async function lockHistory({ query }: Queries, { tenantId, graphHost }: UsageSource): Promise<void> {
  await query(LOCK, [tenantId, graphHost]);
}

/** The oldest first; the last one ends with the newest reading. */
export async function spansOf(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
): Promise<readonly HistorySpan[]> {
  const rows = await query(SPANS, [tenantId, graphHost]);
  return rows.map((row) => storedNumbers(spanSchema, row));
}

/**
 * Stores that the newest reading covers `fresh`, where `stored` are all spans so far. Spans that overlap or meet become
 * one, and those before a gap stay. Nothing after the end of the newest reading is known: only a clock that was ahead
 * can have said so.
 */
export async function cover(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  stored: readonly HistorySpan[],
  fresh: HistorySpan,
): Promise<void> {
  const joined = stored.filter((span) => span.to >= fresh.from && span.from <= fresh.to);
  const from = new Date(Math.min(fresh.from.getTime(), ...joined.map((span) => span.from.getTime())));
  await query(REMOVE_FROM, [tenantId, graphHost, from]);
  await query(ADD, [tenantId, graphHost, from, fresh.to, fresh.readAt]);
}

/** Nothing before a time is covered any more. */
export async function coverLess(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  before: Date,
): Promise<void> {
  await query(FORGET_BEFORE, [tenantId, graphHost, before]);
  await query(BEGIN_LATER, [tenantId, graphHost, before]);
}
