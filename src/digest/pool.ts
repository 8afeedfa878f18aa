/** Work beside each other, never more than so many at once. */
export interface Pool {
  /** Resolves once the work may begin; it goes on by itself, and must not reject. */
  enter(work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createPool(most: number): Pool {
  const running = new Set<Promise<void>>();
  return {
    async enter(work) {
      while (running.size >= most) {
        await Promise.race(running);
      }
      const one = work().finally(() => running.delete(one));
      running.add(one);
    },
    async idle() {
      while (running.size > 0) {
        await Promise.all(running);
      }
    },
  };
}
