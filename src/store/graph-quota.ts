import { z } from "zod";
import { LANES, type QuotaLedger, type QuotaRecord, UNUSED } from "../ports/quota.ts";
import type { UsageSource } from "../ports/usage.ts";
import type { Database, Queries, Row } from "./database.ts";
import { storedRow } from "./stored-row.ts";

const lane = z.enum(LANES);
const recordSchema: z.ZodType<QuotaRecord> = z.strictObject({
  departures: z.array(z.strictObject({ at: z.number(), lane })),
  waiting: z.array(z.strictObject({ who: z.string(), lane, until: z.number() })),
  pausedUntil: z.number(),
});
const rowSchema = z.object({ record: recordSchema, now: z.number() });

const MAKE = `
  INSERT INTO authpulse.graph_quota (tenant_id, graph_host, record) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;

/**
 * The clock of the server, as those of the replicas differ. It is read outside of the query that locks, and so after
 * the wait for whoever holds the row: a time from before that wait would be a departure that is too early.
 */
const LOCK = `
  SELECT locked.record, floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
  FROM (
    SELECT record FROM authpulse.graph_quota WHERE tenant_id = $1 AND graph_host = $2 FOR UPDATE
  ) AS locked`;

const KEEP = "UPDATE authpulse.graph_quota SET record = $3 WHERE tenant_id = $1 AND graph_host = $2";

/**
 * The quota of one tenant as all replicas on this database use it: a row that one transaction at a time changes. A
 * request leaves after the commit, so that a departure is never forgotten; what a commit takes longer than another
 * one has to fit into the margin of `quotaWindow`.
 */
export function createQuotaLedger(database: Database, { tenantId, graphHost }: UsageSource): QuotaLedger {
  const key = [tenantId, graphHost];

  async function locked(queries: Queries): Promise<Row | undefined> {
    const [row] = await queries.query(LOCK, key);
    return row;
  }

  return {
    change: (step) =>
      database.transaction(async (queries) => {
        let row = await locked(queries);
        if (!row) {
          await queries.query(MAKE, [...key, JSON.stringify(UNUSED)]);
          row = await locked(queries);
        }
        const data = storedRow(rowSchema, row, "The stored quota of Microsoft Graph");
        const { record, result } = step(data.record, data.now);
        await queries.query(KEEP, [...key, JSON.stringify(record)]);
        return result;
      }),
  };
}
