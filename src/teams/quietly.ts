import { AsyncLocalStorage } from "node:async_hooks";

/** Mutes what belongs to some work; of other work that goes on meanwhile everything is printed. */
export type Quietly = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Runs work whose `console.error` goes nowhere. The SDK prints a stack or a public key for each token that it
 * refuses, and nothing can be passed in that would stop it. To find every refusal before the SDK does would be
 * a second check of tokens beside the SDK's, which must never be the laxer of the two; this one decides nothing.
 *
 * The console is wrapped only while such work runs, and what has been put in its place since then stays.
 */
export function createQuietly(target: Pick<Console, "error">): Quietly {
  const muted = new AsyncLocalStorage<true>();
  let running = 0;
  let original = target.error;

  function guard(...printed: unknown[]): void {
    if (!muted.getStore()) {
      original.apply(target, printed);
    }
  }

  return async (work) => {
    if (target.error !== guard) {
      original = target.error;
      target.error = guard;
    }
    running += 1;
    try {
      return await muted.run(true, work);
    } finally {
      running -= 1;
      if (running === 0 && target.error === guard) {
        target.error = original;
      }
    }
  };
}
