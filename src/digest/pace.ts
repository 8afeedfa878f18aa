import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Pace, PaceStore } from "../ports/digest.ts";

export interface PaceParts {
  readonly store: PaceStore;
  readonly tenantId: TenantId;
  readonly timings: Pick<Timings, "requestSpacing" | "conversationSpacing">;
  readonly clock: Clock;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

const ALL = "tenant";

/**
 * Departures are taken from the store, so that all replicas together keep to what Microsoft allows for an app and
 * tenant. The conversation's comes first: whoever waits for it must not keep a departure of all that it does not use.
 */
export function createPace({ store, tenantId, timings, clock, elapsed }: PaceParts): Pace {
  async function wait(lane: string, spacing: number): Promise<void> {
    const milliseconds = await store.take(tenantId, lane, spacing);
    if (milliseconds > 0) {
      await clock.sleep(milliseconds);
    }
  }

  /** When the spacing after the last one is over. A timer that is late does not put off those after it. */
  let free = 0;

  return {
    async leave() {
      const now = elapsed();
      const mine = Math.max(now, free);
      free = mine + timings.requestSpacing;
      if (mine > now) {
        await clock.sleep(mine - now);
      }
    },
    async enter(conversationId) {
      if (conversationId !== undefined) {
        await wait(`conversation ${conversationId}`, timings.conversationSpacing);
      }
      await wait(ALL, timings.requestSpacing);
    },
  };
}
