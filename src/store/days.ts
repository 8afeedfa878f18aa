import { z } from "zod";
import { DAILY_REPORTS, type DailyReport, type DayCounts, type DaysStore } from "../ports/days.ts";
import { latestPossible } from "./clock-steps.ts";
import type { Database } from "./database.ts";
import { count, counted } from "./schemas.ts";
import { storedNumbers } from "./stored-row.ts";

const COUNTS: { readonly [Report in DailyReport]: z.ZodType<DayCounts[Report]> } = {
  passwords: z.strictObject({ resetsByAdmin: count, resetsSelfService: count, changesSelfService: count }),
  signIns: z.strictObject({ total: count, singleFactor: count, multiFactor: count }),
};

/**
 * Kept are days that were long over when they were read, and would lose: late rows make a count grow, so one that
 * shrinks is a report that forgets or is not whole. Where a newer reading is stored, the older one changes nothing; one
 * that can only come from a clock that was ahead is not newer.
 */
const SAVE = `
  WITH fresh AS (
    SELECT day, counts FROM jsonb_to_recordset($5::jsonb) AS fresh (day date, counts jsonb)
  ), kept AS (
    SELECT day FROM authpulse.daily_counts AS stored JOIN fresh USING (day)
    WHERE tenant_id = $1 AND graph_host = $2 AND report = $3
      AND (read_at <= $4::timestamptz OR read_at > $6::timestamptz)
      AND (day + 1)::timestamp AT TIME ZONE 'UTC' <= $4::timestamptz - interval '72 hours'
      AND EXISTS (
        SELECT FROM jsonb_each_text(stored.counts) AS was JOIN jsonb_each_text(fresh.counts) AS is_now USING (key)
        WHERE is_now.value::bigint < was.value::bigint)
  ), saved AS (
    INSERT INTO authpulse.daily_counts AS stored (tenant_id, graph_host, report, day, read_at, counts)
    SELECT $1, $2, $3, day, $4, counts FROM fresh WHERE day NOT IN (SELECT day FROM kept)
    ON CONFLICT (tenant_id, graph_host, report, day) DO UPDATE SET
      read_at = excluded.read_at, counts = excluded.counts
    WHERE stored.read_at <= excluded.read_at OR stored.read_at > $6::timestamptz
  )
  SELECT count(*)::integer AS count FROM kept`;

const DAYS = `
  SELECT day::text AS day, read_at AS "readAt", counts
  FROM authpulse.daily_counts
  WHERE tenant_id = $1 AND graph_host = $2 AND report = $3
    AND day >= ($4::timestamptz AT TIME ZONE 'UTC')::date
  ORDER BY daily_counts.day`;

const LAST_READ = `
  SELECT report, max(read_at) AS "readAt" FROM authpulse.daily_counts
  WHERE tenant_id = $1 AND graph_host = $2 AND report = ANY ($3::text[])
  GROUP BY report`;

const lastReadSchema = z.object({ report: z.enum(DAILY_REPORTS), readAt: z.date() });

export function createDaysStore(database: Database): DaysStore {
  return {
    async save(source, { report, readAt, took, days }) {
      const { tenantId, graphHost } = source;
      // Checked as it will be when it is read: nothing is stored that could not be shown.
      const schema = z.array(z.strictObject({ day: z.iso.date(), counts: COUNTS[report] }));
      const fresh = JSON.stringify(schema.parse(days));
      return database.transaction(async (queries) => {
        const possible = await latestPossible(queries, source, {
          readAt,
          ...(took !== undefined && { took }),
        });
        const values = [tenantId, graphHost, report, readAt, fresh, possible ?? null];
        const [{ count: kept }] = counted.parse(await queries.query(SAVE, values));
        return { kept };
      });
    },
    async days({ tenantId, graphHost }, report, from) {
      const counts: z.ZodType<DayCounts[typeof report]> = COUNTS[report];
      const schema = z.object({ day: z.iso.date(), readAt: z.date(), counts });
      const rows = await database.read(DAYS, [tenantId, graphHost, report, from]);
      return rows.map((row) => storedNumbers(schema, row));
    },
    async lastRead({ tenantId, graphHost }) {
      const rows = await database.read(LAST_READ, [tenantId, graphHost, DAILY_REPORTS]);
      const read = rows.map((row) => storedNumbers(lastReadSchema, row));
      return Object.fromEntries(read.map(({ report, readAt }) => [report, readAt]));
    },
  };
}
