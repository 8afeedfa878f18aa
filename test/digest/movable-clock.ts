import type { Clock } from "../../src/kernel/clock.ts";

/** A clock on the wall that only the test moves, for one sleeper at a time. */
export interface MovableClock extends Clock {
  /** Sets it, forwards or back; nobody wakes up of that. */
  set(at: Date): void;
  /** Resolves with the milliseconds that are slept, once somebody sleeps. */
  asleep(): Promise<number>;
  /** Wakes the sleeper at this time, or when it wanted to, and resolves when it sleeps again. */
  wake(at?: Date): Promise<number>;
}

interface Sleeper {
  readonly until: number;
  readonly milliseconds: number;
  readonly wake: () => void;
}

export function movableClock(start: Date): MovableClock {
  let now = start.getTime();
  let sleeper: Sleeper | undefined;
  let onSleep: (() => void) | undefined;

  async function asleep(): Promise<number> {
    if (!sleeper) {
      await new Promise<void>((resolve) => {
        onSleep = resolve;
      });
    }
    return sleeper?.milliseconds ?? 0;
  }

  return {
    now: () => new Date(now),
    set(at) {
      now = at.getTime();
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        signal?.addEventListener("abort", () => reject(signal.reason));
        sleeper = { until: now + milliseconds, milliseconds, wake: resolve };
        onSleep?.();
      }),
    asleep,
    async wake(at) {
      await asleep();
      const woken = sleeper;
      sleeper = undefined;
      now = at?.getTime() ?? woken?.until ?? now;
      woken?.wake();
      return asleep();
    },
  };
}
