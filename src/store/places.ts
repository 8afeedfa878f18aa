import type { PlaceStore } from "../ports/places.ts";
import type { Database } from "./database.ts";

export function createPlaceStore(database: Database): PlaceStore {
  return {
    async welcomeOnce(tenantId, conversationId, at) {
      const added = await database.query(
        `INSERT INTO authpulse.welcomed_places (tenant_id, conversation_id, welcomed_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING
         RETURNING conversation_id`,
        [tenantId, conversationId, at],
      );
      return added.length === 1;
    },
    async forget(tenantId, conversationId) {
      await database.query(
        "DELETE FROM authpulse.welcomed_places WHERE tenant_id = $1 AND conversation_id = $2",
        [tenantId, conversationId],
      );
    },
  };
}
