import { type Clock, repeat } from "../kernel/clock.ts";
import type { WakeUps } from "../ports/wake-ups.ts";

const MINUTE = 60_000;

/** Wake-ups of this process alone. */
export function everyMinute(clock: Clock): WakeUps {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  return {
    async start(wake) {
      running = repeat(clock, () => MINUTE, stopping.signal, wake);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
