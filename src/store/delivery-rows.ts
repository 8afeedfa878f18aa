import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import { DELIVERY_STATES, type Delivery, type DigestNumbers } from "../ports/digest.ts";
import { READER_IDS } from "../ports/usage.ts";
import type { Row } from "./database.ts";
import { count, registrationCounts, usageRows } from "./schemas.ts";
import { storedRow } from "./stored-row.ts";

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
  people: z
    .strictObject({
      readAt: z.iso.datetime(),
      counts: registrationCounts,
      phoneUsers: z.strictObject({ people: count, withStrong: count }).exactOptional(),
    })
    .exactOptional(),
  resets: z.strictObject({ selfService: count, byAdmins: count, mayGrow: z.boolean() }).exactOptional(),
  month: z
    .strictObject({
      tries: count,
      failures: z.array(z.strictObject({ group: z.string(), tries: count, people: count.exactOptional() })),
    })
    .exactOptional(),
  missed: z.array(z.string()).exactOptional(),
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
  attempts: count,
  next_try: z.date().nullable(),
  ended_at: z.date().nullable(),
  activity_id: z.string().nullable(),
  reason: z.string().nullable(),
});

/** What `toDelivery` reads. */
export const COLUMNS =
  "conversation_id, week, kind, started_at, due_at, numbers, state, attempts, next_try, ended_at, activity_id, reason";

/** Checked as it will be when it is read: nothing is stored that could not be shown. */
export function jsonOf(numbers: DigestNumbers): string {
  return JSON.stringify(numbersSchema.parse(numbers));
}

/** A row with `COLUMNS`; throws STORE-UNAVAILABLE for one that this version could not have written. */
export function toDelivery(tenantId: TenantId, row: Row): Delivery {
  const data = storedRow(rowSchema, row, "A stored digest delivery");
  return {
    tenantId,
    conversationId: data.conversation_id,
    week: data.week,
    kind: data.kind,
    dueAt: data.due_at,
    startedAt: data.started_at,
    state: data.state,
    attempts: data.attempts,
    ...(data.next_try && { nextTry: data.next_try }),
    ...(data.numbers && { numbers: data.numbers }),
    ...(data.ended_at && { endedAt: data.ended_at }),
    ...(data.activity_id !== null && { activityId: data.activity_id }),
    ...(data.reason !== null && { reason: data.reason }),
  };
}
