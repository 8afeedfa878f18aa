import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { suspicionOf } from "../../src/collect/suspicion.ts";
import type { CollectionState } from "../../src/ports/collections.ts";

const NOW = new Date("2026-11-20T09:00:00.000Z");
const HOUR = 3_600_000;

function stateAfter(rowsRead: number, suspect?: CollectionState["suspect"]): CollectionState {
  return {
    name: "usage",
    complete: { reader: "events", readAt: NOW, at: NOW, pages: 1, rowsRead },
    ...(suspect && { suspect }),
  };
}

const isSuspicious = (rows: number, state: CollectionState | undefined, now = NOW): boolean =>
  suspicionOf({ reader: "events", rowsRead: rows }, state, now) !== undefined;

describe("an answer of Graph", () => {
  test.each([
    [0, 1, true],
    [0, 50_000, true],
    [49, 99, false],
    [49, 100, true],
    [50, 100, false],
    [24_999, 50_000, true],
    [25_000, 50_000, false],
    [900_000, 10, false],
  ])("of %i rows after %i is suspicious: %s", (rows, rowsBefore, suspicious) => {
    expect(isSuspicious(rows, stateAfter(rowsBefore))).toBe(suspicious);
  });

  test("is not suspicious where nothing is known, or another report was read before", () => {
    expect(isSuspicious(0, undefined)).toBe(false);
    expect(suspicionOf({ reader: "legacy", rowsRead: 3 }, stateAfter(50_000), NOW)).toBeUndefined();
  });

  test.each([
    [23.9, 1_000, true],
    [24, 1_000, false],
    [24, 1_900, false],
    [24, 2_100, true],
    [24, 499, true],
    [48, 0, true],
  ])(
    "that stays small is believed after a day: %d hours, %i rows, suspicious: %s",
    (hours, rows, suspicious) => {
      const suspect = { since: new Date(NOW.getTime() - hours * HOUR), rowsRead: 1_000 };

      expect(isSuspicious(rows, stateAfter(50_000, suspect))).toBe(suspicious);
    },
  );

  test("begins a suspicion of its own where it is unlike the one before", () => {
    const suspect = { since: new Date(NOW.getTime() - 30 * HOUR), rowsRead: 10 };

    expect(suspicionOf({ reader: "events", rowsRead: 5_000 }, stateAfter(50_000, suspect), NOW)).toEqual({
      rowsBefore: 50_000,
      suspect: { since: NOW, rowsRead: 5_000 },
    });
  });

  test("is believed in the end, whatever the size, if it has a row", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (rows, rowsBefore) => {
        let state = stateAfter(rowsBefore);
        for (let hours = 0; hours <= 30; hours += 6) {
          const now = new Date(NOW.getTime() + hours * HOUR);
          const found = suspicionOf({ reader: "events", rowsRead: rows }, state, now);
          if (!found) {
            return true;
          }
          state = stateAfter(rowsBefore, found.suspect);
        }
        return false;
      }),
    );
  });
});
