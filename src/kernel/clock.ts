/** The only source of time in the product, so that tests can move it. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; rejects with the signal's reason when that is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Runs like another clock, so many milliseconds ahead; to see at once what happens on another day. */
export function shifted(clock: Clock, ahead: number): Clock {
  return { now: () => new Date(clock.now().getTime() + ahead), sleep: clock.sleep };
}

export const systemClock: Clock = {
  now: () => new Date(),
  /** Like node:timers/promises, whose abort makes two errors with their stacks: each turn ends two sleeps early. */
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, milliseconds).unref();
      signal?.addEventListener("abort", stop);
      if (signal?.aborted) {
        stop();
      }
    }),
};

/** Sleeps until the time is over or the signal is aborted, which is no fault of who waits between two looks. */
export async function sleepUntilAborted(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (thrown) {
    if (!signal.aborted) {
      throw thrown;
    }
  }
}

/** Works again and again, with a pause of so many milliseconds after each time, until the signal is aborted. */
export async function repeat(
  clock: Clock,
  pause: () => number,
  signal: AbortSignal,
  work: () => void | Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await work();
    await sleepUntilAborted(clock, pause(), signal);
  }
}

/** Milliseconds since a moment; 0 where the clock was set back in between. */
export function since(moment: Date, clock: Clock): number {
  return Math.max(0, clock.now().getTime() - moment.getTime());
}
