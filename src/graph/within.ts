/** Thrown when something took longer than its deadline. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";

  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms.`);
  }
}

/** Settles as `work` does, or rejects with the signal's reason as soon as that is aborted. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener("abort", stop);
  if (signal.aborted) {
    stop();
  }
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/**
 * Runs `work` with a signal that ends with the caller's or at the deadline, and settles at that moment
 * even if the work ignores it. Rejects with a DeadlineError after so many milliseconds, with the
 * caller's reason when aborted.
 */
export async function within<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  caller?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const follow = () => controller.abort(caller?.reason);
  const timer = setTimeout(() => controller.abort(new DeadlineError(milliseconds)), milliseconds);
  caller?.addEventListener("abort", follow);
  if (caller?.aborted) {
    follow();
  }
  try {
    return await unlessAborted(work(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", follow);
  }
}
