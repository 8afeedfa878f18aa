import type { CollectionOf } from "../../collect/single-reading.ts";
import { AppError } from "../../kernel/problem.ts";

/** Reads Graph anew, and then gives what the store makes of it together with all that was there. */
export function wholeReading<Stored>(
  collect: (askedAt: Date) => CollectionOf<unknown>,
  latest: () => Promise<Stored | undefined>,
): (askedAt: Date) => CollectionOf<Stored> {
  return (askedAt) => {
    const { done, progress } = collect(askedAt);
    return { progress, done: done.then(stored) };
  };

  async function stored(): Promise<Stored> {
    const found = await latest();
    if (!found) {
      throw new AppError("INTERNAL", { detail: "A complete reading left nothing in the store." });
    }
    return found;
  }
}
