import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { FoldingStore, FoldLimits } from "../ports/folding.ts";
import type { UsageSource } from "../ports/usage.ts";
import type { Database } from "./database.ts";
import { counted } from "./schemas.ts";
import { HOUR, hostsOf } from "./usage-history.ts";
import { lockHistory } from "./usage-spans.ts";

const DAY = 24 * HOUR;

/** The longest period and the one before it are summed from any quarter on: 30 days each. */
const AGE = 60 * DAY;

/** Cells before `folded` need not be looked at again: no reading reaches back to them. */
const ENDS = `
  SELECT min(quarter) AS oldest, max(quarter) AS newest,
    (SELECT folded_to FROM authpulse.usage_folds WHERE tenant_id = $1 AND graph_host = $2) AS folded
  FROM authpulse.usage_cells WHERE tenant_id = $1 AND graph_host = $2`;

const FOLDED_TO = `
  INSERT INTO authpulse.usage_folds AS stored (tenant_id, graph_host, folded_to) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, graph_host) DO UPDATE SET folded_to = greatest(stored.folded_to, excluded.folded_to)`;

/** One statement, so that a process that dies in it leaves every hour as it was. */
const FOLD = `
  WITH moved AS (
    DELETE FROM authpulse.usage_cells
    WHERE tenant_id = $1 AND graph_host = $2 AND quarter >= $3 AND quarter < $4
      AND quarter <> date_trunc('hour', quarter, 'UTC')
      AND date_trunc('hour', quarter, 'UTC') <> ALL ($5::text[]::timestamptz[])
    RETURNING date_trunc('hour', quarter, 'UTC') AS hour, feature, method, is_success, reason, count
  ), folded AS (
    INSERT INTO authpulse.usage_cells AS stored
      (tenant_id, graph_host, quarter, feature, method, is_success, reason, count)
    SELECT $1, $2, hour, feature, method, is_success, reason, sum(count)::integer
    FROM moved GROUP BY hour, feature, method, is_success, reason
    ON CONFLICT (tenant_id, graph_host, quarter, feature, method, is_success, reason)
      DO UPDATE SET count = stored.count + excluded.count
  )
  SELECT count(*)::integer AS count FROM moved`;

const time = z.date().nullable();
const endsSchema = z.tuple([z.object({ oldest: time, newest: time, folded: time })]);

export function createFoldingStore(database: Database): FoldingStore {
  return {
    async fold(limits) {
      let cells = 0;
      for (const graphHost of await hostsOf(database, limits.tenantId)) {
        cells += await foldSource(database, { tenantId: limits.tenantId, graphHost }, limits);
      }
      if (cells > 0) {
        // The embedded database never does it by itself, and would grow for ever.
        await database.query("VACUUM authpulse.usage_cells");
      }
      return { cells };
    },
  };
}

/** A day is one transaction: the embedded database holds up everything else meanwhile. */
async function foldSource(database: Database, source: UsageSource, limits: FoldLimits): Promise<number> {
  const { tenantId, graphHost } = source;
  let moved = 0;
  for (const { from, to, split } of await daysToFold(database, source, limits)) {
    limits.signal?.throwIfAborted();
    const rows = await database.transaction(async (queries) => {
      await lockHistory(queries, source);
      await queries.query(FOLDED_TO, [tenantId, graphHost, to]);
      return queries.query(FOLD, [tenantId, graphHost, from, to, split]);
    });
    const [{ count }] = counted.parse(rows);
    moved += count;
    // The embedded database works on this thread, and its promises leave no turn to anything else.
    await nextTurn();
  }
  return moved;
}

interface FoldedDay {
  readonly from: Date;
  readonly to: Date;
  /** Hours of it that stay quarters, as ISO 8601. */
  readonly split: readonly string[];
}

/**
 * From the oldest cell that is not folded up to 60 days before the newest. Not before the present alone: the times of
 * cells are Microsoft's, so that no clock that is ahead can fold quarters that readings still replace or periods begin
 * with.
 */
async function daysToFold(
  { query }: Database,
  { tenantId, graphHost }: UsageSource,
  { now, splitHours, signal }: FoldLimits,
): Promise<readonly FoldedDay[]> {
  const [{ oldest, newest, folded }] = endsSchema.parse(await query(ENDS, [tenantId, graphHost]));
  if (!oldest || !newest) {
    return [];
  }
  const begin = Math.max(Math.floor(oldest.getTime() / HOUR) * HOUR, folded?.getTime() ?? 0);
  const end = Math.floor((Math.min(now.getTime(), newest.getTime()) - AGE) / HOUR) * HOUR;
  if (begin >= end) {
    return [];
  }
  const split = await splitHours(new Date(begin), new Date(end), signal);
  return Array.from({ length: Math.ceil((end - begin) / DAY) }, (_, index) => {
    const from = begin + index * DAY;
    const to = Math.min(from + DAY, end);
    const hours = Array.from({ length: (to - from) / HOUR }, (_hour, number) => from + number * HOUR);
    return {
      from: new Date(from),
      to: new Date(to),
      split: hours.filter((hour) => split.has(hour)).map((hour) => new Date(hour).toISOString()),
    };
  });
}
