import { repeat } from "../kernel/clock.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Delivery, DigestNumbers, DueCursor, Subscription } from "../ports/digest.ts";
import type { View } from "../views/view.ts";
import { firstOwed, lastWholeWeek, nextDue, type Week } from "./calendar.ts";
import { type DeliverParts, deliver, holdingOf, settle } from "./deliver.ts";
import { createPool } from "./pool.ts";

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

export interface SchedulerParts extends DeliverParts {
  readonly compose: Compose;
}

export interface Scheduler {
  /** Posts what is due, minute by minute. Rejects with STORE-UNAVAILABLE where the store does not answer. */
  start(): Promise<void>;
  /**
   * Begins to post no other digest; resolves when those that are being composed have ended, however they end, and the
   * outcomes of posts on their way are stored.
   */
  stop(): Promise<void>;
  /** Posts what is due now, and resolves when it has its outcome. Never rejects for a single place: that is logged. */
  runDue(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LATE_AFTER = 15 * MINUTE;

/** Places beside each other: with Teams answering in a second they keep up with its pace, and one that hangs holds none. */
const BESIDE = 50;

/** A clock that is set, a suspended machine and a bot that was down look alike at first: the clock has leapt. */
const LEAP = 60 * MINUTE;
/** After so long without another leap the clock is believed. */
const STEADY = 10 * MINUTE;
/** No schedule has its next run further off: a week, and one more where this week has its digest already. */
const FURTHEST = 15 * DAY;

/**
 * Due times are kept with the subscriptions and compared with the clock on the wall, so that a restart, a suspended
 * machine or a clock that was set forgets nothing; the ledger's one row a place and week, which one process holds at
 * a time, lets nothing out twice. Every replica has a scheduler of its own.
 */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { tenantId, subscriptions, ledger, clock, log, holder } = parts;
  const stopping = new AbortController();
  const pool = createPool(BESIDE);
  /** Conversations whose rows this process works at. */
  const held = new Set<string>();
  let filling: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();

  /** Says that this process lives, takes over what others have left, and sees whether the clock can be believed. */
  async function look(): Promise<boolean> {
    const now = clock.now();
    if (held.size > 0) {
      await ledger.beat(tenantId, [...held], holdingOf(parts));
    }
    const unknown = await ledger.lapse(tenantId, holdingOf(parts));
    for (const kind of unknown) {
      parts.metrics?.delivery(kind, "unknown");
    }
    if (unknown.length > 0) {
      log.warn(
        { digests: unknown.length },
        "the outcome of digests is unknown: a bot ended while it posted them",
      );
    }
    const since = await ledger.steadySince(tenantId, now, LEAP);
    return now.getTime() - since.getTime() >= STEADY;
  }

  /** One at a time; what becomes due meanwhile waits for the next minute. */
  function fill(isSteady: boolean): Promise<void> {
    filling ??= takeAll(isSteady).finally(() => {
      filling = undefined;
    });
    return filling;
  }

  async function takeAll(isSteady: boolean): Promise<void> {
    await takeWaiting();
    let after: DueCursor | undefined;
    do {
      const now = clock.now();
      const page = await subscriptions.due(tenantId, now, new Date(now.getTime() + FURTHEST), after);
      for (const fault of page.unreadable) {
        logFault(fault, "a digest that is due cannot be read; the others go on");
      }
      for (const { address } of page.subscriptions) {
        await begin(() => runPlace(address.conversationId, isSteady));
      }
      after = page.after;
    } while (after && !stopping.signal.aborted);
  }

  async function begin(work: () => Promise<void>): Promise<void> {
    await pool.enter(async () => {
      if (stopping.signal.aborted) {
        return;
      }
      try {
        await work();
      } catch (thrown) {
        logFault(thrown, "a digest that is due could not be run; it is tried again in a minute");
      }
    });
  }

  /** Those that Teams wants to have again; their turn was before those that are due now. */
  async function takeWaiting(): Promise<void> {
    for (let isMore = true; isMore && !stopping.signal.aborted; ) {
      const waiting = await ledger.claimWaiting(tenantId, holdingOf(parts));
      isMore = waiting !== undefined;
      if (waiting) {
        await begin(() => holding(waiting, () => runAgain(waiting)));
      }
    }
  }

  /** Slot by slot, so that every one that was missed has its row. */
  async function runPlace(conversationId: string, isSteady: boolean): Promise<void> {
    // Others went before it, and meanwhile somebody may have changed it.
    let place = await subscriptions.change(tenantId, conversationId, (stored) =>
      isSteady ? inReach(stored, clock.now()) : stored,
    );
    while (place && isDue(place, clock.now())) {
      if (isMissed(place.nextDue) && !isSteady) {
        // Weeks that never were must not be written down.
        return;
      }
      const isSettled = await runSlot(place);
      if (!isSettled || stopping.signal.aborted) {
        // What was not begun is still due at the next start; what was begun has its row.
        return;
      }
      const dueAt = place.nextDue;
      place = await subscriptions.change(tenantId, conversationId, (stored) => movedOn(stored, dueAt));
    }
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
    if (!composed) {
      return !stopping.signal.aborted;
    }
    // Composing may have read Graph for minutes: who unsubscribed or moved the digest meanwhile has the last word.
    const now = await subscriptions.get(tenantId, place.address.conversationId);
    if (now?.state.kind !== "active" || !isSame(now.nextDue, slot.dueAt)) {
      await ledger.withdraw(delivery, holder);
      return true;
    }
    return (await deliver(parts, delivery, { address: now.address, ...composed })) !== undefined;
  }

  /** Undefined where there is nothing to post: then the row says so, or was given back. */
  async function composedFor(
    place: Subscription,
    delivery: Delivery,
    slot: Slot,
    again?: Again,
  ): Promise<Composed | undefined> {
    let composed: Composed | undefined;
    try {
      composed = await parts.compose(place, slot, again);
    } catch (thrown) {
      logFault(thrown, "a digest could not be composed");
      // A stop ends readings of Graph, too: that is no fault of this week.
      if (!stopping.signal.aborted) {
        await settle(parts, delivery, { state: "failed", reason: asAppError(thrown).code });
      }
    }
    if (stopping.signal.aborted) {
      await ledger.release(delivery, holder);
      return undefined;
    }
    return composed;
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
    if (composed) {
      await deliver(parts, delivery, { address: place.address, ...composed });
    }
  }

  async function holding<T>({ conversationId }: Delivery, work: () => Promise<T>): Promise<T> {
    held.add(conversationId);
    try {
      return await work();
    } finally {
      held.delete(conversationId);
    }
  }

  function isMissed(dueAt: Date): boolean {
    return clock.now().getTime() - dueAt.getTime() > parts.catchUp;
  }

  function isLate(dueAt: Date): boolean {
    return clock.now().getTime() - dueAt.getTime() > LATE_AFTER;
  }

  function logFault(thrown: unknown, message: string): void {
    const { code, facts, cause } = asAppError(thrown);
    log.error({ code, facts, err: cause }, message);
  }

  async function lookAndFill(): Promise<void> {
    try {
      const isSteady = await look();
      // Not waited for: a slow place must not keep this process from saying that it lives.
      void fill(isSteady).catch(logUnfound);
    } catch (thrown) {
      logUnfound(thrown);
    }
  }

  /** Digests are due at whole minutes. One is waited for at a time: a clock that is set moves the next one, too. */
  function untilNextMinute(): number {
    return MINUTE - (clock.now().getTime() % MINUTE);
  }

  function logUnfound(thrown: unknown): void {
    logFault(thrown, "digests that are due could not be found; it is tried again in a minute");
  }

  async function settled(): Promise<void> {
    await filling?.catch(() => undefined);
    await pool.idle();
  }

  return {
    async start() {
      await look();
      running = repeat(clock, untilNextMinute, stopping.signal, lookAndFill);
    },
    async stop() {
      stopping.abort();
      await running;
      await settled();
    },
    async runDue() {
      await fill(await look());
      await pool.idle();
    },
    settled,
  };
}

/**
 * A pause that is over ends, and what would have been due during it is not owed; a run that is too far off comes back.
 * Nothing of that by a clock that may be wrong.
 */
function inReach(stored: Subscription, now: Date): Subscription {
  const { state, schedule } = stored;
  if (state.kind === "paused" && state.until && state.until <= now) {
    const first = nextDue(schedule, new Date(state.until.getTime() - 1));
    const due = new Date(Math.max(first.getTime(), stored.nextDue.getTime()));
    return { ...stored, state: { kind: "active" }, nextDue: firstOwed(schedule, due, now) };
  }
  if (state.kind !== "active") {
    return stored;
  }
  // A clock that was wrong has moved it there.
  const isFar = stored.nextDue.getTime() - now.getTime() > FURTHEST;
  return { ...stored, nextDue: isFar ? nextDue(schedule, now) : firstOwed(schedule, stored.nextDue, now) };
}

function isDue({ state, nextDue: dueAt }: Subscription, now: Date): boolean {
  return state.kind === "active" && dueAt <= now;
}

/** The slot after the one that was run; a schedule that was changed meanwhile has its own. */
function movedOn(stored: Subscription, ran: Date): Subscription {
  return isSame(stored.nextDue, ran) ? { ...stored, nextDue: nextDue(stored.schedule, ran) } : stored;
}

function isSame(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime();
}
