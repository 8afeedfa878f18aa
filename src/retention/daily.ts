import { type Clock, repeat } from "../kernel/clock.ts";
import { logFault } from "../kernel/fault-log.ts";
import type { Log } from "../kernel/log.ts";

export interface Daily {
  /** Works at once, in the background, and then once a day; a fault is logged and tried again the next day. */
  start(): void;
  /** Aborts the signal of what is under way; resolves when nothing works any more. */
  stop(): Promise<void>;
}

interface DailyParts {
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** The line of the log for a fault. */
  readonly failed: string;
  readonly clock: Clock;
  readonly log: Log;
}

const DAY = 24 * 60 * 60_000;

/** Work of the background that is done once a day while the bot runs. */
export function createDaily({ work, failed, clock, log }: DailyParts): Daily {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();

  function told(thrown: unknown): void {
    if (!signal.aborted) {
      logFault(log, thrown, failed);
    }
  }

  return {
    start() {
      running = repeat(
        clock,
        () => DAY,
        signal,
        () => work(signal).catch(told),
      );
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
