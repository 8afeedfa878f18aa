import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { FoldingStore } from "../ports/folding.ts";
import { createDaily, type Daily } from "./daily.ts";
import { splitHours } from "./split-hours.ts";

interface FoldingParts {
  readonly store: FoldingStore;
  readonly tenantId: TenantId;
  readonly clock: Clock;
  readonly log: Log;
}

/** Folds quarters of an hour of the history into hours once they are old; it ends between two days of the history. */
export function createFolding({ store, tenantId, clock, log }: FoldingParts): Daily {
  return createDaily({
    async work(signal) {
      const folded = await store.fold({ tenantId, now: clock.now(), splitHours, signal });
      log.info(folded, "old quarters of an hour are folded into hours");
    },
    failed: "old quarters of an hour could not be folded; it is tried again in a day",
    clock,
    log,
  });
}
