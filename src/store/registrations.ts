import { z } from "zod";
import type { RegistrationStore } from "../ports/registration.ts";
import type { Database } from "./database.ts";
import { count, registrationCounts } from "./schemas.ts";
import { storedNumbers } from "./unreadable.ts";

const readingSchema = z.object({
  readAt: z.date(),
  pages: count,
  rowsRead: count,
  counts: registrationCounts,
});

const SAVE = `
  INSERT INTO authpulse.registration_snapshots AS stored
    (tenant_id, graph_host, read_at, pages, rows_read, counts)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb)
  ON CONFLICT (tenant_id, graph_host) DO UPDATE SET
    read_at = excluded.read_at, pages = excluded.pages, rows_read = excluded.rows_read, counts = excluded.counts
  WHERE stored.read_at <= excluded.read_at`;

const LATEST = `
  SELECT read_at AS "readAt", pages, rows_read AS "rowsRead", counts
  FROM authpulse.registration_snapshots
  WHERE tenant_id = $1 AND graph_host = $2`;

export function createRegistrationStore(database: Database): RegistrationStore {
  return {
    async save({ tenantId, graphHost }, reading) {
      // Checked as it will be when it is read: nothing is stored that could not be shown.
      const { readAt, pages, rowsRead, counts } = readingSchema.parse(reading);
      await database.query(SAVE, [tenantId, graphHost, readAt, pages, rowsRead, JSON.stringify(counts)]);
    },
    async latest({ tenantId, graphHost }) {
      const [row] = await database.query(LATEST, [tenantId, graphHost]);
      return row && storedNumbers(readingSchema, row);
    },
  };
}
