import type { Core } from "../core.ts";
import type { Outside } from "../kernel/outside.ts";
import type { ReaderId, ReadProgress } from "../ports/usage.ts";

/** What a reading brought, as plain data. */
export interface CollectReport {
  readonly reader: ReaderId;
  readonly pages: number;
  readonly rowsRead: number;
  readonly readAt: string;
}

/** Reads Graph now and stores the numbers; rejects with an AppError. */
export async function collectNow(
  core: Core,
  { clock, timings }: Outside,
  onProgress: (progress: ReadProgress) => void,
): Promise<CollectReport> {
  const collection = core.usage.collect("D30", clock.now());
  let snapshot: Awaited<typeof collection.done> | undefined;
  while (!snapshot) {
    snapshot = await Promise.race([
      collection.done,
      clock.sleep(timings.progressEvery / 5).then(() => undefined),
    ]);
    if (!snapshot) {
      onProgress(collection.progress());
    }
  }
  const { reader, pages, rowsRead, readAt } = snapshot;
  return { reader, pages, rowsRead, readAt: readAt.toISOString() };
}
