import { describe, expect, test } from "vitest";
import type { DayCounts, DaysReading } from "../../src/ports/days.ts";
import type { Store } from "../../src/store/store.ts";
import { newSource } from "./readings.ts";
import { limits } from "./retention-contract.ts";

/** A Friday morning. */
const READ_AT = new Date("2026-11-20T09:00:00.000Z");
const EVER = new Date(0);

function counts(resets: number): DayCounts["passwords"] {
  return { resetsByAdmin: 1, resetsSelfService: resets, changesSelfService: 2 };
}

/** Days of November 2026 with so many resets by people themselves. */
function passwordsRead(days: Readonly<Record<number, number>>, readAt = READ_AT): DaysReading<"passwords"> {
  return {
    report: "passwords",
    readAt,
    pages: 1,
    rowsRead: Object.keys(days).length,
    days: Object.entries(days).map(([day, resets]) => ({
      day: `2026-11-${day.padStart(2, "0")}`,
      counts: counts(resets),
    })),
  };
}

function hoursLater(hours: number): Date {
  return new Date(READ_AT.getTime() + hours * 3_600_000);
}

/** What every store must do with counts by day. */
export function daysContract(store: () => Store): void {
  describe("the counts by day", () => {
    async function resets(source: ReturnType<typeof newSource>, from = EVER): Promise<object> {
      const days = await store().days.days(source, "passwords", from);
      return Object.fromEntries(
        days.map(({ day, counts: { resetsSelfService } }) => [Number(day.slice(-2)), resetsSelfService]),
      );
    }

    test("are none before the first reading", async () => {
      const source = newSource();

      expect(await store().days.days(source, "signIns", EVER)).toEqual([]);
      expect(await store().days.lastRead(source)).toEqual({});
    });

    test("come back as they were read, the oldest first, each report by itself", async () => {
      const source = newSource();
      const signIns = { total: 1_000, singleFactor: 100, multiFactor: Number.MAX_SAFE_INTEGER };
      await store().days.save(source, passwordsRead({ 20: 5, 9: 4 }));
      await store().days.save(source, {
        report: "signIns",
        readAt: hoursLater(1),
        pages: 1,
        rowsRead: 1,
        days: [{ day: "2024-02-29", counts: signIns }],
      });

      expect(await store().days.days(source, "passwords", EVER)).toEqual([
        { day: "2026-11-09", readAt: READ_AT, counts: counts(4) },
        { day: "2026-11-20", readAt: READ_AT, counts: counts(5) },
      ]);
      expect(await store().days.days(source, "signIns", EVER)).toEqual([
        { day: "2024-02-29", readAt: hoursLater(1), counts: signIns },
      ]);
      expect(await store().days.lastRead(source)).toEqual({ passwords: READ_AT, signIns: hoursLater(1) });
    });

    test("begin with the day of the instant that is asked for", async () => {
      const source = newSource();
      await store().days.save(source, passwordsRead({ 8: 1, 9: 2, 10: 3 }));

      expect(await resets(source, new Date("2026-11-09T23:59:59.999Z"))).toEqual({ 9: 2, 10: 3 });
      expect(await resets(source, new Date("2026-11-09T00:00:00.000Z"))).toEqual({ 9: 2, 10: 3 });
    });

    test("are apart for every tenant and host", async () => {
      const source = newSource();
      await store().days.save(source, passwordsRead({ 9: 4 }));

      expect(await resets({ ...source, graphHost: "graph.microsoft.us" })).toEqual({});
      expect(await resets({ ...newSource(), graphHost: source.graphHost })).toEqual({});
    });

    test("are those of the newest reading, and a day that Graph no longer returns stays", async () => {
      const source = newSource();
      await store().days.save(source, passwordsRead({ 9: 4, 18: 4, 19: 4 }));

      const { kept } = await store().days.save(source, passwordsRead({ 18: 3, 19: 9, 20: 1 }, hoursLater(6)));

      expect(kept).toBe(0);
      expect(await resets(source)).toEqual({ 9: 4, 18: 3, 19: 9, 20: 1 });
    });

    test("do not change by an older reading that ends later", async () => {
      const source = newSource();
      await store().days.save(source, passwordsRead({ 19: 9 }));

      const { kept } = await store().days.save(
        source,
        passwordsRead({ 9: 1, 18: 1, 19: 10 }, hoursLater(-1)),
      );

      expect(kept).toBe(0);
      expect(await resets(source)).toEqual({ 9: 1, 18: 1, 19: 9 });
    });

    test("of a day that ended 72 hours ago never become smaller, and how many were kept is told", async () => {
      const source = newSource();
      const first = passwordsRead({ 14: 7, 15: 7, 16: 7, 17: 7 });
      await store().days.save(source, first);
      // The 16th ended exactly 72 hours before.
      const readAt = new Date("2026-11-20T00:00:00.000Z");
      const other = newSource();
      await store().days.save(other, { ...first, readAt: new Date("2026-11-18T00:00:00.000Z") });

      const { kept } = await store().days.save(
        source,
        passwordsRead({ 14: 0, 15: 8, 16: 6, 17: 6 }, hoursLater(1)),
      );
      const atTheEdge = await store().days.save(other, passwordsRead({ 16: 6, 17: 6 }, readAt));

      expect(kept).toBe(2);
      expect(await resets(source)).toEqual({ 14: 7, 15: 8, 16: 7, 17: 6 });
      expect(atTheEdge.kept).toBe(1);
      expect(await resets(other)).toEqual({ 14: 7, 15: 7, 16: 7, 17: 6 });
    });

    test("are kept where any of their figures would become smaller", async () => {
      const source = newSource();
      const grown = { resetsByAdmin: 0, resetsSelfService: 99, changesSelfService: 99 };
      await store().days.save(source, passwordsRead({ 9: 4 }));

      const { kept } = await store().days.save(source, {
        ...passwordsRead({ 9: 4 }, hoursLater(1)),
        days: [{ day: "2026-11-09", counts: grown }],
      });

      expect(kept).toBe(1);
      expect(await resets(source)).toEqual({ 9: 4 });
    });

    test("of a clock that was ahead do not keep out the readings of the right time", async () => {
      const source = newSource();
      const took = 1_000;
      await store().days.save(source, { ...passwordsRead({ 9: 4, 20: 5 }, hoursLater(24 * 365)), took });

      const { kept } = await store().days.save(source, { ...passwordsRead({ 9: 3, 20: 8 }), took });

      expect(kept).toBe(1);
      expect(await resets(source)).toEqual({ 9: 4, 20: 8 });
    });

    test("are refused where they are none", async () => {
      const source = newSource();

      await expect(store().days.save(source, passwordsRead({ 9: -1 }))).rejects.toThrow();
      await expect(store().days.save(source, passwordsRead({ 31: 1 }))).rejects.toThrow();
      expect(await resets(source)).toEqual({});
    });

    test("end where they have been kept long enough", async () => {
      const source = newSource();
      await store().days.save(source, passwordsRead({ 8: 1, 9: 2, 10: 3 }));

      await store().retention.purge(
        limits(source.tenantId, { historyBefore: new Date("2026-11-09T12:00:00.000Z") }),
      );

      expect(await resets(source)).toEqual({ 9: 2, 10: 3 });
    });
  });
}
