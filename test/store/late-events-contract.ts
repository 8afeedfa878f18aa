import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UsageCell, UsageHistory, UsageSource } from "../../src/ports/usage.ts";
import type { Store } from "../../src/store/store.ts";
import { peopleReading } from "./people-contract.ts";
import { newSource, reading } from "./readings.ts";

const QUARTER = 15 * 60_000;
const HOUR = 4 * QUARTER;
const SETTLED = 72 * HOUR;
/** On a quarter, so that the edge of what is settled can be met. */
const NOW = new Date("2028-03-01T09:15:00.000Z");

function at(quarters: number): Date {
  return new Date(NOW.getTime() + quarters * QUARTER);
}

function cell(quarter: number, count: number, changes: Partial<UsageCell> = {}): UsageCell {
  return {
    quarter: at(quarter),
    feature: "reset",
    method: "sms",
    isSuccess: true,
    reason: "",
    count,
    ...changes,
  };
}

function history(from: number, to: number, ...cells: readonly UsageCell[]): UsageHistory {
  return { from: at(from), to: at(to), cells };
}

/** What every store must do with tries that arrive late, are missing later, or are read by a clock that is wrong. */
export function lateEventsContract(store: () => Store): void {
  /** Resolves with the notes of the newest reading. */
  const save = async (source: UsageSource, past: UsageHistory, readAt = NOW, took?: number) => {
    const saved = reading(1, { readAt, history: past, ...(took !== undefined && { took }) });
    await store().snapshots.save(source, saved);
    return (await store().snapshots.latest(source, "D1", ["events"]))?.notes;
  };
  const total = async (source: UsageSource, from = -100_000, to = 100_000): Promise<number> =>
    (await store().snapshots.sums(source, at(from), at(to))).reduce((sum, { count }) => sum + count, 0);
  const spans = async (source: UsageSource) =>
    (await store().snapshots.spans(source)).map((span) => [span.from, span.to]);

  describe("a quarter that shrinks", () => {
    const LAST_SETTLED = -SETTLED / QUARTER - 1;

    test("stays whole once it is settled, and the reading says so", async () => {
      const source = newSource();
      const email = { method: "email" };
      await save(
        source,
        history(-400, -4, cell(-390, 5), cell(LAST_SETTLED, 3), cell(LAST_SETTLED, 4, email)),
      );

      await save(
        source,
        history(-400, -4, cell(LAST_SETTLED, 6), cell(-380, 1)),
        new Date(NOW.getTime() + 1),
      );

      const note = { kind: "kept-quarters", count: 2, from: at(-390), to: at(LAST_SETTLED + 1) };
      expect((await store().snapshots.latest(source, "D1", ["events"]))?.notes).toEqual([note]);
      expect(await store().snapshots.sums(source, at(LAST_SETTLED), at(LAST_SETTLED + 1))).toMatchObject([
        { method: "email", count: 4 },
        { method: "sms", count: 3 },
      ]);
      expect([await total(source, -390, -389), await total(source, -380, -379)]).toEqual([5, 1]);
    });

    test("is replaced while it may still be corrected", async () => {
      const source = newSource();
      await save(source, history(-400, -4, cell(LAST_SETTLED + 1, 7)));

      await save(source, history(-400, -4, cell(LAST_SETTLED + 1, 2)));

      expect((await store().snapshots.latest(source, "D1", ["events"]))?.notes).toEqual([]);
      expect(await total(source)).toBe(2);
    });

    test("is settled 72 hours after its end, to the millisecond", async () => {
      const source = newSource();
      await save(source, history(-400, -4, cell(LAST_SETTLED, 7)));

      const early = await save(source, history(-399, -4), new Date(NOW.getTime() - 1));
      await save(source, history(-400, -4, cell(LAST_SETTLED, 7)));
      const late = await save(source, history(-400, -4));

      expect([early, late]).toMatchObject([[], [{ count: 1 }]]);
      expect(await total(source)).toBe(7);
    });

    test("makes way for as many or more tries of other kinds", async () => {
      const source = newSource();
      await save(source, history(-400, -4, cell(-390, 5)));

      await save(source, history(-400, -4, cell(-390, 2), cell(-390, 3, { method: "email" })));

      expect((await store().snapshots.latest(source, "D1", ["events"]))?.notes).toEqual([]);
      expect(await total(source)).toBe(5);
      expect(await store().snapshots.sums(source, at(-390), at(-389))).toHaveLength(2);
    });
  });

  test("late events are counted once, however they come and however often it is read", async () => {
    const event = fc.record({ made: fc.nat(12 * 96 - 1), late: fc.nat(36 * 4), isReset: fc.boolean() });

    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 96 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 3, max: 20 }),
        async (events, pauses, daysOfGraph) => {
          const source = newSource();
          const read = async (now: number): Promise<void> => {
            const from = Math.max(0, now - daysOfGraph * 96);
            const seen = events.filter(({ made, late }) => made + late <= now && made >= from && made < now);
            await save(source, history(from, now, ...cellsOf(seen)), at(now));
          };

          let now = 96;
          for (const pause of pauses) {
            await read(now);
            now += pause;
          }
          await read(now);
          // Graph has all by then, and has perhaps forgotten the oldest.
          const end = Math.max(now, 12 * 96 + 36 * 4);
          await read(end);

          const reaches = end - daysOfGraph * 96;
          const lasting = events.filter(({ made }) => made >= reaches).length;
          const all = await total(source);
          expect(await total(source, Math.max(0, reaches), end)).toBe(lasting);
          expect(all).toBeLessThanOrEqual(events.length);
        },
      ),
      { numRuns: 15 },
    );
  });

  test("quarters are what a table of them would be, whatever shrinks", async () => {
    const past = fc.record({
      from: fc.integer({ min: -500, max: -200 }),
      length: fc.integer({ min: 1, max: 300 }),
      later: fc.nat(60),
      cells: fc.uniqueArray(
        fc.record({ quarter: fc.integer({ min: -500, max: -200 }), count: fc.integer({ min: 1, max: 9 }) }),
        { maxLength: 12, selector: ({ quarter }) => quarter },
      ),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(past, { minLength: 1, maxLength: 5 }), async (made) => {
        const source = newSource();
        const table = new Map<number, number>();
        let readAt = 0;
        for (const { from, length, later, cells } of made) {
          readAt += later;
          const inside = cells.filter(({ quarter }) => quarter >= from && quarter < from + length);
          const kept = replaceInTable(table, from, length, inside, readAt);

          const added = await save(
            source,
            history(from, from + length, ...inside.map(({ quarter, count }) => cell(quarter, count))),
            at(readAt),
          );

          expect(added).toMatchObject(kept > 0 ? [{ kind: "kept-quarters", count: kept }] : []);
        }

        expect(await total(source)).toBe([...table.values()].reduce((sum, count) => sum + count, 0));
      }),
      { numRuns: 25 },
    );
  });

  describe("spans of the history", () => {
    test("before a gap stay, and one that fills the gap joins them", async () => {
      const source = newSource();
      await save(source, history(0, 10), at(10));
      await save(source, history(20, 30), at(30));
      await save(source, history(30, 40), at(40));
      const before = await store().snapshots.spans(source);

      await save(source, history(10, 50), at(50));

      expect(before).toEqual([
        { from: at(0), to: at(10), readAt: at(10) },
        { from: at(20), to: at(40), readAt: at(40) },
      ]);
      expect(await store().snapshots.spans(source)).toEqual([{ from: at(0), to: at(50), readAt: at(50) }]);
    });

    test("are those of a line of quarters that were read", async () => {
      const read = fc.record({ from: fc.nat(60), length: fc.integer({ min: 1, max: 20 }) });

      await fc.assert(
        fc.asyncProperty(fc.array(read, { maxLength: 8 }), async (made) => {
          const source = newSource();
          let known: readonly number[] = [];
          for (const [index, { from, length }] of made.entries()) {
            await save(source, history(from, from + length), at(1_000 + index));
            const fresh = Array.from({ length }, (_, step) => from + step);
            known = [...new Set([...known, ...fresh])].filter((quarter) => quarter < from + length);
          }

          const begins = known.filter((quarter) => !known.includes(quarter - 1)).sort((a, b) => a - b);
          const ends = known.filter((quarter) => !known.includes(quarter + 1)).sort((a, b) => a - b);
          expect(await spans(source)).toEqual(
            begins.map((begin, index) => [at(begin), at((ends[index] ?? begin) + 1)]),
          );
          expect((await store().snapshots.covered(source))?.from).toEqual((await spans(source)).at(-1)?.[0]);
        }),
        { numRuns: 25 },
      );
    });

    test("are shortened by a purge, which leaves none of those that are old", async () => {
      const source = newSource();
      await save(source, history(-61, -51), at(-50));
      await save(source, history(-41, -1), at(0));
      await save(source, history(19, 30), at(30));
      const LONG_AGO = new Date(0);

      await store().retention.purge({
        tenantId: source.tenantId,
        // 00:15: the hour that it falls into stays.
        historyBefore: at(-36),
        auditBefore: LONG_AGO,
        removedBefore: LONG_AGO,
      });

      expect(await spans(source)).toEqual([
        [at(-37), at(-1)],
        [at(19), at(30)],
      ]);
    });
  });

  describe("a clock that steps", () => {
    const YEAR = 365 * 96;

    test("ahead does not keep out the readings of the right time", async () => {
      const source = newSource();
      await save(source, history(-100, 0, cell(-50, 3)), at(0), 1_000);
      await save(source, history(YEAR - 100, YEAR), at(YEAR), 1_000);

      await save(source, history(-90, 10, cell(-50, 3), cell(5, 1)), at(10), 1_000);

      expect(await store().snapshots.latest(source, "D1", ["events"])).toMatchObject({ readAt: at(10) });
      expect(await store().snapshots.spans(source)).toEqual([{ from: at(-100), to: at(10), readAt: at(10) }]);
      expect(await total(source)).toBe(4);
    });

    test("back changes nothing where a try is known from after it", async () => {
      const source = newSource();
      await save(source, history(-100, 0, cell(-50, 3)), at(0), 1_000);

      await save(source, history(-YEAR - 100, -YEAR, cell(-YEAR - 1, 9)), at(-YEAR), 1_000);

      expect(await store().snapshots.latest(source, "D1", ["events"])).toMatchObject({ readAt: at(0) });
      expect(await spans(source)).toEqual([[at(-100), at(0)]]);
      expect(await total(source)).toBe(3);
    });

    test("by less than an hour lets the reading that began later stay", async () => {
      const source = newSource();
      await save(source, history(-100, 3), at(3), 1_000);

      await save(source, history(-100, 0), at(0), 1_000);

      expect(await store().snapshots.covered(source)).toMatchObject({ to: at(3), readAt: at(3) });
    });

    test("never counts a try twice, and the readings after it have all", async () => {
      const step = fc.record({
        pause: fc.integer({ min: 1, max: 96 }),
        wrong: fc.constantFrom(0, 0, 20, 3 * 96, YEAR, -20, -3 * 96, -YEAR),
      });

      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(7 * 96), { maxLength: 30 }),
          fc.array(step, { minLength: 1, maxLength: 6 }),
          async (tries, steps) => {
            const source = newSource();
            const read = async (now: number, wrong: number): Promise<void> => {
              const [from, to] = [now + wrong - 8 * 96, now + wrong];
              const seen = tries.filter((made) => made < now && made >= from && made < to);
              const cells = cellsOf(seen.map((made) => ({ made, isReset: true })));
              await save(source, history(from, to, ...cells), at(to), 1_000);
            };

            let now = 0;
            for (const { pause, wrong } of steps) {
              now += pause;
              await read(now, wrong);
              expect(await total(source)).toBeLessThanOrEqual(tries.filter((made) => made < now).length);
            }
            // The first may fall into the hour for which a stored time is believed.
            await read(now + 10, 0);
            await read(now + 20, 0);

            expect(await total(source)).toBe(tries.filter((made) => made < now + 20).length);
            expect(await store().snapshots.covered(source)).toMatchObject({ to: at(now + 20) });
            expect(await store().snapshots.latest(source, "D1", ["events"])).toMatchObject({
              readAt: at(now + 20),
            });
          },
        ),
        { numRuns: 12 },
      );
    });

    test("ahead does not keep out the counts of people of the right time", async () => {
      const source = newSource();
      const counted = (readAt: Date) => ({ ...peopleReading(1), readAt, took: 1_000 });
      await store().people.save(source, counted(at(YEAR)));

      await store().people.save(source, counted(at(0)));

      expect(await store().people.latest(source, ["details"])).toMatchObject({ readAt: at(0) });
    });
  });
}

/** What the store should do, quarter by quarter; returns how many quarters are kept. */
function replaceInTable(
  table: Map<number, number>,
  from: number,
  length: number,
  cells: readonly { readonly quarter: number; readonly count: number }[],
  readAt: number,
): number {
  const fresh = new Map(cells.map(({ quarter, count }) => [quarter, count]));
  const all = Array.from({ length }, (_, index) => from + index);
  const kept = all.filter((quarter) => {
    const isSettled = (quarter + 1) * QUARTER <= readAt * QUARTER - SETTLED;
    return isSettled && (fresh.get(quarter) ?? 0) < (table.get(quarter) ?? 0);
  });
  for (const quarter of all.filter((one) => !kept.includes(one))) {
    table.set(quarter, fresh.get(quarter) ?? 0);
  }
  return kept.length;
}

function cellsOf(
  events: readonly { readonly made: number; readonly isReset: boolean }[],
): readonly UsageCell[] {
  const counts = new Map<string, UsageCell>();
  for (const { made, isReset } of events) {
    const key = `${made} ${isReset}`;
    const feature = isReset ? "reset" : "registration";
    counts.set(key, cell(made, (counts.get(key)?.count ?? 0) + 1, { feature }));
  }
  return [...counts.values()];
}
