import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { createQuota, type Quota } from "../../src/graph/quota.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { Departure, Lane, QuotaLedger, QuotaRecord } from "../../src/ports/quota.ts";
import type { UsageSource } from "../../src/ports/usage.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { newSource } from "./readings.ts";

const WINDOW = 400;
const nobody = (): AbortSignal => new AbortController().signal;

test("the embedded database shares no quota, as it has one process", async () => {
  const store = await createStore(await openPglite("memory"));
  onTestFinished(() => store.close());

  expect(store.quotaLedger).toBeUndefined();
});

describeOnPostgres("Graph's quota on PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  let url: string;
  let source: UsageSource;
  let left: Departure[];
  beforeEach(async () => {
    url = await server.database();
    source = newSource();
    left = [];
  });

  async function openStore(): Promise<Store> {
    const store = await createStore(await openPostgres(url));
    onTestFinished(() => store.close());
    return store;
  }

  /** Notes each departure by the clock of the server. */
  function noting({ quotaLedger }: Store): QuotaLedger {
    const ledger = quotaLedger?.(source);
    if (!ledger) {
      throw new Error("a server has a ledger");
    }
    return {
      change: (step) =>
        ledger.change((record, now) => {
          const next = step(record, now);
          const sameMoment = record.departures.filter(({ at }) => at === now).length;
          left.push(...next.record.departures.filter(({ at }) => at === now).slice(sameMoment));
          return next;
        }),
    };
  }

  /** One of several processes on the same database. */
  async function replica(quotaWindow = WINDOW): Promise<Quota> {
    const ledger = noting(await openStore());
    return createQuota({ timings: { quotaWindow, retryCap: 60_000 }, clock: systemClock, ledger });
  }

  const enter = (quota: Quota, lane: Lane, times: number): Promise<unknown> =>
    Promise.all(Array.from({ length: times }, () => quota.enter(lane, nobody(), () => undefined)));

  function mostInWindow(): number {
    const at = left.map((departure) => departure.at);
    return Math.max(...at.map((begin) => at.filter((time) => time >= begin && time < begin + WINDOW).length));
  }

  test("holds for all replicas together, whoever asks", async () => {
    const [one, other] = [await replica(), await replica()];

    await Promise.all([
      ...[enter(one, "collection", 7), enter(other, "collection", 7)],
      ...[enter(one, "person", 4), enter(other, "person", 4)],
    ]);

    expect(left).toHaveLength(22);
    expect(mostInWindow()).toBe(5);
  });

  test("leaves the next slot to a person of another replica", async () => {
    const [one, other] = [await replica(1_500), await replica(1_500)];
    await enter(one, "collection", 4);
    await enter(one, "person", 1);

    const collecting = enter(one, "collection", 2);
    await enter(other, "person", 1);
    await collecting;

    expect(left.slice(5).map(({ lane }) => lane)).toEqual(["person", "collection", "collection"]);
  });

  test("is of one tenant: another one has its own", async () => {
    const one = await replica(600_000);
    await enter(one, "person", 5);
    source = newSource();
    const other = await replica(600_000);

    await enter(other, "person", 5);

    expect(left).toHaveLength(10);
  });

  test("lets nobody go while Graph wants silence from one of them", async () => {
    const [one, other] = [await replica(), await replica()];
    const told: Date[] = [];
    await one.pause(new Date(Date.now() + 700));
    const pausedUntil = await readingRecord(({ pausedUntil: until }) => until);

    await Promise.all([
      other.enter("person", nobody(), (until) => told.push(until)),
      other.enter("collection", nobody(), () => undefined),
      one.enter("person", nobody(), (until) => told.push(until)),
    ]);

    expect(told).toHaveLength(2);
    expect(left).toHaveLength(3);
    expect(Math.min(...left.map(({ at }) => at))).toBeGreaterThanOrEqual(pausedUntil ?? Number.NaN);
  });

  test("refuses at once what another replica knows to be silenced for long", async () => {
    const [one, other] = [await replica(), await replica()];
    await one.pause(new Date(Date.now() + 3_000_000));

    const entering = enter(other, "collection", 3);

    await expect(entering).rejects.toMatchObject({ code: "GRAPH-THROTTLED" });
    expect(left).toEqual([]);
  });

  test("lets nothing go while the server is away, and goes on afterwards", async () => {
    const one = await replica(600_000);
    await enter(one, "person", 3);

    await server.halt();
    const meanwhile = enter(one, "person", 1);
    await expect(meanwhile).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
    await server.start();
    await enter(one, "person", 2);

    expect(await readingRecord(({ departures }) => departures)).toHaveLength(5);
  });

  test("lets nothing go where the row says what nobody wrote", async () => {
    const one = await replica();
    await enter(one, "person", 1);
    const database = await openPostgres(url);
    onTestFinished(() => database.close());
    await database.query(`UPDATE authpulse.graph_quota SET record = '{"departures": 5}'`);

    const entering = enter(one, "person", 1);

    await expect(entering).rejects.toMatchObject({
      code: "STORE-UNAVAILABLE",
      facts: { detail: expect.stringContaining("quota of Microsoft Graph cannot be read") },
    });
  });

  async function readingRecord<T>(read: (record: QuotaRecord) => T): Promise<T | undefined> {
    const ledger = (await openStore()).quotaLedger?.(source);
    return ledger?.change((record) => ({ record, result: read(record) }));
  }
});
