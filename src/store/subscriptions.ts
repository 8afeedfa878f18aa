import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import { type AppError, asAppError } from "../kernel/problem.ts";
import type { DueCursor, Standing, Subscription, SubscriptionStore } from "../ports/digest.ts";
import type { Database, Queries, Row } from "./database.ts";
import { toDelivery } from "./delivery-rows.ts";
import { storedRow } from "./stored-row.ts";
import { COLUMNS, toSubscription } from "./subscription-rows.ts";

const cursorSchema = z.object({ next_due: z.date(), conversation_id: z.string() });

/** Within JSON, times are text. */
const at = z.coerce.date();
const lastSchema = z.object({
  last: z
    .looseObject({ started_at: at, due_at: at, next_try: at.nullable(), ended_at: at.nullable() })
    .nullable(),
});

const PUT = `
  INSERT INTO authpulse.digest_subscriptions (tenant_id, ${COLUMNS})
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14, $15, $16, $17)
  ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET
    service_url = excluded.service_url, bot_id = excluded.bot_id, kind = excluded.kind, team_id = excluded.team_id,
    weekday = excluded.weekday, local_time = excluded.local_time, time_zone = excluded.time_zone,
    extras = excluded.extras, locale = excluded.locale, set_by = excluded.set_by, set_at = excluded.set_at,
    state = excluded.state, paused_until = excluded.paused_until, suspended_reason = excluded.suspended_reason,
    next_due = excluded.next_due`;

const OF_PLACE = `
  SELECT ${COLUMNS} FROM authpulse.digest_subscriptions WHERE tenant_id = $1 AND conversation_id = $2`;

/** Where it stands as it did, one statement is enough. */
const MOVE_ON = `
  UPDATE authpulse.digest_subscriptions SET next_due = $3
  WHERE tenant_id = $1 AND conversation_id = $2 AND next_due = $4
    AND weekday = $5 AND local_time = $6 AND time_zone = $7
  RETURNING ${COLUMNS}`;

const OF_TEAM = `
  SELECT ${COLUMNS} FROM authpulse.digest_subscriptions WHERE tenant_id = $1 AND team_id = $2
  ORDER BY conversation_id`;

const DUE = `
  SELECT ${COLUMNS} FROM authpulse.digest_subscriptions
  WHERE tenant_id = $1
    AND (state = 'active' AND (next_due <= $2 OR next_due > $3) OR state = 'paused' AND paused_until <= $2)
    AND (next_due, conversation_id) > ($4, $5)
  ORDER BY next_due, conversation_id LIMIT $6`;

/** Rows of a page of due ones: a fan-out holds no more of them in memory. */
const PAGE = 100;
const BEGIN: DueCursor = { nextDue: new Date(0), conversationId: "" };

/** Every place with its newest delivery, whose numbers nobody asks for here. */
const STANDINGS = `
  SELECT place.*, to_jsonb(last) - 'numbers' AS last FROM authpulse.digest_subscriptions AS place
  LEFT JOIN LATERAL (
    SELECT * FROM authpulse.digest_deliveries AS delivery
    WHERE delivery.tenant_id = place.tenant_id AND delivery.conversation_id = place.conversation_id
    ORDER BY started_at DESC, due_at DESC LIMIT 1
  ) AS last ON true
  WHERE place.tenant_id = $1
  ORDER BY place.next_due, place.conversation_id`;

/**
 * Deliveries of the place stay, and only the subscription says which team it is of: that is kept, so that they go with
 * the team when the bot is removed from it.
 */
const REMOVE = `
  WITH removed AS (
    DELETE FROM authpulse.digest_subscriptions WHERE tenant_id = $1 AND conversation_id = $2
    RETURNING tenant_id, conversation_id, team_id
  )
  INSERT INTO authpulse.told_places (tenant_id, conversation_id, notice, team_id, told_at)
  SELECT tenant_id, conversation_id, 'unsubscribed', team_id, now() FROM removed WHERE team_id IS NOT NULL
  ON CONFLICT DO NOTHING`;

export function createSubscriptionStore(database: Database): SubscriptionStore {
  return {
    put: (subscription) => put(database, subscription),
    async get(tenantId, conversationId) {
      const [row] = await database.query(OF_PLACE, [tenantId, conversationId]);
      return row && toSubscription(tenantId, row);
    },
    async ofTeam(tenantId, teamId) {
      const rows = await database.query(OF_TEAM, [tenantId, teamId]);
      return rows.map((row) => toSubscription(tenantId, row));
    },
    change(tenantId, conversationId, change) {
      return database.transaction(async (queries) => {
        const [row] = await queries.query(`${OF_PLACE} FOR UPDATE`, [tenantId, conversationId]);
        if (!row) {
          return undefined;
        }
        const stored = toSubscription(tenantId, row);
        const changed = change(stored);
        if (changed !== stored) {
          await put(queries, changed);
        }
        return changed;
      });
    },
    async moveOn({ tenantId, address, schedule, nextDue: ran }, nextDue) {
      const { day, time, timeZone } = schedule;
      const values = [tenantId, address.conversationId, nextDue, ran, day, time, timeZone];
      const [row] = await database.query(MOVE_ON, values);
      return row && toSubscription(tenantId, row);
    },
    async remove(tenantId, conversationId) {
      await database.query(REMOVE, [tenantId, conversationId]);
    },
    async due(tenantId, now, beyond, after = BEGIN) {
      const values = [tenantId, now, beyond, after.nextDue, after.conversationId, PAGE];
      const rows = await database.query(DUE, values);
      const { readable, unreadable } = sorted(rows, (row) => toSubscription(tenantId, row));
      const last = rows.length === PAGE ? rows.at(-1) : undefined;
      return { subscriptions: readable, unreadable, ...(last && { after: cursorOf(last) }) };
    },
    async standings(tenantId) {
      const rows = await database.query(STANDINGS, [tenantId]);
      const { readable, unreadable } = sorted(rows, (row) => toStanding(tenantId, row));
      return { places: readable, unreadable: unreadable.length };
    },
  };
}

/** One row that cannot be read keeps no other from being read. */
function sorted<T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): { readonly readable: readonly T[]; readonly unreadable: readonly AppError[] } {
  const readable: T[] = [];
  const unreadable: AppError[] = [];
  for (const row of rows) {
    try {
      readable.push(read(row));
    } catch (thrown) {
      unreadable.push(asAppError(thrown));
    }
  }
  return { readable, unreadable };
}

function cursorOf(row: Row): DueCursor {
  const { next_due: nextDue, conversation_id: conversationId } = cursorSchema.parse(row);
  return { nextDue, conversationId };
}

function toStanding(tenantId: TenantId, row: Row): Standing {
  const data = storedRow(lastSchema, row, "A stored digest delivery");
  const subscription = toSubscription(tenantId, row);
  return { subscription, ...(data.last && { last: toDelivery(tenantId, { ...data.last, numbers: null }) }) };
}

async function put({ query }: Queries, subscription: Subscription): Promise<void> {
  const { tenantId, address, schedule, state } = subscription;
  await query(PUT, [
    tenantId,
    address.conversationId,
    address.serviceUrl,
    address.botId,
    address.kind,
    address.teamId ?? null,
    schedule.day,
    schedule.time,
    schedule.timeZone,
    JSON.stringify(subscription.extras),
    subscription.locale,
    subscription.setBy ?? null,
    subscription.setAt,
    state.kind,
    (state.kind === "paused" && state.until) || null,
    state.kind === "suspended" ? state.reason : null,
    subscription.nextDue,
  ]);
}
