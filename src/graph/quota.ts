import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type Clock, sleepUntilAborted } from "../kernel/clock.ts";
import { AppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import { LANES, type Lane, type QuotaLedger } from "../ports/quota.ts";
import { ask, ledgerInMemory, pause } from "./quota-record.ts";

export type { Lane } from "../ports/quota.ts";

/** The requests that Graph's reports allow one app in one tenant. */
export interface Quota {
  /**
   * Resolves when the next request may leave.
   * Rejects with the signal's reason, with GRAPH-THROTTLED when the pause is too long to wait for, or with
   * STORE-UNAVAILABLE when it is not known what other processes have sent.
   */
  enter(lane: Lane, signal: AbortSignal, onPause: (until: Date) => void): Promise<void>;
  /** Graph asked for silence: every caller waits until then. Rejects with STORE-UNAVAILABLE as `enter` does. */
  pause(until: Date): Promise<void>;
}

export interface QuotaParts {
  readonly timings: Pick<Timings, "quotaWindow" | "retryCap">;
  readonly clock: Clock;
  /** Shared by all processes that read the same tenant; without it this process is the only one. */
  readonly ledger?: QuotaLedger;
}

/** Milliseconds that a collection waits for a ledger that is away, and between two tries. */
const LONGEST_ABSENCE = 60_000;
const BETWEEN_TRIES = 2_000;

/** One who waits to leave. */
type Waiter = object;

/**
 * Callers of a lane leave in the order in which they came; only the first one asks the ledger, and asks it anew
 * when its time has come: a timer that fires late lets nothing more through. Who gives up uses no slot.
 */
export function createQuota({ timings, clock, ledger = ledgerInMemory(clock) }: QuotaParts): Quota {
  const who = randomUUID();
  const queues: Readonly<Record<Lane, Waiter[]>> = { collection: [], person: [] };
  const sleepers = new Set<() => void>();

  function wakeAll(): void {
    for (const wake of [...sleepers]) {
      wake();
    }
  }

  /** For so long, or until something has changed or the caller gives up. */
  async function sleep(signal: AbortSignal, milliseconds?: number): Promise<void> {
    signal.throwIfAborted();
    const woken = new AbortController();
    const wake = (): void => woken.abort();
    sleepers.add(wake);
    signal.addEventListener("abort", wake);
    try {
      await (milliseconds === undefined
        ? once(woken.signal, "abort")
        : sleepUntilAborted(clock, Math.ceil(milliseconds), woken.signal));
    } finally {
      sleepers.delete(wake);
      signal.removeEventListener("abort", wake);
    }
    signal.throwIfAborted();
  }

  function askFor(lane: Lane, me: Waiter) {
    const beside = LANES.filter((other) => queues[other].some((waiter) => waiter !== me));
    return ledger.change((record, now) =>
      ask(record, now, { lane, who, beside, window: timings.quotaWindow }),
    );
  }

  /** A reading of an hour is not thrown away for a database that is back in a moment; a person is told at once. */
  async function askInTime(lane: Lane, me: Waiter, signal: AbortSignal) {
    const givesUpAt = clock.now().getTime() + (lane === "collection" ? LONGEST_ABSENCE : 0);
    for (;;) {
      try {
        return await askFor(lane, me);
      } catch (thrown) {
        const isAway = thrown instanceof AppError && thrown.code === "STORE-UNAVAILABLE";
        if (!isAway || clock.now().getTime() >= givesUpAt) {
          throw thrown;
        }
        await sleep(signal, BETWEEN_TRIES);
      }
    }
  }

  /** The end of a pause by the clock of this process. */
  function endOf(milliseconds: number): Date {
    const until = new Date(clock.now().getTime() + milliseconds);
    if (milliseconds > timings.retryCap) {
      throw new AppError("GRAPH-THROTTLED", { retryAt: until });
    }
    return until;
  }

  async function leave(
    lane: Lane,
    me: Waiter,
    signal: AbortSignal,
    onPause: (until: Date) => void,
  ): Promise<void> {
    let told = 0;
    for (;;) {
      while (queues[lane][0] !== me) {
        await sleep(signal);
      }
      const reply = await askInTime(lane, me, signal);
      if (reply.kind === "take") {
        return;
      }
      if (reply.kind === "paused") {
        const until = endOf(reply.milliseconds);
        if (told !== reply.until) {
          told = reply.until;
          onPause(until);
        }
      }
      await sleep(signal, reply.milliseconds);
    }
  }

  return {
    async enter(lane, signal, onPause) {
      signal.throwIfAborted();
      const me: Waiter = {};
      const queue = queues[lane];
      queue.push(me);
      try {
        await leave(lane, me, signal, onPause);
      } finally {
        queue.splice(queue.indexOf(me), 1);
        wakeAll();
      }
    },

    async pause(until) {
      const milliseconds = until.getTime() - clock.now().getTime();
      await ledger.change((record, now) => pause(record, now, milliseconds));
      wakeAll();
    },
  };
}
