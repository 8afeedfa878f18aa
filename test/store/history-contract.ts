import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UsageCell, UsageHistory, UsageSource, UsageSum } from "../../src/ports/usage.ts";
import type { Store } from "../../src/store/store.ts";
import { newSource, newTenant, READ_AT, reading } from "./readings.ts";

const QUARTER = 15 * 60_000;
/** A quarter shortly before midnight, so that histories reach over days. */
const BEGIN = new Date("2026-11-17T23:15:00Z");

function at(quarters: number): Date {
  return new Date(BEGIN.getTime() + quarters * QUARTER);
}

function cell(quarter: number, count: number, changes: Partial<UsageCell> = {}): UsageCell {
  return {
    quarter: at(quarter),
    feature: "reset",
    method: "sms",
    isSuccess: false,
    reason: "no-licence",
    count,
    ...changes,
  };
}

function history(from: number, to: number, ...cells: readonly UsageCell[]): UsageHistory {
  return { from: at(from), to: at(to), cells };
}

/** A reading that began so many milliseconds after READ_AT. */
function readingWith(past: UsageHistory, after = 0) {
  return reading(1, { readAt: new Date(READ_AT.getTime() + after), history: past });
}

/** What every store must do with the history of readings. */
export function usageHistoryContract(store: () => Store): void {
  const save = (source: UsageSource, past: UsageHistory, after = 0) =>
    store().snapshots.save(source, readingWith(past, after));
  const sums = (source: UsageSource, from = -1_000, to = 1_000) =>
    store().snapshots.sums(source, at(from), at(to));
  const covered = (source: UsageSource) => store().snapshots.covered(source);
  const counts = async (source: UsageSource) => (await sums(source)).map(({ count }) => count);

  describe("the usage history", () => {
    test("is nothing before the first reading, and nothing of one that has none", async () => {
      const source = newSource();

      await store().snapshots.save(source, reading(1));

      expect(await covered(source)).toBeUndefined();
      expect(await sums(source)).toEqual([]);
    });

    test("gives back sums in the order of their words, from a quarter up to another", async () => {
      const source = newSource();
      const success = { isSuccess: true, reason: "" };
      const strange = {
        feature: "Ünbekannt 🔑",
        method: `'); DROP TABLE x; --`,
        reason: "“Blue\nmoon” \\u0041",
      };
      await save(
        source,
        history(
          0,
          8,
          cell(0, 1),
          cell(1, 2),
          cell(1, 3, success),
          cell(2, 4, strange),
          cell(7, 5, { reason: "other" }),
          cell(7, 6, { feature: "registration" }),
        ),
      );

      const all = await sums(source);
      const some = await sums(source, 1, 7);

      const sms = { feature: "reset", method: "sms" };
      expect(all).toEqual([
        { feature: "registration", method: "sms", isSuccess: false, reason: "no-licence", count: 6 },
        { ...sms, isSuccess: false, reason: "no-licence", count: 3 },
        { ...sms, isSuccess: false, reason: "other", count: 5 },
        { ...sms, ...success, count: 3 },
        { ...strange, isSuccess: false, count: 4 },
      ]);
      expect(some.map(({ count }) => count)).toEqual([2, 3, 4]);
    });

    test("says what it covers and when that was read", async () => {
      const source = newSource();

      await save(source, history(0, 8));

      expect(await covered(source)).toEqual({ from: at(0), to: at(8), readAt: READ_AT });
    });

    test("counts an event that arrives late once", async () => {
      const source = newSource();
      await save(source, history(0, 8, cell(2, 1)));

      await save(source, history(0, 10, cell(2, 2), cell(9, 1)), 1);
      await save(source, history(1, 11, cell(2, 2), cell(9, 1)), 2);

      expect(await counts(source)).toEqual([3]);
    });

    test("forgets what the newer reading no longer has in its own time, and nothing else", async () => {
      const source = newSource();
      await save(source, history(0, 8, cell(0, 1), cell(3, 10), cell(4, 100), cell(7, 1_000)));

      await save(source, history(4, 8, cell(4, 500)), 1);

      expect(await counts(source)).toEqual([511]);
      expect(await covered(source)).toMatchObject({ from: at(0), to: at(8) });
    });

    test("covers all that readings cover together, and after a gap only what came after it", async () => {
      const source = newSource();
      await save(source, history(0, 8, cell(0, 1)));
      await save(source, history(8, 12), 1);
      const joined = await covered(source);

      await save(source, history(13, 20), 2);

      expect(joined).toMatchObject({ from: at(0), to: at(12) });
      expect(await covered(source)).toMatchObject({ from: at(13), to: at(20) });
      expect(await counts(source)).toEqual([1]);
    });

    test("is not touched by a reading that began earlier", async () => {
      const source = newSource();
      await save(source, history(4, 8, cell(4, 1)), 1);

      await save(source, history(0, 7, cell(2, 5), cell(4, 9)));

      expect(await counts(source)).toEqual([1]);
      expect(await covered(source)).toMatchObject({ from: at(4), to: at(8) });
    });

    test("ends with the newest of many that are saved at once", async () => {
      const source = newSource();
      const order = [3, 9, 1, 7, 10, 2, 8, 4, 6, 5];

      await Promise.all(order.map((count) => save(source, history(0, 8, cell(count % 8, count)), count)));

      expect(await counts(source)).toEqual([10]);
    });

    test("is the same after the same reading was saved twice", async () => {
      const source = newSource();
      await save(source, history(0, 8, cell(1, 2)));

      await save(source, history(0, 8, cell(1, 2)));

      expect(await counts(source)).toEqual([2]);
    });

    test("keeps tenants and Graph hosts apart", async () => {
      const source = newSource();
      await save(source, history(0, 8, cell(1, 2)));
      const others = [
        { ...source, tenantId: newTenant() },
        { ...source, graphHost: "127.0.0.1:4000" },
      ];

      for (const other of others) {
        expect(await sums(other)).toEqual([]);
        expect(await covered(other)).toBeUndefined();
        await save(other, history(0, 8), 1);
      }

      expect(await counts(source)).toEqual([2]);
    });

    test.each([
      ["a success with a reason", history(0, 8, cell(1, 1, { isSuccess: true }))],
      ["a failure without a reason", history(0, 8, cell(1, 1, { reason: "" }))],
      ["a count of nothing", history(0, 8, cell(1, 0))],
      ["a count that is no number", history(0, 8, cell(1, Number.NaN))],
      ["a cell after its end", history(0, 8, cell(8, 1))],
      ["a cell before its begin", history(1, 8, cell(0, 1))],
      ["a cell twice", history(0, 8, cell(1, 1), cell(1, 1))],
      ["a time that is no quarter", history(0, 8, cell(1.5, 1))],
      ["an end before its begin", history(8, 0)],
      ["a text that the database cannot hold", history(0, 8, cell(1, 1, { reason: "a\u0000b" }))],
    ])("is refused, and the whole reading with it, when it has %s", async (_what, past) => {
      const source = newSource();
      await save(source, history(0, 8, cell(1, 7)));

      const saving = save(source, past, 1);

      await expect(saving).rejects.toThrow();
      expect(await counts(source)).toEqual([7]);
      expect(await covered(source)).toMatchObject({ readAt: READ_AT });
      const snapshot = await store().snapshots.latest(source, "D1", ["events"]);
      expect(snapshot?.readAt).toEqual(READ_AT);
    });

    test("answers as a table of quarters would, whatever readings come in whatever order", async () => {
      const past = fc
        .record({
          from: fc.integer({ min: 0, max: 300 }),
          length: fc.integer({ min: 1, max: 200 }),
          after: fc.integer({ min: 0, max: 3 }),
          cells: fc.uniqueArray(
            fc.record({
              quarter: fc.nat(499),
              method: fc.constantFrom("sms", "email"),
              count: fc.integer({ min: 1, max: 9 }),
            }),
            { maxLength: 12, selector: ({ quarter, method }) => `${quarter} ${method}` },
          ),
        })
        .map(({ from, length, after, cells }) => {
          const to = from + length;
          return { from, to, after, cells: cells.filter(({ quarter }) => quarter >= from && quarter < to) };
        });

      await fc.assert(
        fc.asyncProperty(
          fc.array(past, { maxLength: 5 }),
          fc.nat(500),
          fc.nat(500),
          async (made, from, to) => {
            const source = newSource();
            let table: { quarter: number; method: string; count: number }[] = [];
            let newest: (typeof made)[number] | undefined;
            for (const one of made) {
              await save(
                source,
                history(
                  one.from,
                  one.to,
                  ...one.cells.map(({ quarter, method, count }) => cell(quarter, count, { method })),
                ),
                one.after,
              );
              if (!newest || one.after >= newest.after) {
                newest = one;
                table = table
                  .filter(({ quarter }) => quarter < one.from || quarter >= one.to)
                  .concat(one.cells);
              }
            }

            const found = await sums(source, from, to);

            const expected: Pick<UsageSum, "method" | "count">[] = ["email", "sms"].map((method) => ({
              method,
              count: table
                .filter((row) => row.method === method && row.quarter >= from && row.quarter < to)
                .reduce((sum, { count }) => sum + count, 0),
            }));
            expect(found.map(({ method, count }) => ({ method, count }))).toEqual(
              expected.filter(({ count }) => count > 0),
            );
            expect((await covered(source))?.to).toEqual(newest && at(newest.to));
          },
        ),
        { numRuns: 60 },
      );
    });
  });
}
