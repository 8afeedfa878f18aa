import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import type { KeptQuarters, UsageCell, UsageHistory, UsageSource, UsageSum } from "../ports/usage.ts";
import type { Queries } from "./database.ts";
import { storedNumbers } from "./stored-row.ts";
import { cover, spansOf } from "./usage-spans.ts";

const QUARTER = 15 * 60_000;
/** Milliseconds. */
export const HOUR = 4 * QUARTER;
const DAY = 24 * HOUR;

/**
 * Rows of sign-in activity arrive up to 36 hours late (learn.microsoft.com/entra, "Authentication methods activity"), and
 * corrections may take as long again. What is older than this only grows; less of it is a fault of the answer.
 */
const SETTLED = 72 * HOUR;

const sumSchema = z.object({
  feature: z.string(),
  method: z.string(),
  isSuccess: z.boolean(),
  reason: z.string(),
  count: z.int().positive(),
});

const hostSchema = z.object({ host: z.string() });

const totalSchema = z.object({ quarter: z.date(), count: z.int().positive() });

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
    AND quarter <> ALL ($6::text[]::timestamptz[])
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

const TOTALS = `
  SELECT quarter, sum(count)::float8 AS count
  FROM authpulse.usage_cells
  WHERE tenant_id = $1 AND graph_host = $2 AND quarter >= $3 AND quarter < $4
  GROUP BY quarter ORDER BY quarter`;

const HOSTS = `
  SELECT DISTINCT graph_host AS host FROM authpulse.usage_snapshots WHERE tenant_id = $1 ORDER BY host`;

/** Throws for a history that must not be stored: a cell outside of it, a success with a reason, a count of nothing. */
export function checkHistory(history: UsageHistory): void {
  historySchema.parse(history);
}

/** A reading of which the history is saved. */
interface SavedHistory extends UsageHistory {
  /** When the reading began. */
  readonly readAt: Date;
  /** See `latestPossible`. */
  readonly latestPossible: Date | undefined;
}

/**
 * Puts the cells of a history in the place of the stored ones of the same quarters, inside a transaction that has locked
 * the history. Other quarters stay, and so does a settled one whose tries would become fewer; resolves with what was
 * kept so. The history of a reading that began before the newest stored one is left out.
 */
export async function saveHistory(
  queries: Queries,
  source: UsageSource,
  { from, to, cells, readAt, latestPossible }: SavedHistory,
): Promise<readonly KeptQuarters[]> {
  const spans = await spansOf(queries, source);
  const newest = spans.at(-1)?.readAt;
  const isOlder = newest !== undefined && newest > readAt;
  if (isOlder && !(latestPossible && newest > latestPossible)) {
    return [];
  }
  await cover(queries, source, spans, { from, to, readAt });
  const settled = new Date(Math.floor((readAt.getTime() - SETTLED) / QUARTER) * QUARTER);
  const cellsOf = byDay(cells);
  const kept: Date[] = [];
  for (let day = dayOf(from); day < to.getTime(); day += DAY) {
    const ofDay = cellsOf.get(day) ?? [];
    const begin = new Date(Math.max(day, from.getTime()));
    const end = new Date(Math.min(day + DAY, to.getTime()));
    const shrunk = await shrinking(queries, source, ofDay, begin, settled < end ? settled : end);
    await replaceCells(queries, source, ofDay, shrunk, begin, end);
    kept.push(...shrunk);
  }
  return keptNote(kept);
}

/** The quarters from one time to another of which more tries are stored than these cells have. */
async function shrinking(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  cells: readonly UsageCell[],
  from: Date,
  to: Date,
): Promise<readonly Date[]> {
  if (from >= to) {
    return [];
  }
  const fresh = new Map<number, number>();
  for (const { quarter: at, count } of cells) {
    fresh.set(at.getTime(), (fresh.get(at.getTime()) ?? 0) + count);
  }
  const rows = await query(TOTALS, [tenantId, graphHost, from, to]);
  const stored = rows.map((row) => storedNumbers(totalSchema, row));
  return stored
    .filter(({ quarter: at, count }) => count > (fresh.get(at.getTime()) ?? 0))
    .map(({ quarter: at }) => at);
}

async function replaceCells(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  cells: readonly UsageCell[],
  kept: readonly Date[],
  from: Date,
  to: Date,
): Promise<void> {
  const stays = new Set(kept.map((at) => at.getTime()));
  const fresh = JSON.stringify(cells.filter(({ quarter: at }) => !stays.has(at.getTime())));
  const keptTimes = kept.map((at) => at.toISOString());
  await query(REMOVE_WHAT_DIFFERS, [tenantId, graphHost, fresh, from, to, keptTimes]);
  await query(ADD_WHAT_IS_MISSING, [tenantId, graphHost, fresh]);
}

function keptNote(kept: readonly Date[]): readonly KeptQuarters[] {
  const [first, last] = [kept[0], kept.at(-1)];
  return first && last
    ? [
        {
          kind: "kept-quarters",
          count: kept.length,
          from: first,
          to: new Date(last.getTime() + QUARTER),
        },
      ]
    : [];
}

/** The Graph hosts of which a reading of this tenant is stored; there are no cells of others. */
export async function hostsOf({ query }: Queries, tenantId: TenantId): Promise<readonly string[]> {
  const rows = await query(HOSTS, [tenantId]);
  return rows.map((row) => hostSchema.parse(row).host);
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
