import type { Composer } from "../../digest/compose.ts";
import type { DigestNumbersSource } from "../../digest/numbers.ts";
import type { TenantId } from "../../kernel/ids.ts";
import type { Delivery, DeliveryLedger, Subscription, SubscriptionStore } from "../../ports/digest.ts";
import type { Roster } from "../../ports/roster.ts";
import type { InTimeParts } from "../in-time.ts";

/** What the commands of the digest work with. */
export interface DigestParts extends InTimeParts {
  readonly numbers: DigestNumbersSource;
  readonly tenantId: TenantId;
  readonly subscriptions: SubscriptionStore;
  readonly ledger: DeliveryLedger;
  readonly roster: Roster;
  readonly composer: Composer;
  /** Posts an extra; resolves with its row. Two of one place and week that start at one time are one. */
  readonly deliverExtra: (
    subscription: Subscription,
    week: string,
    composed: Awaited<ReturnType<Composer["composeNow"]>>,
    startedAt?: Date,
  ) => Promise<Delivery | undefined>;
}
