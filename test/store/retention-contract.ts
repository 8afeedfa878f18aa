import { describe, expect, test } from "vitest";
import type { TenantId } from "../../src/kernel/ids.ts";
import type { Delivery, Subscription } from "../../src/ports/digest.ts";
import type { PurgeLimits } from "../../src/ports/retention.ts";
import type { UsageSource } from "../../src/ports/usage.ts";
import type { Store } from "../../src/store/store.ts";
import { begin } from "../digest/ledger.ts";
import { newSubscription, newUser, weeklyOf } from "../digest/subscriptions.ts";
import { auditEntry } from "./audit-contract.ts";
import { newSource, newTenant, reading } from "./readings.ts";

const QUARTER = 15 * 60_000;
/** Before it all is old. */
const CUT = new Date("2026-11-18T00:00:00.000Z");
const LONG_AGO = new Date(0);

function at(milliseconds: number): Date {
  return new Date(CUT.getTime() + milliseconds);
}

/** Limits by which nothing is old, but for what is said. */
export function limits(tenantId: TenantId, changes: Partial<PurgeLimits> = {}): PurgeLimits {
  return { tenantId, historyBefore: LONG_AGO, auditBefore: LONG_AGO, removedBefore: LONG_AGO, ...changes };
}

/** What every store must do about data that is old, or of a person who must be forgotten. */
export function retentionContract(store: () => Store): void {
  const purge = (tenantId: TenantId, changes: Partial<PurgeLimits>) =>
    store().retention.purge(limits(tenantId, changes));
  const nothing = { cells: 0, deliveries: 0, audit: 0, places: 0 };

  /** One failure in every quarter from one to another, counted from the cut. */
  async function saveQuarters(source: UsageSource, from: number, to: number): Promise<void> {
    const cells = Array.from({ length: to - from }, (_, index) => ({
      quarter: at((from + index) * QUARTER),
      feature: "reset",
      method: "sms",
      isSuccess: false,
      reason: "other",
      count: 1,
    }));
    const history = { from: at(from * QUARTER), to: at(to * QUARTER), cells };
    await store().snapshots.save(source, reading(1, { readAt: at(to * QUARTER), history }));
  }
  const tries = async (source: UsageSource) =>
    (await store().snapshots.sums(source, LONG_AGO, at(10_000 * QUARTER)))[0]?.count ?? 0;

  async function subscribed(changes: Partial<Subscription> = {}): Promise<Subscription> {
    const subscription = newSubscription({ state: { kind: "suspended", reason: "removed" }, ...changes });
    await store().subscriptions.put(subscription);
    await begin(store().deliveries, weeklyOf(subscription));
    return subscription;
  }
  const stored = ({ tenantId, address }: Subscription) =>
    store().subscriptions.get(tenantId, address.conversationId);
  const deliveries = ({ tenantId, address }: Subscription): Promise<readonly Delivery[]> =>
    store().deliveries.last(tenantId, address.conversationId, 10);

  describe("a purge", () => {
    test("deletes old quarters of all hosts, and no longer says that they are covered", async () => {
      const source = newSource();
      const usGov = { ...source, graphHost: "graph.microsoft.us" };
      await saveQuarters(source, -3, 5);
      await saveQuarters(usGov, -1, 2);

      const purged = await purge(source.tenantId, { historyBefore: CUT });

      expect(purged).toEqual({ ...nothing, cells: 4 });
      expect([await tries(source), await tries(usGov)]).toEqual([5, 2]);
      expect(await store().snapshots.covered(source)).toMatchObject({ from: CUT, to: at(5 * QUARTER) });
    });

    test("keeps the quarter that the limit falls into", async () => {
      const source = newSource();
      await saveQuarters(source, -2, 2);

      const purged = await purge(source.tenantId, { historyBefore: at(QUARTER - 1) });

      expect(purged.cells).toBe(2);
      expect(await store().snapshots.covered(source)).toMatchObject({ from: CUT });
    });

    test("leaves what is covered later as it is", async () => {
      const source = newSource();
      await saveQuarters(source, 3, 5);

      expect(await purge(source.tenantId, { historyBefore: CUT })).toEqual(nothing);
      expect(await store().snapshots.covered(source)).toMatchObject({ from: at(3 * QUARTER) });
    });

    test("leaves nothing covered where all is old", async () => {
      const source = newSource();
      await saveQuarters(source, -4, 0);

      await purge(source.tenantId, { historyBefore: CUT });

      expect(await store().snapshots.covered(source)).toBeUndefined();
      expect(await tries(source)).toBe(0);
    });

    test("deletes more than one batch of everything, and leaves other tenants alone", async () => {
      const source = newSource();
      const other = newSource();
      await saveQuarters(source, -2_100, 1);
      await saveQuarters(other, -1, 1);

      const purged = await purge(source.tenantId, { historyBefore: CUT });

      expect(purged.cells).toBe(2_100);
      expect([await tries(source), await tries(other)]).toEqual([1, 2]);
    });

    test("gives the event loop a turn between two batches", async () => {
      const source = newSource();
      await saveQuarters(source, -2_100, 1);
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 0);

      await purge(source.tenantId, { historyBefore: CUT }).finally(() => clearInterval(timer));

      expect(turns).toBeGreaterThan(0);
    });

    test("ends with the reason of its signal", async () => {
      const source = newSource();
      await saveQuarters(source, -1, 1);
      const signal = AbortSignal.abort(new Error("the bot stops"));

      await expect(purge(source.tenantId, { historyBefore: CUT, signal })).rejects.toThrow("the bot stops");
    });

    test("deletes digests that were due long ago", async () => {
      const one = newSubscription();
      const old = weeklyOf(one, { week: "2026-W44", dueAt: at(-1) });
      const kept = weeklyOf(one, { dueAt: CUT });
      for (const delivery of [old, kept]) {
        await begin(store().deliveries, delivery);
      }

      const purged = await purge(one.tenantId, { historyBefore: CUT });

      expect(purged).toEqual({ ...nothing, deliveries: 1 });
      expect(await deliveries(one)).toEqual([kept]);
    });

    test("deletes old lines of the audit", async () => {
      const old = auditEntry({ at: at(-1) });
      const kept = auditEntry({ tenantId: old.tenantId, at: CUT });
      const others = auditEntry({ at: at(-1) });
      for (const entry of [old, kept, others]) {
        await store().audit.record(entry);
      }

      const purged = await purge(old.tenantId, { auditBefore: CUT });

      expect(purged).toEqual({ ...nothing, audit: 1 });
      expect(await store().audit.since(old.tenantId, LONG_AGO, 9)).toEqual([kept]);
      expect(await store().audit.since(others.tenantId, LONG_AGO, 9)).toEqual([others]);
    });

    test("deletes all of a place that was removed long ago, and nothing of others", async () => {
      const { places } = store();
      const gone = await subscribed();
      const { tenantId, address } = gone;
      const kept = await subscribed({ tenantId });
      const elsewhere = await subscribed({ address });
      await places.tellOnce(tenantId, address, "readers", CUT);
      await places.removed(tenantId, address.conversationId, at(-1));
      await places.removed(tenantId, kept.address.conversationId, CUT);

      const purged = await purge(tenantId, { removedBefore: CUT });

      expect(purged).toEqual({ ...nothing, places: 1 });
      expect([await stored(gone), await deliveries(gone)]).toEqual([undefined, []]);
      expect(await places.tellOnce(tenantId, address, "readers", CUT)).toBe(true);
      expect([await stored(kept), await stored(elsewhere)]).toEqual([kept, elsewhere]);
      expect([await deliveries(kept), await deliveries(elsewhere)]).toMatchObject([[{}], [{}]]);
      expect(await purge(tenantId, { removedBefore: CUT })).toEqual(nothing);
    });

    test("takes a removed team for all of its channels", async () => {
      const { places } = store();
      const teamId = "19:other@thread.tacv2";
      const one = await subscribed();
      const { tenantId } = one;
      const two = await subscribed({ tenantId });
      const stays = await subscribed({ tenantId, address: { ...one.address, conversationId: "c", teamId } });
      const unsubscribed = await subscribed({ tenantId, address: { ...one.address, conversationId: "u" } });
      await places.tellOnce(tenantId, unsubscribed.address, "readers", CUT);
      await store().subscriptions.remove(tenantId, "u");
      await places.removed(tenantId, "19:team@thread.tacv2", at(-1));

      const purged = await purge(tenantId, { removedBefore: CUT });

      expect(purged.places).toBe(1);
      expect([await stored(one), await stored(two)]).toEqual([undefined, undefined]);
      expect([await deliveries(one), await deliveries(two), await deliveries(unsubscribed)]).toEqual([
        [],
        [],
        [],
      ]);
      expect(await places.tellOnce(tenantId, unsubscribed.address, "readers", CUT)).toBe(true);
      expect([await stored(stays), await deliveries(stays)]).toMatchObject([stays, [{}]]);
    });

    test("keeps a place where the bot is back, also when Teams never told of it", async () => {
      const { places } = store();
      const back = await subscribed({ state: { kind: "paused" } });
      const { tenantId } = back;
      const silently = await subscribed({ tenantId, state: { kind: "active" } });
      await places.removed(tenantId, back.address.conversationId, at(-2));
      await places.removed(tenantId, "19:team@thread.tacv2", at(-1));

      await places.returned(tenantId, back.address.conversationId);

      expect(await purge(tenantId, { removedBefore: CUT })).toEqual(nothing);
      expect([await stored(back), await stored(silently)]).toEqual([back, silently]);
    });

    test("counts from the newest removal", async () => {
      const { tenantId, address } = await subscribed();
      await store().places.removed(tenantId, address.conversationId, at(-1));
      await store().places.removed(tenantId, address.conversationId, CUT);

      expect(await purge(tenantId, { removedBefore: CUT })).toEqual(nothing);
    });
  });

  describe("a person who is forgotten", () => {
    const personal = (conversationId: string): Subscription["address"] => ({
      serviceUrl: "https://smba.trafficmanager.net/teams/",
      conversationId,
      botId: "28:bot",
      kind: "personal",
    });

    test("leaves digests of others running without a name", async () => {
      const one = await subscribed({ state: { kind: "active" } });
      const { tenantId, setBy = newUser() } = one;
      const others = await subscribed({ tenantId });
      const elsewhere = await subscribed({ setBy });

      const forgotten = await store().retention.forget(tenantId, setBy);

      const { setBy: _setBy, ...nameless } = one;
      expect(forgotten).toEqual({ subscriptions: 1, audit: 0 });
      expect(await stored(one)).toStrictEqual(nameless);
      expect(await deliveries(one)).toHaveLength(1);
      expect([await stored(others), await stored(elsewhere)]).toEqual([others, elsewhere]);
    });

    test("takes along the own chat with its digests", async () => {
      const setBy = newUser();
      const own = await subscribed({ setBy, address: personal("a:1") });
      const { tenantId } = own;
      const colleague = await subscribed({ tenantId, address: personal("a:2") });

      const forgotten = await store().retention.forget(tenantId, setBy);

      expect(forgotten).toEqual({ subscriptions: 1, audit: 0 });
      expect([await stored(own), await deliveries(own)]).toEqual([undefined, []]);
      expect([await stored(colleague), await deliveries(colleague)]).toMatchObject([colleague, [{}]]);
    });

    test("takes along the digests of a chat that was unsubscribed", async () => {
      const who = newUser();
      const own = await subscribed({ setBy: who, address: personal("a:1") });
      const { tenantId } = own;
      await store().subscriptions.remove(tenantId, "a:1");
      await store().audit.record(auditEntry({ tenantId, who, place: "personal", conversationId: "a:1" }));

      await store().retention.forget(tenantId, who);

      expect(await deliveries(own)).toEqual([]);
    });

    test("is in no line of the audit, and all else stays in it", async () => {
      const { audit, retention } = store();
      const person = newUser();
      const tenantId = newTenant();
      const channel = { tenantId, conversationId: "19:place@thread.tacv2" };
      const asked = auditEntry({ ...channel, who: person, target: newUser() });
      const own = auditEntry({ tenantId, who: person, place: "personal", conversationId: "a:1" });
      const lookedUp = auditEntry({ tenantId, target: person, place: "personal", conversationId: "a:2" });
      const others = auditEntry({ ...channel, target: newUser() });
      const elsewhere = auditEntry({ who: person });
      for (const entry of [asked, own, lookedUp, others, elsewhere]) {
        await audit.record(entry);
      }

      const forgotten = await retention.forget(tenantId, person);

      const { conversationId: _chat, ...withoutChat } = own;
      expect(forgotten).toEqual({ subscriptions: 0, audit: 3 });
      expect(await audit.since(tenantId, LONG_AGO, 9)).toStrictEqual([
        others,
        { ...lookedUp, target: "forgotten" },
        { ...withoutChat, who: "forgotten" },
        { ...asked, who: "forgotten" },
      ]);
      expect(await audit.since(elsewhere.tenantId, LONG_AGO, 9)).toEqual([elsewhere]);
      expect(await retention.forget(tenantId, person)).toEqual({ subscriptions: 0, audit: 0 });
    });
  });
}
