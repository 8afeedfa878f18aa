import type { TenantId } from "../kernel/ids.ts";
import type { Queries } from "./database.ts";

/** Of a place that is a team: its channels, as far as something that is stored names their team. */
const CHANNELS = `
  SELECT conversation_id FROM authpulse.digest_subscriptions WHERE tenant_id = $1 AND team_id = $2
  UNION SELECT conversation_id FROM authpulse.told_places WHERE tenant_id = $1 AND team_id = $2`;

/** Deliveries go first: the rows that name a channel's team go after them. */
const DROP = [
  `DELETE FROM authpulse.digest_deliveries
   WHERE tenant_id = $1 AND (conversation_id = $2 OR conversation_id IN (${CHANNELS}))`,
  "DELETE FROM authpulse.told_places WHERE tenant_id = $1 AND (conversation_id = $2 OR team_id = $2)",
  "DELETE FROM authpulse.welcomed_places WHERE tenant_id = $1 AND conversation_id = $2",
  "DELETE FROM authpulse.removed_places WHERE tenant_id = $1 AND conversation_id = $2",
];

const DROP_SUBSCRIPTIONS = `
  DELETE FROM authpulse.digest_subscriptions WHERE tenant_id = $1 AND (conversation_id = $2 OR team_id = $2)
  RETURNING conversation_id`;

/** Deletes all that is stored of a conversation or a team, inside a transaction; returns how many subscriptions. */
export async function dropPlace({ query }: Queries, tenantId: TenantId, place: string): Promise<number> {
  for (const statement of DROP) {
    await query(statement, [tenantId, place]);
  }
  const subscriptions = await query(DROP_SUBSCRIPTIONS, [tenantId, place]);
  return subscriptions.length;
}
