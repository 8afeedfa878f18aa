import { z } from "zod";
import type { TenantId, UserId } from "../kernel/ids.ts";
import type { RetentionStore } from "../ports/retention.ts";
import type { Queries } from "./database.ts";
import { dropPlace } from "./place-data.ts";
import { counted } from "./schemas.ts";

const chatSchema = z.object({ conversation_id: z.string() });

/** The audit knows the chat of somebody who has unsubscribed, too. */
const OWN_CHATS = `
  SELECT conversation_id FROM authpulse.digest_subscriptions
  WHERE tenant_id = $1 AND set_by = $2 AND kind = 'personal'
  UNION
  SELECT conversation_id FROM authpulse.audit
  WHERE tenant_id = $1 AND who = $2 AND place = 'personal' AND conversation_id IS NOT NULL`;

const UNNAME_SUBSCRIPTIONS = `
  UPDATE authpulse.digest_subscriptions SET set_by = NULL WHERE tenant_id = $1 AND set_by = $2
  RETURNING conversation_id`;

/** The id of the own chat goes with the person's: Teams tells whose chat it is. */
const UNNAME_AUDIT = `
  WITH unnamed AS (
    UPDATE authpulse.audit SET
      who = CASE WHEN who = $2 THEN 'forgotten' ELSE who END,
      target = CASE WHEN target = $2 THEN 'forgotten' ELSE target END,
      conversation_id = CASE WHEN who = $2 AND place = 'personal' THEN NULL ELSE conversation_id END
    WHERE tenant_id = $1 AND (who = $2 OR target = $2)
    RETURNING 1
  )
  SELECT count(*)::integer AS count FROM unnamed`;

/** Removes a person's object id, inside a transaction. */
export async function forgetPerson(
  queries: Queries,
  tenantId: TenantId,
  userId: UserId,
): Promise<Awaited<ReturnType<RetentionStore["forget"]>>> {
  const { query } = queries;
  let subscriptions = 0;
  for (const row of await query(OWN_CHATS, [tenantId, userId])) {
    subscriptions += await dropPlace(queries, tenantId, chatSchema.parse(row).conversation_id);
  }
  const unnamed = await query(UNNAME_SUBSCRIPTIONS, [tenantId, userId]);
  const [{ count: audit }] = counted.parse(await query(UNNAME_AUDIT, [tenantId, userId]));
  return { subscriptions: subscriptions + unnamed.length, audit };
}
