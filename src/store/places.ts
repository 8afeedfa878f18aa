import type { PlaceStore } from "../ports/places.ts";
import type { Database } from "./database.ts";

const WELCOME = `
  INSERT INTO authpulse.welcomed_places (tenant_id, conversation_id, welcomed_at) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING
  RETURNING conversation_id`;

const TELL = `
  INSERT INTO authpulse.told_places (tenant_id, conversation_id, notice, team_id, told_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING
  RETURNING conversation_id`;

const IS_TOLD = `
  SELECT conversation_id FROM authpulse.told_places
  WHERE tenant_id = $1 AND conversation_id = $2 AND notice = $3`;

const FORGET_WELCOME = "DELETE FROM authpulse.welcomed_places WHERE tenant_id = $1 AND conversation_id = $2";

/** The newest removal counts: Teams may not have told of a return in between. */
const REMOVED = `
  INSERT INTO authpulse.removed_places (tenant_id, conversation_id, removed_at) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET removed_at = excluded.removed_at`;

const IS_REMOVED =
  "SELECT conversation_id FROM authpulse.removed_places WHERE tenant_id = $1 AND conversation_id = $2";

const RETURNED = "DELETE FROM authpulse.removed_places WHERE tenant_id = $1 AND conversation_id = $2";

export function createPlaceStore(database: Database): PlaceStore {
  return {
    async welcomeOnce(tenantId, place, at) {
      const added = await database.query(WELCOME, [tenantId, place, at]);
      return added.length === 1;
    },
    async tellOnce(tenantId, { conversationId, teamId }, notice, at) {
      const told = await database.read(IS_TOLD, [tenantId, conversationId, notice]);
      if (told.length > 0) {
        return false;
      }
      const added = await database.query(TELL, [tenantId, conversationId, notice, teamId ?? null, at]);
      return added.length === 1;
    },
    async removed(tenantId, place, at) {
      await database.transaction(async ({ query }) => {
        await query(FORGET_WELCOME, [tenantId, place]);
        await query(REMOVED, [tenantId, place, at]);
      });
    },
    async returned(tenantId, place) {
      // Every message says so, and hardly one of them has to write.
      const removed = await database.read(IS_REMOVED, [tenantId, place]);
      if (removed.length > 0) {
        await database.query(RETURNED, [tenantId, place]);
      }
    },
  };
}
