import { z } from "zod";
import type { TenantId } from "../kernel/ids.ts";
import { DIGEST_EXTRAS, type Subscription, type SubscriptionState, type Weekday } from "../ports/digest.ts";
import type { Row } from "./database.ts";
import { userId } from "./schemas.ts";
import { storedRow } from "./stored-row.ts";

export const COLUMNS = `conversation_id, service_url, bot_id, kind, team_id, weekday, local_time, time_zone, extras, locale,
  set_by, set_at, state, paused_until, suspended_reason, next_due`;

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[];

const stateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("active") }),
  z.object({ state: z.literal("paused"), paused_until: z.date().nullable() }),
  z.object({ state: z.literal("suspended"), suspended_reason: z.enum(["removed", "blocked", "gone"]) }),
]);

const rowSchema = z
  .object({
    conversation_id: z.string(),
    service_url: z.string(),
    bot_id: z.string(),
    kind: z.enum(["personal", "groupChat", "channel"]),
    team_id: z.string().nullable(),
    weekday: z.literal(WEEKDAYS),
    local_time: z.string(),
    time_zone: z.string(),
    extras: z.array(z.enum(DIGEST_EXTRAS)),
    locale: z.string(),
    set_by: userId.nullable(),
    set_at: z.date(),
    next_due: z.date(),
  })
  .and(stateSchema);

/** Throws STORE-UNAVAILABLE for a row that this version cannot read. */
export function toSubscription(tenantId: TenantId, row: Row): Subscription {
  const data = storedRow(rowSchema, row, "A stored digest subscription");
  return {
    tenantId,
    address: {
      serviceUrl: data.service_url,
      conversationId: data.conversation_id,
      botId: data.bot_id,
      kind: data.kind,
      ...(data.team_id !== null && { teamId: data.team_id }),
    },
    schedule: { day: data.weekday, time: data.local_time, timeZone: data.time_zone },
    extras: data.extras,
    locale: data.locale,
    ...(data.set_by !== null && { setBy: data.set_by }),
    setAt: data.set_at,
    state: stateOf(data),
    nextDue: data.next_due,
  };
}

function stateOf(row: z.infer<typeof stateSchema>): SubscriptionState {
  switch (row.state) {
    case "active":
      return { kind: "active" };
    case "paused":
      return { kind: "paused", ...(row.paused_until && { until: row.paused_until }) };
    case "suspended":
      return { kind: "suspended", reason: row.suspended_reason };
  }
}
