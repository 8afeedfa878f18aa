import { sleepUntilAborted } from "../kernel/clock.ts";
import type { TenantId } from "../kernel/ids.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Delivery, DigestNumbers, Subscription } from "../ports/digest.ts";
import type { View } from "../views/view.ts";
import { lastWholeWeek, nextDue, type Week } from "./calendar.ts";
import { type DeliverParts, deliver } from "./deliver.ts";

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

/**
 * Makes the card and the numbers that it prints. Without numbers it makes a notice; what it rejects with is a
 * fault, and nothing is posted.
 */
export type Compose = (subscription: Subscription, slot: Slot) => Promise<Composed>;

export interface SchedulerParts extends DeliverParts {
  readonly tenantId: TenantId;
  readonly compose: Compose;
  /** Milliseconds after the due time within which a digest still goes out; `DIGEST_CATCH_UP`. */
  readonly catchUp: number;
}

export interface Scheduler {
  /**
   * Calls what a process that died left unfinished `unknown`, then posts what is due, minute by minute. Nothing
   * else may be posting yet. Rejects with STORE-UNAVAILABLE.
   */
  start(): Promise<void>;
  /**
   * Begins to post no other digest; resolves when one that is being composed has ended, however it ends, and the
   * outcome of a post on its way is stored.
   */
  stop(): Promise<void>;
  /** Posts what is due now, one place after the other. Never rejects for a single place: its fault is logged. */
  runDue(): Promise<void>;
}

const MINUTE = 60_000;
const LATE_AFTER = 15 * MINUTE;

/**
 * Due times are kept with the subscriptions and compared with the clock on the wall, so that a restart, a
 * suspended machine or a clock that was set forgets nothing; the ledger's one row a place and week lets nothing
 * out twice.
 */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { tenantId, subscriptions, ledger, clock, log } = parts;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function runDue(): Promise<void> {
    for (const listed of await subscriptions.due(tenantId, clock.now())) {
      if (stopping.signal.aborted) {
        return;
      }
      try {
        await runPlace(listed.address.conversationId);
      } catch (thrown) {
        logFault(thrown, "a digest that is due could not be run; it is tried again in a minute");
      }
    }
  }

  /** Slot by slot, so that every one that was missed has its row. */
  async function runPlace(conversationId: string): Promise<void> {
    // Others went before it, and meanwhile somebody may have changed it.
    let place = await subscriptions.change(tenantId, conversationId, (stored) => awake(stored, clock.now()));
    while (place && isDue(place, clock.now())) {
      await runSlot(place);
      if (stopping.signal.aborted) {
        // What was not begun is still due at the next start; what was begun has its row.
        return;
      }
      const dueAt = place.nextDue;
      place = await subscriptions.change(tenantId, conversationId, (stored) => movedOn(stored, dueAt));
    }
  }

  async function runSlot(place: Subscription): Promise<void> {
    const { schedule, nextDue: dueAt, address } = place;
    const week = lastWholeWeek(dueAt, schedule.timeZone);
    const rows = await ledger.ofWeek(tenantId, address.conversationId, week.week);
    if (rows.some(({ kind }) => kind === "weekly")) {
      return;
    }
    const lateBy = clock.now().getTime() - dueAt.getTime();
    if (lateBy > parts.catchUp) {
      await recordUnposted(place, week, "missed", "late");
      return;
    }
    const slot = { week, dueAt, next: nextDue(schedule, dueAt), late: lateBy > LATE_AFTER };
    try {
      await composeAndDeliver(place, slot);
    } catch (thrown) {
      logFault(thrown, "a digest failed");
      // A stop ends readings of Graph, too: that is no fault of this week.
      if (!stopping.signal.aborted) {
        await recordUnposted(place, week, "failed", asAppError(thrown).code);
      }
    }
  }

  async function composeAndDeliver(place: Subscription, slot: Slot): Promise<void> {
    const { view, numbers } = await parts.compose(place, slot);
    if (stopping.signal.aborted) {
      return;
    }
    // Composing may have read Graph for minutes: who unsubscribed or moved the digest meanwhile has the last word.
    const subscription = await subscriptions.get(tenantId, place.address.conversationId);
    if (subscription?.state.kind === "active" && isSame(subscription.nextDue, slot.dueAt)) {
      const { week, dueAt } = slot;
      await deliver(parts, { subscription, kind: "weekly", week: week.week, dueAt, view, numbers });
    }
  }

  /** Where the week has a row already, that one stays: what went wrong came after it. */
  async function recordUnposted(
    place: Subscription,
    week: Week,
    state: "missed" | "failed",
    reason: string,
  ): Promise<void> {
    const now = clock.now();
    const row: Delivery = {
      tenantId,
      conversationId: place.address.conversationId,
      week: week.week,
      kind: "weekly",
      dueAt: place.nextDue,
      startedAt: now,
      endedAt: now,
      state,
      reason,
    };
    if (await ledger.begin(row)) {
      log.warn({ state, reason, week: week.week }, "a digest was not posted");
      parts.metrics?.delivery(row.kind, state);
    }
  }

  function logFault(thrown: unknown, message: string): void {
    const { code, facts, cause } = asAppError(thrown);
    log.error({ code, facts, err: cause }, message);
  }

  async function runEveryMinute({ signal }: AbortController): Promise<void> {
    while (!signal.aborted) {
      await runDue().catch((thrown: unknown) =>
        logFault(thrown, "digests that are due could not be found; it is tried again in a minute"),
      );
      // Digests are due at whole minutes. One is waited for at a time: a clock that is set moves the next one, too.
      await sleepUntilAborted(clock, MINUTE - (clock.now().getTime() % MINUTE), signal);
    }
  }

  return {
    async start() {
      const left = await ledger.giveUp(tenantId, clock.now());
      if (left > 0) {
        log.warn({ digests: left }, "the outcome of digests is unknown: the bot ended while it posted them");
      }
      running = runEveryMinute(stopping);
    },
    async stop() {
      stopping.abort();
      await running;
    },
    runDue,
  };
}

/** A pause that is over ends; what would have been due during it is not owed. */
function awake(stored: Subscription, now: Date): Subscription {
  const { state, schedule } = stored;
  if (state.kind !== "paused" || !state.until || state.until > now) {
    return stored;
  }
  const first = nextDue(schedule, new Date(state.until.getTime() - 1));
  const due = Math.max(first.getTime(), stored.nextDue.getTime());
  return { ...stored, state: { kind: "active" }, nextDue: new Date(due) };
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
