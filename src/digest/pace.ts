import type { Clock } from "../kernel/clock.ts";
import { createDepartures } from "../kernel/departures.ts";
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
    await sleep(await store.take(tenantId, lane, spacing));
  }

  async function sleep(milliseconds: number): Promise<void> {
    if (milliseconds > 0) {
      await clock.sleep(milliseconds);
    }
  }

  /** A timer that is late does not put off those after it. */
  const departures = createDepartures(elapsed);

  return {
    async leave() {
      await sleep(departures(ALL, timings.requestSpacing));
    },
    async enter(conversationId) {
      if (conversationId !== undefined) {
        await wait(`conversation ${conversationId}`, timings.conversationSpacing);
      }
      await wait(ALL, timings.requestSpacing);
    },
  };
}
