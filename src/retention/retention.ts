import { type Clock, sleepUntilAborted } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { asAppError } from "../kernel/problem.ts";
import type { RetentionStore } from "../ports/retention.ts";
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

export interface Retention {
  /** Deletes at once, in the background, and then once a day; a fault is logged and tried again the next day. */
  start(): void;
  /** Ends between two batches; resolves when nothing is being deleted any more. */
  stop(): Promise<void>;
}

const DAY = 24 * 60 * 60_000;
/** Long enough to come back from a removal by mistake with the digest as it was. */
const KEEP_REMOVED_PLACES = 30 * DAY;

/** Deletes what has been kept as long as the settings say. */
export function createRetention(parts: RetentionParts): Retention {
  const { store, tenantId, clock, log } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();

  async function purge(): Promise<void> {
    const now = clock.now();
    const purged = await store.purge({
      tenantId,
      historyBefore: monthsBefore(now, parts.keepHistory),
      auditBefore: monthsBefore(now, parts.keepAudit),
      removedBefore: new Date(now.getTime() - KEEP_REMOVED_PLACES),
      signal,
    });
    log.info(purged, "what was kept long enough is deleted");
  }

  function logFault(thrown: unknown): void {
    if (!signal.aborted) {
      const { code, facts, cause } = asAppError(thrown);
      log.error({ code, facts, err: cause }, "old data could not be deleted; it is tried again in a day");
    }
  }

  async function purgeEveryDay(): Promise<void> {
    while (!signal.aborted) {
      await purge().catch(logFault);
      await sleepUntilAborted(clock, DAY, signal);
    }
  }

  return {
    start() {
      running = purgeEveryDay();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
