import { type Clock, systemClock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { TIMINGS, type Timings } from "./timings.ts";

/** The world as the product sees it; tests pass another one in. */
export interface Outside {
  readonly clock: Clock;
  /** Milliseconds that only ever grow, also when somebody sets the clock. */
  readonly elapsed: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly timings: Timings;
  readonly log: Log;
  /** Absent where nobody watches: in the terminal. */
  readonly metrics?: Metrics;
}

export function realWorld(log: Log): Outside {
  return { clock: systemClock, elapsed: () => performance.now(), random: Math.random, timings: TIMINGS, log };
}
