import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import { DELIVERY_STATES, type Delivery, type DeliveryLedger, type DigestNumbers } from "../ports/digest.ts";
import { READER_IDS } from "../ports/usage.ts";
import type { Database, Row } from "./database.ts";
import { count, registrationCounts, usageRows } from "./schemas.ts";
import { unreadable } from "./unreadable.ts";

const weekTries = z.strictObject({
  rows: usageRows,
  resetFailures: z.array(z.strictObject({ reason: z.string(), count })),
  covered: z.boolean(),
});

const numbersSchema: z.ZodType<DigestNumbers> = z.strictObject({
  week: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  timeZone: z.string(),
  tries: z
    .strictObject({
      reader: z.enum(READER_IDS),
      readAt: z.iso.datetime(),
      week: weekTries,
      before: weekTries,
    })
    .exactOptional(),
  people: z.strictObject({ readAt: z.iso.datetime(), counts: registrationCounts }).exactOptional(),
  resets: z.strictObject({ selfService: count, byAdmins: count, mayGrow: z.boolean() }).exactOptional(),
  month: z
    .strictObject({
      tries: count,
      failures: z.array(z.strictObject({ group: z.string(), tries: count, people: count.exactOptional() })),
    })
    .exactOptional(),
  printed: z
    .strictObject({
      week: z.string(),
      rows: z.exactOptional(usageRows),
      people: z.exactOptional(registrationCounts),
    })
    .exactOptional(),
  serviceChange: z
    .strictObject({
      id: z.string(),
      date: z.iso.date(),
      message: z.string().exactOptional(),
      text: z.string().exactOptional(),
    })
    .exactOptional(),
});

const rowSchema = z.object({
  conversation_id: z.string(),
  week: z.string(),
  kind: z.enum(["weekly", "extra"]),
  started_at: z.date(),
  due_at: z.date(),
  numbers: numbersSchema.nullable(),
  state: z.enum(DELIVERY_STATES),
  ended_at: z.date().nullable(),
  activity_id: z.string().nullable(),
  reason: z.string().nullable(),
});

const COLUMNS =
  "conversation_id, week, kind, started_at, due_at, numbers, state, ended_at, activity_id, reason";

const BEGIN = `
  INSERT INTO authpulse.digest_deliveries (tenant_id, ${COLUMNS})
  VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11)
  ON CONFLICT DO NOTHING
  RETURNING week`;

const END = `
  UPDATE authpulse.digest_deliveries SET state = $6, ended_at = $7, activity_id = $8, reason = $9
  WHERE tenant_id = $1 AND conversation_id = $2 AND week = $3 AND kind = $4 AND started_at = $5
    AND state = 'posting'
  RETURNING week`;

const GIVE_UP = `
  UPDATE authpulse.digest_deliveries SET state = 'unknown', ended_at = $2, reason = 'interrupted'
  WHERE tenant_id = $1 AND state = 'posting'
  RETURNING week`;

const LAST = `
  SELECT ${COLUMNS} FROM authpulse.digest_deliveries WHERE tenant_id = $1 AND conversation_id = $2
  ORDER BY started_at DESC, due_at DESC LIMIT $3`;

const OF_WEEK = `
  SELECT ${COLUMNS} FROM authpulse.digest_deliveries
  WHERE tenant_id = $1 AND conversation_id = $2 AND week = $3
  ORDER BY started_at DESC, due_at DESC`;

export function createDeliveryLedger(database: Database): DeliveryLedger {
  return {
    async begin(delivery) {
      const { numbers } = delivery;
      const added = await database.query(BEGIN, [
        delivery.tenantId,
        delivery.conversationId,
        delivery.week,
        delivery.kind,
        delivery.startedAt,
        delivery.dueAt,
        // Checked as it will be when it is read: nothing is stored that could not be shown.
        numbers ? JSON.stringify(numbersSchema.parse(numbers)) : null,
        delivery.state,
        delivery.endedAt ?? null,
        delivery.activityId ?? null,
        delivery.reason ?? null,
      ]);
      return added.length === 1;
    },
    async end(delivery) {
      const ended = await database.query(END, [
        delivery.tenantId,
        delivery.conversationId,
        delivery.week,
        delivery.kind,
        delivery.startedAt,
        delivery.state,
        delivery.endedAt ?? null,
        delivery.activityId ?? null,
        delivery.reason ?? null,
      ]);
      if (ended.length !== 1) {
        throw new AppError("INTERNAL", {
          detail: `The ${delivery.kind} digest of ${delivery.week} is not being posted, so it has no outcome.`,
        });
      }
    },
    async giveUp(tenantId, at) {
      const given = await database.query(GIVE_UP, [tenantId, at]);
      return given.length;
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

function toDelivery(tenantId: TenantId, row: Row): Delivery {
  const { data, error } = rowSchema.safeParse(row);
  if (!data) {
    throw unreadable("A stored digest delivery", error);
  }
  return {
    tenantId,
    conversationId: data.conversation_id,
    week: data.week,
    kind: data.kind,
    dueAt: data.due_at,
    startedAt: data.started_at,
    state: data.state,
    ...(data.numbers && { numbers: data.numbers }),
    ...(data.ended_at && { endedAt: data.ended_at }),
    ...(data.activity_id !== null && { activityId: data.activity_id }),
    ...(data.reason !== null && { reason: data.reason }),
  };
}
