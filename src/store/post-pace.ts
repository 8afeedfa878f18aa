import { z } from "zod";
import { createDepartures } from "../kernel/departures.ts";
import type { PaceStore } from "../ports/digest.ts";
import type { Database } from "./database.ts";

/**
 * The clock is the server's, as those of the replicas differ. A departure further off than a minute is of a clock that
 * was ahead.
 */
const TAKE = `
  INSERT INTO authpulse.post_pace AS pace (tenant_id, lane, next_at)
  VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (tenant_id, lane) DO UPDATE SET next_at = $3 * interval '1 millisecond' + CASE
    WHEN pace.next_at BETWEEN clock_timestamp() AND clock_timestamp() + interval '1 minute' THEN pace.next_at
    ELSE clock_timestamp()
  END
  RETURNING (extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 - $3 AS wait`;

const waitSchema = z.tuple([z.object({ wait: z.number() })]);

/** One row a lane, which one statement at a time changes: all replicas on this database leave one after the other. */
export function createPaceStore(database: Database): PaceStore {
  return database.kind === "embedded" ? paceOfOneProcess() : sharedPace(database);
}

/** Nobody else is on an embedded database, whose statements take longer than the rest of a post. */
function paceOfOneProcess(): PaceStore {
  const departures = createDepartures(() => performance.now());
  return {
    take: async (tenantId, lane, spacing) => departures(JSON.stringify([tenantId, lane]), spacing),
  };
}

function sharedPace(database: Database): PaceStore {
  return {
    async take(tenantId, lane, spacing) {
      const [{ wait }] = waitSchema.parse(await database.query(TAKE, [tenantId, lane, spacing]));
      return Math.max(0, wait);
    },
  };
}
