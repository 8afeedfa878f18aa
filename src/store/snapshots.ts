import { z } from "zod";
import {
  PERIODS,
  READER_IDS,
  type ReadingNote,
  type SnapshotStore,
  type UsageSnapshot,
  type UsageSum,
} from "../ports/usage.ts";
import type { Database, Row } from "./database.ts";
import { count, usageRows } from "./schemas.ts";
import { storedNumbers } from "./unreadable.ts";
import { checkHistory, coveredOf, saveHistory, sumsOf } from "./usage-history.ts";

const notesSchema: z.ZodType<ReadingNote[]> = z.array(
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("legacy-instead-of-events"),
      permission: z.string().exactOptional(),
    }),
    z.strictObject({ kind: z.literal("events-in-the-future"), count }),
  ]),
);

const usageSums: z.ZodType<UsageSum[]> = z.array(
  z.strictObject({
    feature: z.string(),
    method: z.string(),
    isSuccess: z.boolean(),
    reason: z.string(),
    count,
  }),
);

const snapshotSchema = z.object({
  reader: z.enum(READER_IDS),
  period: z.enum(PERIODS),
  read_at: z.date(),
  from_at: z.date(),
  to_at: z.date(),
  took: count.nullable(),
  pages: count,
  rows_read: count,
  usage_rows: usageRows,
  usage_sums: usageSums.nullable(),
  notes: notesSchema,
});

/** An older reading that ends later, for example after a long wait for Graph, must not hide a newer one. */
const SAVE = `
  INSERT INTO authpulse.usage_snapshots AS stored
    (tenant_id, graph_host, reader, period, read_at, from_at, to_at, took, pages, rows_read, usage_rows, notes, usage_sums)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb, $13::jsonb)
  ON CONFLICT (tenant_id, graph_host, reader, period) DO UPDATE SET
    read_at = excluded.read_at, from_at = excluded.from_at, to_at = excluded.to_at, took = excluded.took,
    pages = excluded.pages, rows_read = excluded.rows_read, usage_rows = excluded.usage_rows, notes = excluded.notes,
    usage_sums = excluded.usage_sums
  WHERE stored.read_at <= excluded.read_at`;

const LATEST = `
  SELECT reader, period, read_at, from_at, to_at, took, pages, rows_read, usage_rows, usage_sums, notes
  FROM authpulse.usage_snapshots
  WHERE tenant_id = $1 AND graph_host = $2 AND period = $3 AND reader = ANY ($4::text[])
  ORDER BY read_at DESC, reader
  LIMIT 1`;

export function createSnapshotStore(database: Database): SnapshotStore {
  return {
    async save(source, { reader, readAt, took, pages, rowsRead, notes, summaries, history }) {
      const { tenantId, graphHost } = source;
      // Checked as it will be when it is read: nothing is stored that could not be shown.
      const storedNotes = JSON.stringify(notesSchema.parse(notes));
      const values = summaries.map(({ period, from, to, rows, sums }) => {
        const storedRows = JSON.stringify(usageRows.parse(rows));
        return [
          tenantId,
          graphHost,
          reader,
          period,
          readAt,
          from,
          to,
          took ?? null,
          pages,
          rowsRead,
          storedRows,
          storedNotes,
          sums ? JSON.stringify(usageSums.parse(sums)) : null,
        ];
      });
      if (history) {
        checkHistory(history);
      }
      await database.transaction(async (queries) => {
        for (const summary of values) {
          await queries.query(SAVE, summary);
        }
        if (history) {
          await saveHistory(queries, source, readAt, history);
        }
      });
    },
    async latest({ tenantId, graphHost }, period, readers) {
      const [newest] = await database.query(LATEST, [tenantId, graphHost, period, readers]);
      return newest && toSnapshot(newest);
    },
    sums: (source, from, to) => sumsOf(database, source, from, to),
    covered: (source) => coveredOf(database, source),
  };
}

function toSnapshot(row: Row): UsageSnapshot {
  const data = storedNumbers(snapshotSchema, row);
  return {
    reader: data.reader,
    period: data.period,
    readAt: data.read_at,
    from: data.from_at,
    to: data.to_at,
    ...(data.took !== null && { took: data.took }),
    pages: data.pages,
    rowsRead: data.rows_read,
    rows: data.usage_rows,
    ...(data.usage_sums !== null && { sums: data.usage_sums }),
    notes: data.notes,
  };
}
