/** Work that goes on after the request that began it, so that a stop can wait for it. */
export interface Background {
  detach(work: Promise<void>): void;
  /** How many are going on. */
  count(): number;
  /** Resolves when nothing is going on any more. */
  settled(): Promise<void>;
}

/** `onFault` is told of work that failed; work is expected to deal with its own faults. */
export function createBackground(onFault: (thrown: unknown) => void): Background {
  const going = new Set<Promise<void>>();
  return {
    detach(work) {
      const tracked: Promise<void> = work.catch(onFault).finally(() => going.delete(tracked));
      going.add(tracked);
    },
    count: () => going.size,
    async settled() {
      while (going.size > 0) {
        await Promise.all(going);
      }
    },
  };
}
