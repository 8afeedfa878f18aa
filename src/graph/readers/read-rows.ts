import type { ReadOptions, ReadProgress } from "../../ports/usage.ts";
import type { Endpoint } from "../exchange.ts";
import type { GraphClient } from "../graph-client.ts";
import { pagesOf } from "../pages.ts";
import { handingOn, type Shape } from "../shape.ts";

/**
 * Hands every row of a report to `onRow`, tells the progress, and resolves with what there was. A row is handed over as
 * soon as it is read, and not with its page: rows that live so briefly cost the garbage collector nothing.
 */
export async function readRows<T>(
  client: GraphClient,
  { endpoint, path }: { readonly endpoint: Endpoint; readonly path: string },
  row: Shape<T>,
  { signal, onProgress }: ReadOptions,
  onRow: (row: T) => void,
): Promise<ReadProgress> {
  let progress: ReadProgress = { pages: 0, rows: 0 };
  const rowHandedOn = handingOn(row, onRow);
  const onWait = (waitingUntil: Date) => onProgress({ ...progress, waitingUntil });
  for await (const page of pagesOf(client, path, rowHandedOn, { endpoint, signal, onWait })) {
    progress = { pages: progress.pages + 1, rows: progress.rows + page.length };
    onProgress(progress);
  }
  return progress;
}
