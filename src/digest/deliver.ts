import type { Clock } from "../kernel/clock.ts";
import { logFault } from "../kernel/fault-log.ts";
import type { TenantId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import type {
  Delivery,
  DeliveryLedger,
  DigestNumbers,
  Holding,
  Pace,
  PlaceAddress,
  Subscription,
  SubscriptionState,
  SubscriptionStore,
} from "../ports/digest.ts";
import type { Messenger, PostOutcome } from "../ports/messenger.ts";
import type { PlaceStore } from "../ports/places.ts";
import type { View } from "../views/view.ts";
import { type AfterTry, afterTry } from "./attempts.ts";

export interface DeliverParts {
  readonly tenantId: TenantId;
  /** The name of this process. */
  readonly holder: string;
  readonly subscriptions: SubscriptionStore;
  readonly ledger: DeliveryLedger;
  readonly messenger: Messenger;
  readonly places: Pick<PlaceStore, "removed">;
  readonly pace: Pace;
  readonly timings: Pick<Timings, "deliveryLease">;
  /** Milliseconds after the due time within which a digest still goes out; `DIGEST_CATCH_UP`. */
  readonly catchUp: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "delivery">;
}

export function holdingOf({ holder, timings, clock }: DeliverParts): Holding {
  return { holder, now: clock.now(), lease: timings.deliveryLease };
}

/**
 * Posts a digest whose row this process has claimed: the row says `posting` before the request leaves, so that a
 * process that dies in between leaves a trace instead of a second post. One try; after a refusal that Microsoft wants
 * repeated the row is due again. A place that Teams no longer lets the bot into is suspended.
 *
 * Resolves with the delivery as the ledger has it; with undefined, and nothing posted, when the row was taken over.
 * Rejects with an AppError when the ledger could not be written: the row is then as it was, until its lease ends.
 */
export async function deliver(
  parts: DeliverParts,
  claimed: Delivery,
  {
    address,
    view,
    numbers,
  }: { readonly address: PlaceAddress; readonly view: View; readonly numbers: DigestNumbers },
): Promise<Delivery | undefined> {
  const { ledger, clock, pace, catchUp, random } = parts;
  await pace.enter(claimed.conversationId);
  if (!(await ledger.post(claimed, numbers, holdingOf(parts)))) {
    return undefined;
  }
  await pace.leave();
  const outcome = await post(parts, address, view);
  const attempts = claimed.attempts + 1;
  const now = clock.now();
  const until = new Date(claimed.dueAt.getTime() + catchUp);
  const posted: Delivery = { ...claimed, numbers, attempts };
  const ended = await settle(parts, posted, afterTry(outcome, { now, attempts, until, random }));
  await suspendWhere(parts, address, outcome);
  return ended;
}

/**
 * Posts one more for a week, because somebody asked for it. Resolves with its row; with undefined, and nothing posted,
 * where there is one of the same place, week and `startedAt`.
 */
export async function deliverExtra(
  parts: DeliverParts,
  { tenantId, address }: Subscription,
  week: string,
  composed: { readonly view: View; readonly numbers: DigestNumbers },
  startedAt = parts.clock.now(),
): Promise<Delivery | undefined> {
  const dueAt = parts.clock.now();
  const extra: Delivery = {
    ...{ tenantId, conversationId: address.conversationId, week, kind: "extra", dueAt, startedAt },
    ...{ numbers: composed.numbers, state: "claimed", attempts: 0 },
  };
  const isMine = await parts.ledger.claimExtra(extra, holdingOf(parts));
  return isMine ? deliver(parts, extra, { address, ...composed }) : undefined;
}

/** Writes down what became of a delivery that this process holds, and counts it. */
export async function settle(
  { ledger, holder, clock, log, metrics }: DeliverParts,
  { nextTry: _next, reason: _before, ...held }: Delivery,
  outcome: AfterTry,
): Promise<Delivery> {
  const ended: Delivery = {
    ...held,
    ...outcome,
    ...(outcome.state !== "due" && { endedAt: clock.now() }),
  };
  await ledger.end(ended, holder);
  const { state, reason, kind, week, attempts } = ended;
  const isFine = state === "delivered" || state === "due";
  log[isFine ? "info" : "error"]({ state, reason, kind, week, attempts }, "a digest has its outcome");
  metrics?.delivery(kind, state);
  return ended;
}

/** A fault of the product on the way says nothing about whether the request had left. */
async function post(
  { messenger, log }: DeliverParts,
  address: PlaceAddress,
  view: View,
): Promise<PostOutcome> {
  try {
    return await messenger.post(address, view);
  } catch (thrown) {
    logFault(log, thrown, "posting a digest failed");
    return { kind: "unknown", reason: asAppError(thrown).code };
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
  { tenantId, subscriptions, places, clock, log }: DeliverParts,
  { conversationId }: PlaceAddress,
  outcome: PostOutcome,
): Promise<void> {
  const reason = outcome.kind === "refused" && SUSPENDING[`${outcome.status} ${outcome.code}`];
  if (!reason) {
    return;
  }
  await subscriptions.change(tenantId, conversationId, (stored) =>
    stored.state.kind === "active" ? { ...stored, state: { kind: "suspended", reason } } : stored,
  );
  if (reason !== "blocked") {
    // Teams did not tell of the removal, so what is kept of the place begins to age now.
    await places.removed(tenantId, conversationId, clock.now());
  }
  log.warn({ reason }, "a digest is suspended");
}
