import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import type { Delivery, DeliveryKey, DeliveryLedger, Holding, SlotClaim } from "../ports/digest.ts";
import type { Database } from "./database.ts";
import { COLUMNS, jsonOf, toDelivery } from "./delivery-rows.ts";

const KEY = "tenant_id = $1 AND conversation_id = $2 AND week = $3 AND kind = $4 AND started_at = $5";

/**
 * A lease that ends later than one can that was given now is of a clock that was wrong. In the embedded database there
 * is no other process, so that what one that died has left lapses at once.
 */
const ALIVE = `
  coalesce(lease_until > $2 AND lease_until <= $3 AND (holder = $4::text OR $5::boolean), false)`;

const SLOT = `
  SELECT ${COLUMNS}, ${ALIVE} AS alive FROM authpulse.digest_deliveries
  WHERE tenant_id = $1 AND conversation_id = $6 AND week = $7 AND kind = 'weekly' FOR UPDATE`;

const ADD = `
  INSERT INTO authpulse.digest_deliveries
    (tenant_id, conversation_id, week, kind, started_at, due_at, numbers, state, holder, lease_until)
  VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, 'claimed', $8, $9)
  ON CONFLICT DO NOTHING
  RETURNING ${COLUMNS}`;

const TAKE = `
  UPDATE authpulse.digest_deliveries SET state = 'claimed', due_at = $6, holder = $7, lease_until = $8
  WHERE ${KEY}
  RETURNING ${COLUMNS}`;

const TAKE_WAITING = `
  UPDATE authpulse.digest_deliveries SET state = 'claimed', next_try = NULL, holder = $3, lease_until = $4
  WHERE ctid = (
    SELECT ctid FROM authpulse.digest_deliveries
    WHERE tenant_id = $1 AND state = 'due' AND numbers IS NOT NULL AND coalesce(next_try <= $2, true)
    ORDER BY due_at, conversation_id LIMIT 1 FOR UPDATE SKIP LOCKED
  )
  RETURNING ${COLUMNS}`;

const BEAT = `
  UPDATE authpulse.digest_deliveries SET lease_until = $3
  WHERE tenant_id = $1 AND holder = $2 AND state IN ('claimed', 'posting')
    AND conversation_id IN (SELECT jsonb_array_elements_text($4::jsonb))`;

const RELEASE = `
  UPDATE authpulse.digest_deliveries SET state = 'due', holder = NULL, lease_until = NULL
  WHERE ${KEY} AND holder = $6 AND state = 'claimed'`;

const WITHDRAW = `
  DELETE FROM authpulse.digest_deliveries
  WHERE ${KEY} AND holder = $6 AND state = 'claimed' AND attempts = 0`;

const POST = `
  UPDATE authpulse.digest_deliveries
  SET state = 'posting', attempts = attempts + 1, numbers = $7::jsonb, lease_until = $8
  WHERE ${KEY} AND holder = $6 AND state = 'claimed'
  RETURNING week`;

/** One that was given up stays its holder's: a definite answer that comes late is better than none. */
const END = `
  UPDATE authpulse.digest_deliveries
  SET state = $7, next_try = $8, ended_at = $9, activity_id = $10, reason = $11, lease_until = NULL
  WHERE ${KEY} AND holder = $6 AND (state IN ('claimed', 'posting') OR state = 'unknown' AND reason = 'interrupted')
  RETURNING week`;

const GIVE_UP = `
  UPDATE authpulse.digest_deliveries SET state = 'unknown', ended_at = $2, reason = 'interrupted', lease_until = NULL
  WHERE tenant_id = $1 AND state = 'posting' AND NOT ${ALIVE}
  RETURNING kind`;

const HAND_BACK = `
  UPDATE authpulse.digest_deliveries SET state = 'due', holder = NULL, lease_until = NULL
  WHERE tenant_id = $1 AND state = 'claimed' AND NOT ${ALIVE}
  RETURNING kind`;

/** Handed back, and meanwhile somebody has moved, paused or removed the digest: nothing of it has ever left. */
const FORGET = `
  DELETE FROM authpulse.digest_deliveries AS delivery
  WHERE tenant_id = $1 AND state = 'due' AND numbers IS NULL AND NOT EXISTS (
    SELECT FROM authpulse.digest_subscriptions AS place
    WHERE place.tenant_id = delivery.tenant_id AND place.conversation_id = delivery.conversation_id
      AND place.state = 'active' AND place.next_due = delivery.due_at)`;

const STEADY = `
  INSERT INTO authpulse.digest_heartbeats AS last (tenant_id, since, beat_at) VALUES ($1, $2, $2)
  ON CONFLICT (tenant_id) DO UPDATE SET beat_at = $2, since = CASE
    WHEN abs(extract(epoch FROM $2::timestamptz - last.beat_at)) * 1000 > $3::float8 OR last.since > $2
    THEN $2 ELSE last.since END
  RETURNING since`;

const LAST = `
  SELECT ${COLUMNS} FROM authpulse.digest_deliveries WHERE tenant_id = $1 AND conversation_id = $2
  ORDER BY started_at DESC, due_at DESC LIMIT $3`;

const OF_WEEK = `
  SELECT ${COLUMNS} FROM authpulse.digest_deliveries
  WHERE tenant_id = $1 AND conversation_id = $2 AND week = $3
  ORDER BY started_at DESC, due_at DESC`;

const aliveSchema = z.object({ alive: z.boolean() });
const kindSchema = z.object({ kind: z.enum(["weekly", "extra"]) });
const sinceSchema = z.tuple([z.object({ since: z.date() })]);

/** @param isShared whether other processes may be on this database. */
export function createDeliveryLedger(database: Database, isShared: boolean): DeliveryLedger {
  /** The first five parameters of statements with `ALIVE`. */
  const alive = (tenantId: TenantId, { holder, now, lease }: Holding): unknown[] => [
    ...[tenantId, now, new Date(now.getTime() + 2 * lease), holder, isShared],
  ];

  return {
    async claimSlot({ tenantId, conversationId, week, dueAt }, by) {
      const { holder, now } = by;
      const values = [tenantId, conversationId, week, "weekly", now, dueAt, null, holder, until(by)];
      const [added] = await database.query(ADD, values);
      if (added) {
        return { kind: "claimed", delivery: toDelivery(tenantId, added) };
      }
      return database.transaction(async ({ query }): Promise<SlotClaim> => {
        const [found] = await query(SLOT, [...alive(tenantId, by), conversationId, week]);
        if (!found) {
          // Whoever had it has withdrawn it meanwhile.
          return { kind: "held" };
        }
        const delivery = toDelivery(tenantId, found);
        const standing = standingOf(delivery, aliveSchema.parse(found).alive);
        if (standing !== "free") {
          return { kind: standing };
        }
        const [taken] = await query(TAKE, [...keyOf(delivery), dueAt, holder, until(by)]);
        return taken ? { kind: "claimed", delivery: toDelivery(tenantId, taken) } : { kind: "held" };
      });
    },
    async claimWaiting(tenantId, by) {
      const [row] = await database.query(TAKE_WAITING, [tenantId, by.now, by.holder, until(by)]);
      return row && toDelivery(tenantId, row);
    },
    async claimExtra(delivery, by) {
      const { dueAt, numbers } = delivery;
      const values = [...keyOf(delivery), dueAt, numbers && jsonOf(numbers), by.holder, until(by)];
      return (await database.query(ADD, values)).length === 1;
    },
    async beat(tenantId, conversationIds, by) {
      await database.query(BEAT, [tenantId, by.holder, until(by), JSON.stringify(conversationIds)]);
    },
    async release(key, holder) {
      await database.query(RELEASE, [...keyOf(key), holder]);
    },
    async withdraw(key, holder) {
      await database.query(WITHDRAW, [...keyOf(key), holder]);
    },
    async post(key, numbers, by) {
      const values = [...keyOf(key), by.holder, jsonOf(numbers), until(by)];
      return (await database.query(POST, values)).length === 1;
    },
    async end(delivery, holder) {
      const { state, nextTry = null, endedAt = null, activityId = null, reason = null } = delivery;
      const values = [...keyOf(delivery), holder, state, nextTry, endedAt, activityId, reason];
      if ((await database.query(END, values)).length !== 1) {
        throw new AppError("INTERNAL", {
          detail: `The ${delivery.kind} digest of ${delivery.week} is not held by this process, so it has no outcome.`,
        });
      }
    },
    async lapse(tenantId, by) {
      const given = await database.query(GIVE_UP, alive(tenantId, by));
      await database.query(HAND_BACK, alive(tenantId, by));
      await database.query(FORGET, [tenantId]);
      return given.map((row) => kindSchema.parse(row).kind);
    },
    async steadySince(tenantId, now, leap) {
      const [{ since }] = sinceSchema.parse(await database.query(STEADY, [tenantId, now, leap]));
      return since;
    },
    async last(tenantId, conversationId, limit) {
      const rows = await database.query(LAST, [tenantId, conversationId, limit]);
      return rows.map((row) => toDelivery(tenantId, row));
    },
    async ofWeek(tenantId, conversationId, week) {
      const rows = await database.query(OF_WEEK, [tenantId, conversationId, week]);
      return rows.map((row) => toDelivery(tenantId, row));
    },
  };
}

/** Once it has numbers, a request of it may have left. */
function standingOf({ state, numbers }: Delivery, isAlive: boolean): "free" | "held" | "settled" {
  if (numbers || (state !== "due" && state !== "claimed")) {
    return "settled";
  }
  return state === "claimed" && isAlive ? "held" : "free";
}

function keyOf({ tenantId, conversationId, week, kind, startedAt }: DeliveryKey): unknown[] {
  return [tenantId, conversationId, week, kind, startedAt];
}

function until({ now, lease }: Holding): Date {
  return new Date(now.getTime() + lease);
}
