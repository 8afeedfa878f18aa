import type { Clock } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { PlaceAddress, Subscription, SubscriptionStore } from "../ports/digest.ts";
import { nextDue } from "./calendar.ts";

/** Follows where the bot is installed. */
export interface DigestLifecycle {
  /**
   * The bot was removed from a place, or with `gone` the place is no more. A team stands for all of its channels.
   * A digest that somebody paused stays paused: it posts nothing, and comes back as it was.
   */
  onRemoved(
    tenantId: TenantId,
    place: { readonly conversationId: string; readonly teamId?: string },
    reason?: "removed" | "gone",
  ): Promise<void>;
  /**
   * The bot was installed at a place, in a team for all of its channels: what was suspended there goes on with
   * its next due time, and everything there learns the new service URL and bot id.
   */
  onInstalled(tenantId: TenantId, address: PlaceAddress): Promise<void>;
}

export function createDigestLifecycle(subscriptions: SubscriptionStore, clock: Clock): DigestLifecycle {
  async function changeAll(
    tenantId: TenantId,
    place: { readonly conversationId: string; readonly teamId?: string },
    change: (stored: Subscription) => Subscription,
  ): Promise<void> {
    const ofTeam = place.teamId ? await subscriptions.ofTeam(tenantId, place.teamId) : [];
    const ids = new Set([place.conversationId, ...ofTeam.map(({ address }) => address.conversationId)]);
    for (const id of ids) {
      await subscriptions.change(tenantId, id, change);
    }
  }

  return {
    onRemoved: (tenantId, place, reason = "removed") =>
      changeAll(tenantId, place, (stored) =>
        stored.state.kind === "active" ? { ...stored, state: { kind: "suspended", reason } } : stored,
      ),
    onInstalled(tenantId, { conversationId, teamId, serviceUrl, botId }) {
      const place = { conversationId, ...(teamId && { teamId }) };
      return changeAll(tenantId, place, (stored) => {
        const here = { ...stored, address: { ...stored.address, serviceUrl, botId } };
        // A channel that is gone does not come back with its team.
        const isGone = stored.state.kind === "suspended" && stored.state.reason === "gone";
        const comesBack =
          stored.state.kind === "suspended" && (!isGone || stored.address.conversationId === conversationId);
        return comesBack
          ? { ...here, state: { kind: "active" }, nextDue: nextDue(stored.schedule, clock.now()) }
          : here;
      });
    },
  };
}
