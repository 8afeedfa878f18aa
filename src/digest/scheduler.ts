import { repeat } from "../kernel/clock.ts";
import { logFault } from "../kernel/fault-log.ts";
import type { DueCursor } from "../ports/digest.ts";
import { holdingOf } from "./deliver.ts";
import { FURTHEST } from "./owed.ts";
import { createPool } from "./pool.ts";
import { createSlots, type SlotParts } from "./slots.ts";

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

/** Places beside each other: with Teams answering in a second they keep up with its pace, and one that hangs holds none. */
const BESIDE = 50;

/** A clock that is set, a suspended machine and a bot that was down look alike at first: the clock has leapt. */
const LEAP = 60 * MINUTE;
/** After so long without another leap the clock is believed. */
const STEADY = 10 * MINUTE;

/**
 * Due times are kept with the subscriptions and compared with the clock on the wall, so that a restart, a suspended
 * machine or a clock that was set forgets nothing; the ledger's one row a place and week, which one process holds at
 * a time, lets nothing out twice. Every replica has a scheduler of its own.
 */
export function createScheduler(parts: SlotParts): Scheduler {
  const { tenantId, subscriptions, ledger, clock, log } = parts;
  const stopping = new AbortController();
  const pool = createPool(BESIDE);
  const slots = createSlots(parts, stopping.signal);
  let filling: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();

  /** Says that this process lives, takes over what others have left, and sees whether the clock can be believed. */
  async function look(): Promise<boolean> {
    const now = clock.now();
    const held = slots.held();
    if (held.length > 0) {
      await ledger.beat(tenantId, held, holdingOf(parts));
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
    // One of them that cannot be read must not keep those from going out that are due now.
    await takeWaiting().catch(logUnfound);
    let after: DueCursor | undefined;
    do {
      const now = clock.now();
      const page = await subscriptions.due(tenantId, now, new Date(now.getTime() + FURTHEST), after);
      for (const fault of page.unreadable) {
        logFault(log, fault, "a digest that is due cannot be read; the others go on");
      }
      for (const { address } of page.subscriptions) {
        await begin(() => slots.runPlace(address.conversationId, isSteady));
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
        logFault(log, thrown, "a digest that is due could not be run; it is tried again in a minute");
      }
    });
  }

  /** Those that Teams wants to have again; their turn was before those that are due now. */
  async function takeWaiting(): Promise<void> {
    for (let isMore = true; isMore && !stopping.signal.aborted; ) {
      const waiting = await ledger.claimWaiting(tenantId, holdingOf(parts));
      isMore = waiting !== undefined;
      if (waiting) {
        await begin(() => slots.runAgain(waiting));
      }
    }
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
    logFault(log, thrown, "digests that are due could not be found; it is tried again in a minute");
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
