import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StoreAbout } from "../../src/ports/health.ts";
import {
  PERIODS,
  READER_IDS,
  type UsageReading,
  type UsageSnapshot,
  type UsageSource,
} from "../../src/ports/usage.ts";
import { MIGRATIONS } from "../../src/store/migrations.ts";
import type { Store } from "../../src/store/store.ts";
import { newUser } from "../digest/subscriptions.ts";
import { auditContract, auditEntry } from "./audit-contract.ts";
import { collectionsContract } from "./collections-contract.ts";
import { daysContract } from "./days-contract.ts";
import { foldingContract } from "./folding-contract.ts";
import { usageHistoryContract } from "./history-contract.ts";
import { lateEventsContract } from "./late-events-contract.ts";
import { peopleContract, peopleReading } from "./people-contract.ts";
import { peopleHistoryContract } from "./people-history-contract.ts";
import { placesContract } from "./places-contract.ts";
import { newSource, newTenant, READ_AT, reading, readingOfAllPeriods } from "./readings.ts";
import { limits, retentionContract } from "./retention-contract.ts";
import { secretContract } from "./secret-contract.ts";

const LATER = new Date(READ_AT.getTime() + 1);

/** What every store must do, whatever database is under it. `open` is called once. */
export function storeContract(name: string, kind: StoreAbout["kind"], open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const latest = (
      source: UsageSource,
      period: (typeof PERIODS)[number] = "D1",
    ): Promise<UsageSnapshot | undefined> => store.snapshots.latest(source, period, READER_IDS);

    test("says which database it is, and its schema", async () => {
      expect(await store.about()).toEqual({ kind, schema: MIGRATIONS.length });
    });

    test("gives back what was saved, to the millisecond and in order", async () => {
      const source = newSource();
      const saved: UsageReading = {
        reader: "events",
        readAt: new Date("2026-02-28T23:59:59.999Z"),
        took: 98_765,
        summaries: [
          {
            period: "D7",
            from: new Date("2026-02-21T23:00:00.000Z"),
            to: new Date("2026-02-28T23:59:59.999Z"),
            rows: [
              { feature: "registration", method: "microsoftAuthenticatorPush", successes: 3, failures: 0 },
              {
                feature: "reset",
                method: "email",
                successes: 1_000_000_000,
                failures: Number.MAX_SAFE_INTEGER,
              },
            ],
          },
        ],
        pages: 12,
        rowsRead: 11_987,
        notes: [
          { kind: "legacy-instead-of-events" },
          { kind: "legacy-instead-of-events", permission: "Directory.Read.All" },
          { kind: "events-in-the-future", count: 2 },
        ],
      };

      await store.snapshots.save(source, saved);

      const { summaries, ...about } = saved;
      expect(await latest(source, "D7")).toEqual({ ...about, ...summaries[0] });
    });

    test("keeps names that nobody knows yet as they are", async () => {
      const source = newSource();
      const names = [
        "Ünbekannt 🔑",
        `'); DROP TABLE x; --`,
        '"\\u0041\\',
        "__proto__",
        "",
        "a\nb\t",
        "\ufffd",
      ];
      const rows = names.map((method) => ({ feature: method, method, successes: 1, failures: 2 }));

      await store.snapshots.save(source, {
        ...reading(0),
        summaries: [{ period: "D1", from: READ_AT, to: READ_AT, rows }],
      });

      expect((await latest(source))?.rows).toEqual(rows);
    });

    test("tells a reading without rows from no reading", async () => {
      const source = newSource();
      const before = await latest(source);

      await store.snapshots.save(source, {
        ...reading(0),
        summaries: [{ period: "D1", from: READ_AT, to: READ_AT, rows: [] }],
      });

      expect(before).toBeUndefined();
      expect((await latest(source))?.rows).toEqual([]);
    });

    test("keeps tenants, Graph hosts, periods and readers apart", async () => {
      const source = newSource();
      await store.snapshots.save(source, reading(1));

      const others = await Promise.all([
        latest({ ...source, tenantId: newTenant() }),
        latest({ ...source, graphHost: "127.0.0.1:4000" }),
        latest(source, "D7"),
        store.snapshots.latest(source, "D1", ["activity", "legacy"]),
        store.snapshots.latest(source, "D1", []),
      ]);

      expect(others).toEqual([undefined, undefined, undefined, undefined, undefined]);
      expect(await latest(source)).toMatchObject({ pages: 1 });
    });

    test("replaces every period of a reading by a newer one", async () => {
      const source = newSource();
      await store.snapshots.save(source, readingOfAllPeriods(1));

      await store.snapshots.save(source, readingOfAllPeriods(2, { readAt: LATER }));

      const found = await Promise.all(PERIODS.map((period) => latest(source, period)));
      expect(found.map((snapshot) => [snapshot?.pages, snapshot?.rows[0]?.successes])).toEqual([
        [2, 2],
        [2, 2],
        [2, 2],
      ]);
    });

    test("does not let a reading that began earlier replace a newer one", async () => {
      const source = newSource();
      await store.snapshots.save(source, reading(2, { readAt: LATER }));

      await store.snapshots.save(source, reading(1));

      expect(await latest(source)).toMatchObject({ readAt: LATER, pages: 2 });
    });

    test("answers with the newest among the readers asked for", async () => {
      const source = newSource();
      await store.snapshots.save(source, reading(1, { reader: "activity" }));
      await store.snapshots.save(source, reading(2, { reader: "legacy", readAt: LATER }));

      const ofBoth = await store.snapshots.latest(source, "D1", ["activity", "legacy"]);
      const ofOne = await store.snapshots.latest(source, "D1", ["activity", "events"]);

      expect(ofBoth).toMatchObject({ reader: "legacy", pages: 2 });
      expect(ofOne).toMatchObject({ reader: "activity", pages: 1 });
    });

    test("ends with the newest of many readings that are saved at once", async () => {
      const source = newSource();
      const counts = [3, 9, 1, 7, 10, 2, 8, 4, 6, 5];

      await Promise.all(
        counts.map((count) =>
          store.snapshots.save(
            source,
            readingOfAllPeriods(count, { readAt: new Date(READ_AT.getTime() + count) }),
          ),
        ),
      );

      const found = await Promise.all(PERIODS.map((period) => latest(source, period)));
      expect(found.map((snapshot) => snapshot?.pages)).toEqual([10, 10, 10]);
    });

    test("saves all of a reading or nothing", async () => {
      const source = newSource();
      const whole = readingOfAllPeriods(1);
      // The database cannot hold a zero character; by then the first period has been written.
      const refused = { feature: "reset", method: "a\u0000b", successes: 1, failures: 1 };
      const summaries = whole.summaries.map((summary) =>
        summary.period === "D30" ? { ...summary, rows: [refused] } : summary,
      );

      const saving = store.snapshots.save(source, { ...whole, summaries });

      await expect(saving).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
      expect(await Promise.all(PERIODS.map((period) => latest(source, period)))).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    test.each([Number.NaN, -1, 1.5, Number.MAX_SAFE_INTEGER + 1])(
      "refuses to store the count %d",
      async (successes) => {
        const source = newSource();
        const rows = [{ feature: "reset", method: "email", successes, failures: 0 }];

        const saving = store.snapshots.save(source, {
          ...reading(1),
          summaries: [{ period: "D1", from: READ_AT, to: READ_AT, rows }],
        });

        await expect(saving).rejects.toThrow();
        expect(await latest(source)).toBeUndefined();
      },
    );

    test("answers as a list of all readings would, whatever was saved in whatever order", async () => {
      const saves = fc.array(
        fc.record({
          reader: fc.constantFrom(...READER_IDS),
          offset: fc.integer({ min: 0, max: 5 }),
          count: fc.nat(99),
        }),
        { maxLength: 8 },
      );

      await fc.assert(
        fc.asyncProperty(saves, fc.subarray([...READER_IDS]), async (made, asked) => {
          const source = newSource();
          for (const { reader, offset, count } of made) {
            await store.snapshots.save(
              source,
              reading(count, { reader, readAt: new Date(READ_AT.getTime() + offset) }),
            );
          }

          const found = await store.snapshots.latest(source, "D1", asked);

          const candidates = made.filter(({ reader }) => asked.includes(reader)).map(({ offset }) => offset);
          const newest = candidates.length > 0 ? READ_AT.getTime() + Math.max(...candidates) : undefined;
          expect(found?.readAt.getTime()).toBe(newest);
        }),
        { numRuns: 40 },
      );
    });

    collectionsContract(() => store);
    usageHistoryContract(() => store);
    lateEventsContract(() => store);
    foldingContract(() => store);
    peopleContract(() => store);
    daysContract(() => store);
    peopleHistoryContract(() => store);
    placesContract(() => store);
    auditContract(() => store);
    retentionContract(() => store);
    secretContract(() => store);

    test("refuses every call after it was closed, but no second close", async () => {
      await store.close();

      const calls = [
        store.snapshots.latest(newSource(), "D1", READER_IDS),
        store.snapshots.save(newSource(), reading(1)),
        store.snapshots.sums(newSource(), READ_AT, LATER),
        store.snapshots.covered(newSource()),
        store.snapshots.spans(newSource()),
        store.people.save(newSource(), peopleReading(1)),
        store.people.latest(newSource(), ["details"]),
        store.peopleHistory.daily(newSource(), ["details"], READ_AT, LATER),
        store.places.welcomeOnce(newTenant(), "a:1", READ_AT),
        store.places.tellOnce(newTenant(), { conversationId: "a:1" }, "readers", READ_AT),
        store.places.removed(newTenant(), "a:1", READ_AT),
        store.places.returned(newTenant(), "a:1"),
        store.audit.record(auditEntry()),
        store.audit.since(newTenant(), READ_AT, 1),
        store.retention.purge(limits(newTenant())),
        store.folding.fold({ tenantId: newTenant(), now: READ_AT, splitHours: async () => new Set() }),
        store.retention.forget(newTenant(), newUser()),
        store.secret(newTenant(), "page-links"),
      ];

      const outcomes = await Promise.allSettled(calls);
      const refused = { status: "rejected", reason: { code: "STORE-UNAVAILABLE" } };
      expect(outcomes).toMatchObject(calls.map(() => refused));
      await expect(store.close()).resolves.toBeUndefined();
    });
  });
}
