import { type Clock, sleepUntilAborted } from "../kernel/clock.ts";
import type { WakeUps } from "../ports/wake-ups.ts";

const MINUTE = 60_000;

/** Wake-ups of this process alone. */
export function everyMinute(clock: Clock): WakeUps {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(wake: () => void): Promise<void> {
    while (!stopping.signal.aborted) {
      wake();
      await sleepUntilAborted(clock, MINUTE, stopping.signal);
    }
  }

  return {
    async start(wake) {
      running = run(wake);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
