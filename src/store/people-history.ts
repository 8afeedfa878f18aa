import { z } from "zod";
import { PEOPLE_READERS, PEOPLE_SCOPES, type PeopleReading } from "../ports/people.ts";
import type { PeopleHistory } from "../ports/people-history.ts";
import type { UsageSource } from "../ports/usage.ts";
import type { Database, Queries } from "./database.ts";
import { countsSchema } from "./people-schemas.ts";
import { storedNumbers } from "./stored-row.ts";

/** One row a day and report, the last reading of the day; a day ends at midnight UTC. */
const KEEP = `
  INSERT INTO authpulse.people_history AS stored
    (tenant_id, graph_host, reader, day, read_at, scope, counts, exclude_groups)
  VALUES ($1, $2, $3, ($4::timestamptz AT TIME ZONE 'UTC')::date, $4, $5, $6::jsonb, $7::jsonb)
  ON CONFLICT (tenant_id, graph_host, reader, day) DO UPDATE SET
    read_at = excluded.read_at, scope = excluded.scope, counts = excluded.counts,
    exclude_groups = excluded.exclude_groups
  WHERE stored.read_at <= excluded.read_at OR stored.read_at > $8::timestamptz`;

const DAILY = `
  SELECT reader, read_at AS "readAt", scope, counts, exclude_groups AS "excludeGroups"
  FROM authpulse.people_history
  WHERE tenant_id = $1 AND graph_host = $2 AND reader = ANY ($3::text[]) AND read_at >= $4
    AND read_at <= $5
  ORDER BY read_at, reader`;

const daySchema = z.object({
  reader: z.enum(PEOPLE_READERS),
  readAt: z.date(),
  scope: z.enum(PEOPLE_SCOPES),
  counts: countsSchema,
  excludeGroups: z.array(z.string()).nullable(),
});

/**
 * Keeps the sums of a reading's members, or of everyone where the report does not tell members apart.
 * @param possible see `latestPossible`
 */
export async function keepDay(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  { reader, readAt, scopes, excludeGroups }: PeopleReading,
  possible: Date | undefined,
): Promise<void> {
  const scope = scopes.members ? "members" : "everyone";
  const counts = scopes[scope];
  if (counts) {
    const groups = excludeGroups ? JSON.stringify(excludeGroups) : null;
    const numbers = JSON.stringify(counts);
    await query(KEEP, [tenantId, graphHost, reader, readAt, scope, numbers, groups, possible ?? null]);
  }
}

export function createPeopleHistory(database: Database): PeopleHistory {
  return {
    async daily({ tenantId, graphHost }, readers, from, to) {
      const found = await database.query(DAILY, [tenantId, graphHost, readers, from, to]);
      const rows = found.map((row) => storedNumbers(daySchema, row));
      const newest = rows.at(-1);
      if (!newest) {
        return undefined;
      }
      const days = rows.filter((row) => howCounted(row) === howCounted(newest));
      return {
        reader: newest.reader,
        scope: newest.scope,
        days: days.map(({ readAt, counts }) => ({ readAt, counts })),
        others: rows.length - days.length,
      };
    },
  };
}

function howCounted({ reader, scope, excludeGroups }: z.infer<typeof daySchema>): string {
  return JSON.stringify([reader, scope, excludeGroups]);
}
