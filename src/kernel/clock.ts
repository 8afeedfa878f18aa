import { setTimeout as delay } from "node:timers/promises";

/** The only source of time in the product, so that tests can move it. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; rejects with the signal's reason when that is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(milliseconds, signal) {
    await delay(milliseconds, undefined, { ref: false, ...(signal && { signal }) });
  },
};
