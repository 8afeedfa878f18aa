import { z } from "zod";
import type { UsageReading, UsageSource } from "../ports/usage.ts";
import type { Queries } from "./database.ts";

const HOUR = 60 * 60_000;

/** Clocks of two replicas differ a little, and a save may wait for its turn. */
const ALLOWANCE = HOUR;

const TRIED_SINCE = `
  SELECT EXISTS (
    SELECT FROM authpulse.usage_cells WHERE tenant_id = $1 AND graph_host = $2 AND quarter >= $3
  ) AS found`;

const foundSchema = z.tuple([z.object({ found: z.boolean() })]);

/**
 * The latest time at which a stored reading can have begun, seen from a reading that has just ended. A stored one with
 * a later time comes from a clock that was ahead, and counts as older: else it would keep every reading out until the
 * real time has come there.
 *
 * Undefined where no stored reading is to be doubted: it is not known when this one ended, or a try is stored that was
 * made after it. The times of tries are Microsoft's, so that it is the clock of this one that is behind.
 */
export async function latestPossible(
  { query }: Queries,
  { tenantId, graphHost }: UsageSource,
  { readAt, took }: Pick<UsageReading, "readAt" | "took">,
): Promise<Date | undefined> {
  if (took === undefined) {
    return undefined;
  }
  const latest = new Date(readAt.getTime() + took + ALLOWANCE);
  const [{ found }] = foundSchema.parse(await query(TRIED_SINCE, [tenantId, graphHost, latest]));
  return found ? undefined : latest;
}
