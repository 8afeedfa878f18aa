import { CollectionStopped, NOTHING_YET } from "../../collect/single-reading.ts";
import type { ReadOptions, ReadProgress } from "../../ports/usage.ts";

/** Rows that one list holds at most: a hundred pages, and a bound for memory. */
export const MOST_ROWS = 1_000;

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  /** There may be another page: whether it has rows is known only when it is read. */
  readonly hasNext: boolean;
  /** The list ends here because it holds no more, not because there are no more. */
  readonly isCut: boolean;
}

/** Rows that are read as they are asked for, and kept to turn back. */
export interface RowList<Row> {
  /** From 1 on. Rejects with the fault of the reading, or with CollectionStopped once the list is closed. */
  page(page: number): Promise<RowPage<Row>>;
  /** How far the reading is. */
  progress(): ReadProgress;
  /** Somebody waits for a page. */
  isAwaited(): boolean;
  /** Ends the reading. */
  close(): Promise<void>;
}

/**
 * Begins a list. Graph is read no further than the page that is asked for needs. Pages that are asked for at the same
 * time are read one after the other, so that none misses a row or has one twice.
 */
export function openRowList<Row>(
  read: (options: ReadOptions) => AsyncIterable<readonly Row[]>,
  rowsOnAPage: number,
): RowList<Row> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const rows: Row[] = [];
  let progress: ReadProgress = NOTHING_YET;
  let awaited = 0;
  let isComplete = false;
  let reading = Promise.resolve();

  const onProgress = (now: ReadProgress): void => {
    progress = now;
  };
  const pages = read({ signal, onProgress })[Symbol.asyncIterator]();

  async function readTo(count: number): Promise<void> {
    while (!isComplete && rows.length < Math.min(count, MOST_ROWS)) {
      signal.throwIfAborted();
      const { done, value } = await pages.next();
      if (done) {
        isComplete = true;
      } else {
        // One row more than is shown tells that there are more.
        rows.push(...value.slice(0, MOST_ROWS + 1 - rows.length));
      }
    }
  }

  async function oneAfterTheOther(count: number): Promise<void> {
    reading = reading.then(() => readTo(count));
    awaited += 1;
    try {
      await reading;
    } catch (thrown) {
      throw signal.aborted ? new CollectionStopped() : thrown;
    } finally {
      awaited -= 1;
    }
  }

  return {
    async page(page) {
      const end = page * rowsOnAPage;
      if (rows.length < Math.min(end, MOST_ROWS) && !isComplete) {
        await oneAfterTheOther(end);
      }
      const hasMore = rows.length > end || !isComplete;
      return {
        rows: rows.slice(end - rowsOnAPage, Math.min(end, MOST_ROWS)),
        hasNext: hasMore && end < MOST_ROWS,
        isCut: hasMore && end >= MOST_ROWS,
      };
    },
    progress: () => progress,
    isAwaited: () => awaited > 0,
    async close() {
      stopped.abort(new CollectionStopped());
      await pages.return?.();
    },
  };
}
