import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { asAppError } from "../kernel/problem.ts";
import type {
  Delivery,
  DeliveryLedger,
  DigestNumbers,
  Subscription,
  SubscriptionState,
  SubscriptionStore,
} from "../ports/digest.ts";
import type { Messenger, PostOutcome } from "../ports/messenger.ts";
import type { PlaceStore } from "../ports/places.ts";
import type { View } from "../views/view.ts";

export interface DeliverParts {
  readonly subscriptions: SubscriptionStore;
  readonly ledger: DeliveryLedger;
  readonly messenger: Messenger;
  readonly places: Pick<PlaceStore, "removed">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "delivery">;
}

export interface DeliveryOrder {
  readonly subscription: Subscription;
  readonly kind: Delivery["kind"];
  /** ISO week that the digest is about. */
  readonly week: string;
  /** Of an extra, when somebody asked for it. */
  readonly dueAt: Date;
  readonly view: View;
  readonly numbers: DigestNumbers;
}

/**
 * Posts one digest: its row is in the ledger before the request leaves, so that a process that dies in between
 * leaves a trace instead of a second post. One try; what may have been posted is never posted again. A place that
 * Teams no longer lets the bot into is suspended.
 *
 * Resolves with the delivery as the ledger has it; with undefined, and nothing posted, when the place has its
 * weekly one for that week already. Rejects with an AppError when the ledger could not be written: a row that had
 * been begun is then still `posting` and becomes `unknown` at the next start.
 */
export async function deliver(parts: DeliverParts, order: DeliveryOrder): Promise<Delivery | undefined> {
  const { ledger, clock, log } = parts;
  const { tenantId, address } = order.subscription;
  const begun: Delivery = {
    tenantId,
    conversationId: address.conversationId,
    week: order.week,
    kind: order.kind,
    dueAt: order.dueAt,
    startedAt: clock.now(),
    numbers: order.numbers,
    state: "posting",
  };
  if (!(await ledger.begin(begun))) {
    return undefined;
  }
  const outcome = await post(parts, order);
  const ended: Delivery = { ...begun, ...resultOf(outcome), endedAt: clock.now() };
  await ledger.end(ended);
  const { state, reason, kind, week } = ended;
  log[state === "delivered" ? "info" : "error"]({ state, reason, kind, week }, "a digest has its outcome");
  parts.metrics?.delivery(kind, state);
  await suspendWhere(parts, order, outcome);
  return ended;
}

/** A fault of the product on the way says nothing about whether the request had left. */
async function post({ messenger, log }: DeliverParts, order: DeliveryOrder): Promise<PostOutcome> {
  try {
    return await messenger.post(order.subscription.address, order.view);
  } catch (thrown) {
    const { code, facts, cause } = asAppError(thrown);
    log.error({ code, facts, err: cause }, "posting a digest failed");
    return { kind: "unknown", reason: code };
  }
}

function resultOf(outcome: PostOutcome): Pick<Delivery, "state" | "activityId" | "reason"> {
  switch (outcome.kind) {
    case "delivered":
      return { state: "delivered", ...(outcome.activityId && { activityId: outcome.activityId }) };
    case "refused":
      return { state: "failed", reason: outcome.code ?? `HTTP-${outcome.status ?? "UNKNOWN"}` };
    case "not-sent":
      return { state: "failed", reason: outcome.reason };
    case "unknown":
      return { state: "unknown", reason: outcome.reason };
  }
}

type SuspensionReason = Extract<SubscriptionState, { kind: "suspended" }>["reason"];

/**
 * Refusals after which Microsoft wants no more posts until something has changed there
 * (learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability, "Status codes"); the sub-code
 * MessageWritesBlocked is documented beside them.
 */
const SUSPENDING: Readonly<Record<string, SuspensionReason>> = {
  "403 BotDisabledByAdmin": "blocked",
  "403 ConversationBlockedByUser": "blocked",
  "403 MessageWritesBlocked": "blocked",
  "403 BotNotInConversationRoster": "removed",
  "403 ForbiddenOperationException": "removed",
  "404 ConversationNotFound": "gone",
};

/** Not what somebody has paused while the post was on its way: a reinstallation must not wake it. */
async function suspendWhere(
  { subscriptions, places, clock, log }: DeliverParts,
  { subscription }: DeliveryOrder,
  outcome: PostOutcome,
): Promise<void> {
  const reason = outcome.kind === "refused" && SUSPENDING[`${outcome.status} ${outcome.code}`];
  if (!reason) {
    return;
  }
  const { tenantId, address } = subscription;
  await subscriptions.change(tenantId, address.conversationId, (stored) =>
    stored.state.kind === "active" ? { ...stored, state: { kind: "suspended", reason } } : stored,
  );
  if (reason !== "blocked") {
    // Teams did not tell of the removal, so what is kept of the place begins to age now.
    await places.removed(tenantId, address.conversationId, clock.now());
  }
  log.warn({ reason }, "a digest is suspended");
}
