import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { PurgeLimits, RetentionStore } from "../ports/retention.ts";
import type { Database, Row } from "./database.ts";
import { forgetPerson } from "./forget.ts";
import { dropPlace } from "./place-data.ts";
import { counted } from "./schemas.ts";
import { HOUR, hostsOf } from "./usage-history.ts";
import { coverLess, lockHistory } from "./usage-spans.ts";

/** Rows of one statement: the embedded database holds up everything else meanwhile. */
const BATCH = 1_000;

interface BatchedDelete {
  readonly table: string;
  readonly statement: string;
  /** Runs first in the transaction of every batch. */
  readonly permit?: string;
}

function deleteBatch(name: string, condition: string): BatchedDelete {
  const table = `authpulse.${name}`;
  const statement = `
    WITH deleted AS (
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${BATCH}))
      RETURNING 1
    )
    SELECT count(*)::integer AS count FROM deleted`;
  return { table, statement };
}

const CELLS = deleteBatch("usage_cells", "tenant_id = $1 AND graph_host = $2 AND quarter < $3");

const PEOPLE = deleteBatch("people_history", "tenant_id = $1 AND read_at < $2");

const DAYS = deleteBatch(
  "daily_counts",
  "tenant_id = $1 AND day < ($2::timestamptz AT TIME ZONE 'UTC')::date",
);

const DELIVERIES = deleteBatch("digest_deliveries", "tenant_id = $1 AND due_at < $2");

/** Conversations are many, and each has a pace for a moment a week. */
const UNUSED_PACE =
  "DELETE FROM authpulse.post_pace WHERE tenant_id = $1 AND next_at < now() - interval '1 hour'";

/** What the trigger of the audit asks for, until the transaction ends. */
const MAY_DELETE_AUDIT = "SELECT set_config('authpulse.retention', 'on', true)";

const AUDIT: BatchedDelete = {
  ...deleteBatch("audit", "tenant_id = $1 AND at < $2"),
  permit: MAY_DELETE_AUDIT,
};

/** A digest is active only where somebody set it up, or it was resumed, after the removal. */
const REMOVED = `
  SELECT conversation_id AS place FROM authpulse.removed_places AS removed
  WHERE tenant_id = $1 AND removed_at < $2 AND NOT EXISTS (
    SELECT FROM authpulse.digest_subscriptions
    WHERE tenant_id = $1 AND state = 'active' AND removed.conversation_id IN (conversation_id, team_id))`;

const STILL_REMOVED = `${REMOVED} AND conversation_id = $3 FOR UPDATE OF removed`;

const placeSchema = z.object({ place: z.string() });

export function createRetentionStore(database: Database): RetentionStore {
  return {
    async purge(limits) {
      const { tenantId, historyBefore, auditBefore, signal } = limits;
      await deleteAll(database, PEOPLE, [tenantId, historyBefore], signal);
      await deleteAll(database, DAYS, [tenantId, historyBefore], signal);
      await database.query(UNUSED_PACE, [tenantId]);
      return {
        cells: await purgeCells(database, limits),
        deliveries: await deleteAll(database, DELIVERIES, [tenantId, historyBefore], signal),
        audit: await deleteAll(database, AUDIT, [tenantId, auditBefore], signal),
        places: await purgePlaces(database, limits),
      };
    },
    forget: (tenantId, userId) => database.transaction((queries) => forgetPerson(queries, tenantId, userId)),
  };
}

async function purgeCells(
  database: Database,
  { tenantId, historyBefore, signal }: PurgeLimits,
): Promise<number> {
  // By whole hours, as older quarters are folded into them.
  const before = new Date(Math.floor(historyBefore.getTime() / HOUR) * HOUR);
  let deleted = 0;
  for (const graphHost of await hostsOf(database, tenantId)) {
    // Before the cells go, so that nobody takes them for quarters in which nothing happened.
    await database.transaction(async (queries) => {
      await lockHistory(queries, { tenantId, graphHost });
      await coverLess(queries, { tenantId, graphHost }, before);
    });
    deleted += await deleteAll(database, CELLS, [tenantId, graphHost, before], signal);
  }
  return deleted;
}

async function purgePlaces(
  database: Database,
  { tenantId, removedBefore, signal }: PurgeLimits,
): Promise<number> {
  let dropped = 0;
  for (const row of await database.query(REMOVED, [tenantId, removedBefore])) {
    signal?.throwIfAborted();
    const { place } = placeSchema.parse(row);
    const isDropped = await database.transaction(async (queries) => {
      // The bot may have come back since the list was made.
      const [removed] = await queries.query(STILL_REMOVED, [tenantId, removedBefore, place]);
      if (removed) {
        await dropPlace(queries, tenantId, place);
      }
      return removed !== undefined;
    });
    dropped += isDropped ? 1 : 0;
    await nextTurn();
  }
  return dropped;
}

/** Batch after batch; returns how many rows all of them deleted. */
async function deleteAll(
  database: Database,
  batch: BatchedDelete,
  values: readonly unknown[],
  signal: AbortSignal | undefined,
): Promise<number> {
  for (let total = 0; ; ) {
    signal?.throwIfAborted();
    const [{ count }] = counted.parse(await deleteSome(database, batch, values));
    total += count;
    if (count === BATCH) {
      // The embedded database works on this thread, and its promises leave no turn to anything else.
      await nextTurn();
      continue;
    }
    if (total > 0) {
      // The embedded database never does it by itself, and would grow for ever.
      await database.query(`VACUUM ${batch.table}`);
    }
    return total;
  }
}

function deleteSome(
  database: Database,
  { statement, permit }: BatchedDelete,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  return database.transaction(async ({ query }) => {
    if (permit) {
      await query(permit);
    }
    return query(statement, values);
  });
}
