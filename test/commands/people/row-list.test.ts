import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CollectionStopped } from "../../../src/collect/single-reading.ts";
import { MOST_ROWS, openRowList, type RowList } from "../../../src/commands/people/row-list.ts";

interface Source {
  readonly list: RowList<number>;
  /** Pages of Graph that were asked for. */
  read: number;
  ended: boolean;
}

/** Rows 0, 1, 2 … on pages of these lengths. */
function listOf(...lengths: readonly number[]): Source {
  const source: Source = {
    read: 0,
    ended: false,
    list: openRowList(async function* ({ signal, onProgress }) {
      let next = 0;
      try {
        for (const length of lengths) {
          source.read += 1;
          await pause(1);
          signal.throwIfAborted();
          onProgress({ pages: source.read, rows: next + length });
          yield Array.from({ length }, () => next++);
        }
      } finally {
        source.ended = true;
      }
    }, 10),
  };
  return source;
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

describe("a list that is read as it is turned", () => {
  test("reads no further than the page that is asked for needs", async () => {
    const source = listOf(25, 25, 25);

    const first = await source.list.page(1);

    expect(first).toEqual({ rows: numbers(0, 10), hasNext: true, isCut: false });
    expect(source.read).toBe(1);
    expect(source.list.progress()).toEqual({ pages: 1, rows: 25 });
  });

  test("reads over pages of Graph that are empty or short", async () => {
    const { list } = listOf(0, 4, 0, 3, 9);

    expect((await list.page(1)).rows).toEqual(numbers(0, 10));
    expect(await list.page(2)).toEqual({ rows: numbers(10, 16), hasNext: false, isCut: false });
  });

  test("neither skips nor repeats a row when pages are asked for at the same time", async () => {
    const { list } = listOf(7, 7, 7, 7, 7);

    const pages = await Promise.all([2, 1, 2, 3, 1].map((page) => list.page(page)));

    expect(pages.map(({ rows }) => rows)).toEqual([
      numbers(10, 20),
      numbers(0, 10),
      numbers(10, 20),
      numbers(20, 30),
      numbers(0, 10),
    ]);
  });

  test("turns back without reading, also while a later page is read", async () => {
    const source = listOf(12, 12);
    await source.list.page(1);
    const later = source.list.page(2);

    const back = await source.list.page(1);

    expect(back.rows).toEqual(numbers(0, 10));
    expect(source.list.isAwaited()).toBe(true);
    expect((await later).rows).toEqual(numbers(10, 20));
    expect(source.list.isAwaited()).toBe(false);
  });

  test("ends at the rows that it keeps, and says so", async () => {
    const source = listOf(600, 600, 600);

    const last = await source.list.page(MOST_ROWS / 10);
    const beyond = await source.list.page(MOST_ROWS / 10 + 1);

    expect(last).toEqual({ rows: numbers(MOST_ROWS - 10, MOST_ROWS), hasNext: false, isCut: true });
    expect(beyond.rows).toEqual([]);
    expect(source.read).toBe(2);
  });

  test("is not cut where it has just as many rows as it keeps", async () => {
    const { list } = listOf(500, 500);
    await list.page(MOST_ROWS / 10);

    const beyond = await list.page(MOST_ROWS / 10 + 1);

    expect(beyond).toMatchObject({ rows: [], hasNext: false });
  });

  test("does not take a fault for the end", async () => {
    const list = openRowList(async function* () {
      yield numbers(0, 15);
      throw new Error("unreachable");
    }, 10);
    await list.page(1);

    await expect(list.page(2)).rejects.toThrow("unreachable");
    await expect(list.page(2)).rejects.toThrow("unreachable");
  });

  test("ends its reading when it is closed, and tells who waits that it was stopped", async () => {
    const source = listOf(10, 5, 5);
    await source.list.page(1);
    const waiting = source.list.page(2);
    const refusal = expect(waiting).rejects.toBeInstanceOf(CollectionStopped);

    await source.list.close();

    await refusal;
    expect(source.ended).toBe(true);
  });
});
