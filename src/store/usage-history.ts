import { z } from "zod";
import type { SnapshotStore, UsageCell, UsageHistory, UsageSource, UsageSum } from "../ports/usage.ts";
import type { Queries } from "./database.ts";
import { storedNumbers } from "./unreadable.ts";

/** Milliseconds. */
export const QUARTER = 15 * 60_000;
const DAY = 24 * 60 * 60_000;

const sumSchema = z.object({
  feature: z.string(),
  method: z.string(),
  isSuccess: z.boolean(),
  reason: z.string(),
  count: z.int().positive(),
});

const coveredSchema = z.object({ from_at: z.date(), to_at: z.date(), read_at: z.date() });

const quarter = z.date().refine((time) => time.getTime() % QUARTER === 0, "is no quarter of an hour");

const historySchema = z
  .object({
    from: quarter,
    to: quarter,
    cells: z.array(
      sumSchema
        .extend({ quarter })
        .refine(({ isSuccess, reason }) => isSuccess === (reason === ""), "a failure alone has a reason"),
    ),
  })
  .refine(({ from, to }) => from < to, "ends before it begins")
  .refine(
    ({ from, to, cells }) => cells.every((cell) => cell.quarter >= from && cell.quarter < to),
    "has a cell outside of its time",
  );

/**
 * What the readings of a source cover together. A reading that begins after a gap covers only itself. Where a newer
 * reading is stored nothing is returned, and an older one waits here for a newer one that is being saved.
 */
const COVER = `
  INSERT INTO authpulse.usage_coverage AS stored (tenant_id, graph_host, from_at, to_at, read_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, graph_host) DO UPDATE SET
    from_at = CASE WHEN excluded.from_at <= stored.to_at THEN least(stored.from_at, excluded.from_at)
                   ELSE excluded.from_at END,
    to_at = excluded.to_at, read_at = excluded.read_at
  WHERE stored.read_at <= excluded.read_at
  RETURNING read_at`;

const FRESH = `
  jsonb_to_recordset($3::jsonb)
    AS fresh (quarter timestamptz, feature text, method text, "isSuccess" boolean, reason text, count integer)`;

const SAME_KEY = `
  stored.tenant_id = $1 AND stored.graph_host = $2 AND stored.quarter = fresh.quarter
    AND stored.feature = fresh.feature AND stored.method = fresh.method
    AND stored.is_success = fresh."isSuccess" AND stored.reason = fresh.reason`;

/** Only what differs is written: nearly all quarters stay as they were, and the embedded database never vacuums. */
const REMOVE_WHAT_DIFFERS = `
  DELETE FROM authpulse.usage_cells AS stored
  WHERE tenant_id = $1 AND graph_host = $2 AND quarter >= $4 AND quarter < $5
    AND NOT EXISTS (SELECT FROM ${FRESH} WHERE ${SAME_KEY} AND stored.count = fresh.count)`;

const ADD_WHAT_IS_MISSING = `
  INSERT INTO authpulse.usage_cells (tenant_id, graph_host, quarter, feature, method, is_success, reason, count)
  SELECT $1, $2, quarter, feature, method, "isSuccess", reason, count
  FROM ${FRESH}
  WHERE NOT EXISTS (SELECT FROM authpulse.usage_cells AS stored WHERE ${SAME_KEY})`;

const SUMS = `
  SELECT feature, method, is_success AS "isSuccess", reason, sum(count)::float8 AS count
  FROM authpulse.usage_cells
  WHERE tenant_id = $1 AND graph_host = $2 AND quarter >= $3 AND quarter < $4
  GROUP BY feature, method, is_success, reason
  ORDER BY feature COLLATE "C", method COLLATE "C", is_success, reason COLLATE "C"`;

const COVERED = `
  SELECT from_at, to_at, read_at FROM authpulse.usage_coverage WHERE tenant_id = $1 AND graph_host = $2`;

/** Throws for a history that must not be stored: a cell outside of it, a success with a reason, a count of nothing. */
export function checkHistory(history: UsageHistory): void {
  historySchema.parse(history);
}

/**
 * Puts the cells of a history in the place of the stored ones of the same quarters, inside a transaction. Older quarters
 * stay, and the history of a reading that began before the newest stored one is left out.
 */
export async function saveHistory(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  readAt: Date,
  { from, to, cells }: UsageHistory,
): Promise<void> {
  const isNewest = await query(COVER, [tenantId, graphHost, from, to, readAt]);
  if (isNewest.length === 0) {
    return;
  }
  const cellsOf = byDay(cells);
  for (let day = dayOf(from); day < to.getTime(); day += DAY) {
    const fresh = JSON.stringify(cellsOf.get(day) ?? []);
    const begin = new Date(Math.max(day, from.getTime()));
    const end = new Date(Math.min(day + DAY, to.getTime()));
    await query(REMOVE_WHAT_DIFFERS, [tenantId, graphHost, fresh, begin, end]);
    await query(ADD_WHAT_IS_MISSING, [tenantId, graphHost, fresh]);
  }
}

/** Sums of the cells from `from` (included) to `to` (not included), in the order of their words. */
export async function sumsOf(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  from: Date,
  to: Date,
): Promise<readonly UsageSum[]> {
  const rows = await query(SUMS, [tenantId, graphHost, from, to]);
  return rows.map((row) => storedNumbers(sumSchema, row));
}

/** The time that the readings of a source cover up to the newest one. */
export async function coveredOf(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
): ReturnType<SnapshotStore["covered"]> {
  const [row] = await query(COVERED, [tenantId, graphHost]);
  if (!row) {
    return undefined;
  }
  const { from_at: from, to_at: to, read_at: readAt } = storedNumbers(coveredSchema, row);
  return { from, to, readAt };
}

/** A day is what one statement takes: enough to be quick, and small for a large tenant too. */
function byDay(cells: readonly UsageCell[]): ReadonlyMap<number, readonly UsageCell[]> {
  const days = new Map<number, UsageCell[]>();
  for (const cell of cells) {
    const day = dayOf(cell.quarter);
    const ofDay = days.get(day);
    if (ofDay) {
      ofDay.push(cell);
    } else {
      days.set(day, [cell]);
    }
  }
  return days;
}

function dayOf(time: Date): number {
  return Math.floor(time.getTime() / DAY) * DAY;
}
