import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { weekOf } from "../../src/digest/calendar.ts";
import type { SplitHours } from "../../src/ports/folding.ts";
import type { UsageCell, UsageSource } from "../../src/ports/usage.ts";
import { splitHours } from "../../src/retention/split-hours.ts";
import type { Store } from "../../src/store/store.ts";
import { newSource, reading } from "./readings.ts";

const QUARTER = 15 * 60_000;
const HOUR = 4 * QUARTER;
const DAY = 24 * HOUR;
const NOW = new Date("2026-11-22T12:00:00.000Z");
/** The end of what is folded at NOW. */
const EDGE = NOW.getTime() - 60 * DAY;

/** Any zone, and often one whose days begin within an hour of UTC. */
const ZONES = fc.oneof(
  fc.constantFrom("Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"),
  fc.constantFrom("Australia/Lord_Howe", "Australia/Eucla", "Asia/Tehran", "Pacific/Marquesas"),
  fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
);

/** A try that was made so many quarters after a time. */
function cell(begin: number, quarters: number, changes: Partial<UsageCell> = {}): UsageCell {
  const quarter = new Date(begin + quarters * QUARTER);
  return { quarter, feature: "reset", method: "sms", isSuccess: true, reason: "", count: 1, ...changes };
}

/** What every store must do with quarters that are old. */
export function foldingContract(store: () => Store): void {
  const none: SplitHours = async () => new Set();

  async function stored(cells: readonly UsageCell[], newest = NOW): Promise<UsageSource> {
    const source = newSource();
    const times = cells.map(({ quarter }) => quarter.getTime());
    const history = { from: new Date(Math.min(...times)), to: new Date(newest.getTime() + QUARTER), cells };
    await store().snapshots.save(source, reading(1, { readAt: newest, history }));
    return source;
  }
  const fold = ({ tenantId }: UsageSource, split = none, now = NOW, signal?: AbortSignal) =>
    store().folding.fold({ tenantId, now, splitHours: split, ...(signal && { signal }) });
  const count = async (source: UsageSource, from: number, to: number): Promise<number> =>
    (await store().snapshots.sums(source, new Date(from), new Date(to))).reduce(
      (sum, one) => sum + one.count,
      0,
    );
  /** Tries of each of some quarters. */
  const quarters = (source: UsageSource, begin: number, length: number): Promise<readonly number[]> =>
    Promise.all(
      Array.from({ length }, (_, index) =>
        count(source, begin + index * QUARTER, begin + (index + 1) * QUARTER),
      ),
    );
  const newest = cell(NOW.getTime(), 0);

  describe("folding", () => {
    test("puts the quarters of an old hour into its first one, each kind for itself", async () => {
      const begin = EDGE - HOUR;
      const email = { method: "email", isSuccess: false, reason: "other" };
      const source = await stored([
        cell(begin, 0, { count: 2 }),
        cell(begin, 1, { count: 3 }),
        cell(begin, 3, email),
        newest,
      ]);

      const folded = await fold(source);

      expect(folded).toEqual({ cells: 2 });
      expect(await quarters(source, begin, 4)).toEqual([6, 0, 0, 0]);
      expect(await store().snapshots.sums(source, new Date(begin), new Date(EDGE))).toEqual([
        { feature: "reset", method: "email", isSuccess: false, reason: "other", count: 1 },
        { feature: "reset", method: "sms", isSuccess: true, reason: "", count: 5 },
      ]);
    });

    test("leaves an hour that is not wholly 60 days before the newest try", async () => {
      const source = await stored([cell(EDGE, -1), cell(EDGE, 1), cell(NOW.getTime(), -1)]);

      const folded = await fold(source);

      // Less a quarter: the limit lies within the hour before the edge.
      expect(folded).toEqual({ cells: 0 });
    });

    test("goes by the times of tries where the clock is ahead", async () => {
      const source = await stored([cell(EDGE, 1), newest]);

      const folded = await fold(source, none, new Date(NOW.getTime() + 365 * DAY));

      expect(folded).toEqual({ cells: 0 });
    });

    test("goes by the clock where it is behind", async () => {
      const source = await stored([cell(EDGE - 10 * DAY, 1), newest]);

      const folded = await fold(source, none, new Date(NOW.getTime() - 30 * DAY));

      expect(folded).toEqual({ cells: 0 });
    });

    test("leaves hours within which a day begins somewhere", async () => {
      const begin = EDGE - 2 * DAY;
      const source = await stored([cell(begin, 1), cell(begin, 5), newest]);

      await fold(source, async () => new Set([begin]));

      expect(await quarters(source, begin, 8)).toEqual([0, 1, 0, 0, 1, 0, 0, 0]);
    });

    test("changes nothing when it is done again, and goes on where it was", async () => {
      const begin = EDGE - 2 * DAY;
      const source = await stored([cell(begin, 1), cell(EDGE, 2), newest]);
      const asked: (readonly [Date, Date])[] = [];
      const split: SplitHours = async (from, to) => {
        asked.push([from, to]);
        return new Set();
      };
      const first = await fold(source, split);

      const again = await fold(source, split);
      const later = new Date(NOW.getTime() + 2 * DAY);
      const to = new Date(later.getTime() + QUARTER);
      const history = { from: later, to, cells: [cell(later.getTime(), 0)] };
      await store().snapshots.save(source, reading(1, { readAt: later, history }));
      const next = await fold(source, split, later);

      expect([first, again, next]).toEqual([{ cells: 1 }, { cells: 0 }, { cells: 1 }]);
      expect(asked).toEqual([
        [new Date(begin), new Date(EDGE)],
        [new Date(EDGE), new Date(EDGE + 2 * DAY)],
      ]);
    });

    test("that is ended goes on later, and no hour is half folded", async () => {
      const begin = EDGE - 30 * DAY;
      const days = Array.from({ length: 25 }, (_, day) => begin + day * DAY);
      const source = await stored([...days.flatMap((day) => [cell(day, 1), cell(day, 2)]), newest]);
      const stopping = new AbortController();
      const ending = fold(source, none, NOW, stopping.signal);
      setImmediate(() => stopping.abort(new Error("the bot stops")));

      await expect(ending).rejects.toThrow("the bot stops");
      const hours = await Promise.all(days.map((day) => quarters(source, day, 4)));
      await fold(source);

      for (const hour of hours) {
        expect([
          [0, 1, 1, 0],
          [2, 0, 0, 0],
        ]).toContainEqual(hour);
      }
      const after = await Promise.all(days.map((day) => quarters(source, day, 4)));
      expect(after).toEqual(days.map(() => [2, 0, 0, 0]));
    });

    test("keeps tenants and hosts apart", async () => {
      const source = await stored([cell(EDGE - DAY, 1), newest]);
      const other = await stored([cell(EDGE - DAY, 1), newest]);

      await fold(source);

      expect(await quarters(other, EDGE - DAY, 2)).toEqual([0, 1]);
    });

    test.each([
      ["the begin of daylight saving in Europe and America", "2026-02-20T00:00:00Z", "2026-04-05T00:00:00Z"],
      ["a leap day and a week of it", "2028-02-20T00:00:00Z", "2028-03-06T00:00:00Z"],
      ["the end of daylight saving, and weeks of 169 hours", "2025-10-12T00:00:00Z", "2025-11-10T00:00:00Z"],
    ])("changes no sum of a day or week in any zone: %s", async (_what, from, to) => {
      const [begin, end] = [Date.parse(from), Date.parse(to)];
      const now = new Date(end + 60 * DAY);
      const split = await splitHours(new Date(begin), new Date(end));
      const days = Math.floor((end - begin) / DAY);
      // Around the begin of a day, where a wrong fold would show.
      const tries = fc.uniqueArray(
        fc.record({ day: fc.integer({ min: 1, max: days - 2 }), quarters: fc.integer({ min: -6, max: 5 }) }),
        { minLength: 1, maxLength: 30, selector: ({ day, quarters: near }) => `${day} ${near}` },
      );

      await fc.assert(
        fc.asyncProperty(tries, ZONES, async (made, zone) => {
          const cells = made.map(({ day, quarters: near }) =>
            cell(dayOf(new Date(begin + day * DAY), zone).from.getTime(), near),
          );
          const source = await stored([...cells, cell(now.getTime(), 0)], now);
          const times = cells.map(({ quarter }) => quarter);
          const spans = [
            ...times.map((time) => dayOf(time, zone)),
            ...times.map((time) => weekOf(time, zone)),
          ];
          const sums = (): Promise<readonly number[]> =>
            Promise.all(spans.map((span) => count(source, span.from.getTime(), span.to.getTime())));
          const before = await sums();

          await fold(source, async () => split, now);

          expect(await sums()).toEqual(before);
          expect((await fold(source, async () => split, now)).cells).toBe(0);
        }),
        { numRuns: 15 },
      );
    });
  });
}

function dayOf(instant: Date, zone: string): { readonly from: Date; readonly to: Date } {
  const day = DateTime.fromJSDate(instant, { zone }).startOf("day");
  return { from: day.toJSDate(), to: day.plus({ days: 1 }).startOf("day").toJSDate() };
}
