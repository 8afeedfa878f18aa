import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Pace, PaceStore } from "../ports/digest.ts";

export interface PaceParts {
  readonly store: PaceStore;
  readonly tenantId: TenantId;
  readonly timings: Pick<Timings, "requestSpacing" | "conversationSpacing">;
  readonly clock: Clock;
}

const ALL = "tenant";

/**
 * Departures are taken from the store, so that all replicas together keep to what Microsoft allows for an app and
 * tenant. The conversation's comes first: whoever waits for it must not keep a departure of all that it does not use.
 */
export function createPace({ store, tenantId, timings, clock }: PaceParts): Pace {
  async function wait(lane: string, spacing: number): Promise<void> {
    const milliseconds = await store.take(tenantId, lane, spacing);
    if (milliseconds > 0) {
      await clock.sleep(milliseconds);
    }
  }

  /** When the last one left, and the spacing after it is over. */
  let free: Promise<void> = Promise.resolve();

  return {
    leave() {
      const mine = free;
      free = mine.then(() => clock.sleep(timings.requestSpacing));
      return mine;
    },
    async enter(conversationId) {
      if (conversationId !== undefined) {
        await wait(`conversation ${conversationId}`, timings.conversationSpacing);
      }
      await wait(ALL, timings.requestSpacing);
    },
  };
}
