import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { RetentionStore } from "../ports/retention.ts";
import { createDaily, type Daily } from "./daily.ts";
import { monthsBefore } from "./months.ts";

export interface RetentionParts {
  readonly store: RetentionStore;
  readonly tenantId: TenantId;
  /** Calendar months; `KEEP_HISTORY`. */
  readonly keepHistory: number;
  /** Calendar months; `KEEP_AUDIT`. */
  readonly keepAudit: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Deletes; it ends between two batches. */
export type Retention = Daily;

const DAY = 24 * 60 * 60_000;
/** Long enough to come back from a removal by mistake with the digest as it was. */
const KEEP_REMOVED_PLACES = 30 * DAY;

/** Deletes what has been kept as long as the settings say. */
export function createRetention(parts: RetentionParts): Retention {
  const { store, tenantId, clock, log } = parts;
  return createDaily({
    async work(signal) {
      const now = clock.now();
      const purged = await store.purge({
        tenantId,
        historyBefore: monthsBefore(now, parts.keepHistory),
        auditBefore: monthsBefore(now, parts.keepAudit),
        removedBefore: new Date(now.getTime() - KEEP_REMOVED_PLACES),
        signal,
      });
      log.info(purged, "what was kept long enough is deleted");
    },
    failed: "old data could not be deleted; it is tried again in a day",
    clock,
    log,
  });
}
