import type { Clock } from "./clock.ts";

/** Made once: a reason that is made with each abort costs more than the timer. */
const OVER = new Error("The work was over before its time.");

/**
 * What the work ends with, or `late` where it takes longer than so many milliseconds; it goes on then. No timer outlives
 * the work: thousands of turns a minute would keep theirs, and all that they belong to, for as long as the longest takes.
 * Rejects with what the work rejects with, if that is in time.
 */
export async function orLate<T, Late>(
  clock: Clock,
  milliseconds: number,
  work: Promise<T>,
  late: Late,
): Promise<T | Late> {
  const over = new AbortController();
  try {
    return await Promise.race([work, clock.sleep(milliseconds, over.signal).then(() => late)]);
  } finally {
    over.abort(OVER);
  }
}
