import { z } from "zod";
import {
  PERIODS,
  READER_IDS,
  type ReadingNote,
  type SnapshotStore,
  type TouchedPeople,
  type UsageSnapshot,
  type UsageSum,
} from "../ports/usage.ts";
import { latestPossible } from "./clock-steps.ts";
import type { Database, Row } from "./database.ts";
import { count, usageRows } from "./schemas.ts";
import { storedNumbers } from "./stored-row.ts";
import { checkHistory, saveHistory, sumsOf } from "./usage-history.ts";
import { lockHistory, spansOf } from "./usage-spans.ts";

/** As it is passed in, and as JSON keeps it. */
const moment = z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))]);

const notesSchema: z.ZodType<ReadingNote[]> = z.array(
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("legacy-instead-of-events"),
      permission: z.string().exactOptional(),
    }),
    z.strictObject({ kind: z.literal("events-in-the-future"), count }),
    z.strictObject({ kind: z.literal("kept-quarters"), count, from: moment, to: moment }),
    z.strictObject({ kind: z.literal("tries-without-a-person"), count }),
    z.strictObject({ kind: z.literal("people-not-counted") }),
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

const touched = { people: count, succeededLater: count };
const feature = z.string();
const usagePeople: z.ZodType<TouchedPeople> = z.strictObject({
  features: z.array(z.strictObject({ feature, ...touched })),
  groups: z.array(z.strictObject({ feature, group: z.string(), ...touched })),
  failures: z.array(z.strictObject({ feature, method: z.string(), reason: z.string(), ...touched })),
});

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
  usage_people: usagePeople.nullable(),
  notes: notesSchema,
});

/**
 * An older reading that ends later, for example after a long wait for Graph, must not hide a newer one. One that can
 * only come from a clock that was ahead is not newer.
 */
const SAVE = `
  INSERT INTO authpulse.usage_snapshots AS stored
    (tenant_id, graph_host, reader, period, read_at, from_at, to_at, took, pages, rows_read, usage_rows, notes, usage_sums,
      usage_people)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb, $13::jsonb, $14::jsonb)
  ON CONFLICT (tenant_id, graph_host, reader, period) DO UPDATE SET
    read_at = excluded.read_at, from_at = excluded.from_at, to_at = excluded.to_at, took = excluded.took,
    pages = excluded.pages, rows_read = excluded.rows_read, usage_rows = excluded.usage_rows, notes = excluded.notes,
    usage_sums = excluded.usage_sums, usage_people = excluded.usage_people
  WHERE stored.read_at <= excluded.read_at OR stored.read_at > $15::timestamptz`;

const LATEST = `
  SELECT reader, period, read_at, from_at, to_at, took, pages, rows_read, usage_rows, usage_sums, usage_people,
    notes
  FROM authpulse.usage_snapshots
  WHERE tenant_id = $1 AND graph_host = $2 AND period = $3 AND reader = ANY ($4::text[])
  ORDER BY read_at DESC, reader
  LIMIT 1`;

export function createSnapshotStore(database: Database): SnapshotStore {
  const reading = { query: database.read };
  return {
    async save(source, reading) {
      const { tenantId, graphHost } = source;
      const { reader, readAt, took, pages, rowsRead, summaries, history } = reading;
      // Checked as it will be when it is read: nothing is stored that could not be shown.
      const notes = notesSchema.parse(reading.notes);
      const numbers = summaries.map(({ period, from, to, rows, sums, people }) => ({
        about: [tenantId, graphHost, reader, period, readAt, from, to, took ?? null, pages, rowsRead],
        rows: JSON.stringify(usageRows.parse(rows)),
        sums: sums ? JSON.stringify(usageSums.parse(sums)) : null,
        people: people ? JSON.stringify(usagePeople.parse(people)) : null,
      }));
      if (history) {
        checkHistory(history);
      }
      await database.transaction(async (queries) => {
        await lockHistory(queries, source);
        const possible = await latestPossible(queries, source, reading);
        const kept = history
          ? await saveHistory(queries, source, { ...history, readAt, latestPossible: possible })
          : [];
        const storedNotes = JSON.stringify([...notes, ...kept]);
        for (const { about, rows, sums, people } of numbers) {
          await queries.query(SAVE, [...about, rows, storedNotes, sums, people, possible ?? null]);
        }
      });
    },
    async latest({ tenantId, graphHost }, period, readers) {
      const [newest] = await database.read(LATEST, [tenantId, graphHost, period, readers]);
      return newest && toSnapshot(newest);
    },
    sums: (source, from, to) => sumsOf(reading, source, from, to),
    covered: async (source) => (await spansOf(reading, source)).at(-1),
    spans: (source) => spansOf(reading, source),
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
    ...(data.usage_people !== null && { people: data.usage_people }),
    notes: data.notes,
  };
}
