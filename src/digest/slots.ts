import { logFault } from "../kernel/fault-log.ts";
import { asAppError, type ProblemCode } from "../kernel/problem.ts";
import type { Delivery, DigestNumbers, Subscription } from "../ports/digest.ts";
import type { View } from "../views/view.ts";
import { lastWholeWeek, nextDue, type Week } from "./calendar.ts";
import { type DeliverParts, deliver, holdingOf, settle } from "./deliver.ts";
import { inReach, isDue, isSame } from "./owed.ts";

/** What is due: one week of one place. */
export interface Slot {
  readonly week: Week;
  readonly dueAt: Date;
  /** When the one after this is due. */
  readonly next: Date;
  /** It goes out so late that the card says it. */
  readonly late: boolean;
}

export interface Composed {
  readonly view: View;
  readonly numbers: DigestNumbers;
}

/** A digest that has been tried before, and is shown with the numbers of that try. */
export interface Again {
  readonly kind: Delivery["kind"];
  readonly numbers: DigestNumbers;
}

/**
 * Makes the card and the numbers that it prints. Without numbers it makes a notice; what it rejects with is a
 * fault, and nothing is posted.
 */
export type Compose = (subscription: Subscription, slot: Slot, again?: Again) => Promise<Composed>;

export interface SlotParts extends DeliverParts {
  readonly compose: Compose;
}

export interface Slots {
  /** The conversations whose rows this process works at. */
  held(): string[];
  /**
   * Everything that a place is due, oldest first. What is missed is written down only by a clock that is steady.
   * Rejects with STORE-UNAVAILABLE; what was not finished is still due, or has its row.
   */
  runPlace(conversationId: string, isSteady: boolean): Promise<void>;
  /** Posts once more what Teams wanted to have again and this process has claimed. Rejects like `runPlace`. */
  runAgain(delivery: Delivery): Promise<void>;
}

const LATE_AFTER = 15 * 60_000;

/** Faults that say nothing about the digest and may be over in a minute; it is composed again until it is too late. */
const PASSING: readonly ProblemCode[] = ["STORE-UNAVAILABLE", "ACCESS-UNDECIDED"];
const AGAIN_AFTER = 60_000;

/** @param stopping once aborted no slot is begun, and what was not posted yet is given back */
export function createSlots(parts: SlotParts, stopping: AbortSignal): Slots {
  const { tenantId, subscriptions, ledger, clock, log, holder } = parts;
  const held = new Set<Delivery>();

  /** Slot by slot, so that every one that was missed has its row. */
  async function runPlace(conversationId: string, isSteady: boolean): Promise<void> {
    // Others went before it, and meanwhile somebody may have changed it.
    let place = await placeOf(conversationId, isSteady);
    while (place && isDue(place, clock.now())) {
      if (isMissed(place.nextDue) && !isSteady) {
        // Weeks that never were must not be written down.
        return;
      }
      const isSettled = await runSlot(place);
      if (!isSettled || stopping.aborted) {
        // What was not begun is still due at the next start; what was begun has its row.
        return;
      }
      const moved = await subscriptions.moveOn(place, nextDue(place.schedule, place.nextDue));
      // Else somebody has changed it, and it may be due by its new schedule.
      place = moved ?? (await subscriptions.get(tenantId, conversationId));
    }
  }

  /** By a clock that is steady, what is wrong with its next run is put right. */
  async function placeOf(conversationId: string, isSteady: boolean): Promise<Subscription | undefined> {
    const place = await subscriptions.get(tenantId, conversationId);
    return !place || !isSteady || inReach(place, clock.now()) === place
      ? place
      : subscriptions.change(tenantId, conversationId, (stored) => inReach(stored, clock.now()));
  }

  /** False when the slot stays as it is for now. */
  async function runSlot(place: Subscription): Promise<boolean> {
    const { schedule, nextDue: dueAt, address } = place;
    const { conversationId } = address;
    const week = lastWholeWeek(dueAt, schedule.timeZone);
    const claim = await ledger.claimSlot(
      { tenantId, conversationId, week: week.week, dueAt },
      holdingOf(parts),
    );
    if (claim.kind !== "claimed") {
      return claim.kind === "settled";
    }
    const { delivery } = claim;
    return holding(delivery, async () => {
      if (isMissed(dueAt)) {
        await settle(parts, delivery, { state: "missed", reason: "late" });
        return true;
      }
      return runClaimed(place, delivery, {
        week,
        dueAt,
        next: nextDue(schedule, dueAt),
        late: isLate(dueAt),
      });
    });
  }

  async function runClaimed(place: Subscription, delivery: Delivery, slot: Slot): Promise<boolean> {
    const composed = await composedFor(place, delivery, slot);
    if (composed === "failed" || composed === "later") {
      return composed === "failed";
    }
    // Composing may have read Graph for minutes: who unsubscribed or moved the digest meanwhile has the last word.
    const now = await subscriptions.get(tenantId, place.address.conversationId);
    if (now?.state.kind !== "active" || !isSame(now.nextDue, slot.dueAt)) {
      await ledger.withdraw(delivery, holder);
      return true;
    }
    return (await deliver(parts, delivery, { address: now.address, ...composed })) !== undefined;
  }

  /** Where there is nothing to post the row says that it failed, or is due again. */
  async function composedFor(
    place: Subscription,
    delivery: Delivery,
    slot: Slot,
    again?: Again,
  ): Promise<Composed | "failed" | "later"> {
    let composed: Composed | "failed" | "later";
    try {
      composed = await parts.compose(place, slot, again);
    } catch (thrown) {
      logFault(log, thrown, "a digest could not be composed");
      // A stop ends readings of Graph, too: that is no fault of this week.
      composed = stopping.aborted ? "later" : await notComposed(delivery, asAppError(thrown).code);
    }
    if (stopping.aborted) {
      await ledger.release(delivery, holder);
      return "later";
    }
    return composed;
  }

  async function notComposed(delivery: Delivery, reason: ProblemCode): Promise<"failed" | "later"> {
    if (!PASSING.includes(reason)) {
      await settle(parts, delivery, { state: "failed", reason });
      return "failed";
    }
    const nextTry = new Date(clock.now().getTime() + AGAIN_AFTER);
    await settle(parts, delivery, { state: "due", reason, nextTry });
    return "later";
  }

  /** Once more, with the same numbers; not where the digest was ended meanwhile. */
  async function runAgain(delivery: Delivery): Promise<void> {
    const { kind, numbers, dueAt, conversationId } = delivery;
    const place = await subscriptions.get(tenantId, conversationId);
    const isWanted = place && (kind === "extra" || place.state.kind === "active");
    if (!isWanted || !numbers || isMissed(dueAt)) {
      await settle(parts, delivery, { state: "failed", reason: delivery.reason ?? "late" });
      return;
    }
    const { week, from, to } = numbers;
    const slot: Slot = {
      week: { week, from: new Date(from), to: new Date(to) },
      ...{ dueAt, next: place.nextDue, late: kind === "weekly" && isLate(dueAt) },
    };
    const composed = await composedFor(place, delivery, slot, { kind, numbers });
    if (composed !== "failed" && composed !== "later") {
      await deliver(parts, delivery, { address: place.address, ...composed });
    }
  }

  /** A week's digest and one that waited for another try may be at work for one conversation beside each other. */
  async function holding<T>(delivery: Delivery, work: () => Promise<T>): Promise<T> {
    held.add(delivery);
    try {
      return await work();
    } finally {
      held.delete(delivery);
    }
  }

  function isMissed(dueAt: Date): boolean {
    return clock.now().getTime() - dueAt.getTime() > parts.catchUp;
  }

  function isLate(dueAt: Date): boolean {
    return clock.now().getTime() - dueAt.getTime() > LATE_AFTER;
  }

  return {
    held: () => [...held].map(({ conversationId }) => conversationId),
    runPlace,
    runAgain: (delivery) => holding(delivery, () => runAgain(delivery)),
  };
}
