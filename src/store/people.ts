import { z } from "zod";
import {
  PEOPLE_READERS,
  PEOPLE_SCOPES,
  type PeopleNote,
  type PeopleReading,
  type PeopleStore,
} from "../ports/people.ts";
import { latestPossible } from "./clock-steps.ts";
import type { Database } from "./database.ts";
import { keepDay } from "./people-history.ts";
import { countsSchema } from "./people-schemas.ts";
import { count } from "./schemas.ts";
import { storedNumbers } from "./stored-row.ts";

const noteSchema: z.ZodType<PeopleNote> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("legacy-instead"), permission: z.string().exactOptional() }),
  z.strictObject({ kind: z.literal("groups-not-left-out"), groups: count }),
]);

const readingSchema = z.object({
  reader: z.enum(PEOPLE_READERS),
  readAt: z.date(),
  took: count,
  pages: count,
  rowsRead: count,
  scopes: z.partialRecord(z.enum(PEOPLE_SCOPES), countsSchema),
  excludeGroups: z.array(z.string()).nullish(),
  notes: z.array(noteSchema).nullish(),
});

const SAVE = `
  INSERT INTO authpulse.people_snapshots AS stored
    (tenant_id, graph_host, reader, read_at, took, pages, rows_read, scopes, exclude_groups, notes)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10::jsonb)
  ON CONFLICT (tenant_id, graph_host, reader) DO UPDATE SET
    read_at = excluded.read_at, took = excluded.took, pages = excluded.pages, rows_read = excluded.rows_read,
    scopes = excluded.scopes, exclude_groups = excluded.exclude_groups, notes = excluded.notes
  WHERE stored.read_at <= excluded.read_at OR stored.read_at > $11::timestamptz`;

const LATEST = `
  SELECT reader, read_at AS "readAt", took, pages, rows_read AS "rowsRead", scopes,
    exclude_groups AS "excludeGroups", notes
  FROM authpulse.people_snapshots
  WHERE tenant_id = $1 AND graph_host = $2 AND reader = ANY ($3::text[])
  ORDER BY read_at DESC, reader
  LIMIT 1`;

export function createPeopleStore(database: Database): PeopleStore {
  return {
    async save(source, reading) {
      // Checked as it will be when it is read: nothing is stored that could not be shown.
      const checked = toReading(readingSchema.parse(reading));
      const { reader, readAt, took, pages, rowsRead, scopes, excludeGroups, notes } = checked;
      const values = [
        source.tenantId,
        source.graphHost,
        reader,
        readAt,
        took,
        pages,
        rowsRead,
        JSON.stringify(scopes),
        excludeGroups ? JSON.stringify(excludeGroups) : null,
        notes ? JSON.stringify(notes) : null,
      ];
      await database.transaction(async (queries) => {
        const possible = await latestPossible(queries, source, checked);
        await queries.query(SAVE, [...values, possible ?? null]);
        await keepDay(queries, source, checked, possible);
      });
    },
    async latest({ tenantId, graphHost }, readers) {
      const [row] = await database.read(LATEST, [tenantId, graphHost, readers]);
      return row && toReading(storedNumbers(readingSchema, row));
    },
  };
}

function toReading({ excludeGroups, notes, ...reading }: z.infer<typeof readingSchema>): PeopleReading {
  return { ...reading, ...(excludeGroups && { excludeGroups }), ...(notes && { notes }) };
}
