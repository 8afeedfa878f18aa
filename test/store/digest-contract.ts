import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Delivery, DigestNumbers, Subscription } from "../../src/ports/digest.ts";
import type { Store } from "../../src/store/store.ts";
import { begin, by, HOLDER, LEASE } from "../digest/ledger.ts";
import { DUE, NUMBERS, newSubscription, type newUser, weeklyOf } from "../digest/subscriptions.ts";
import { newTenant } from "./readings.ts";

const BEYOND = new Date("2027-06-01T00:00:00Z");
const LATER = new Date(DUE.getTime() + 1);

/** What every store must do with subscriptions and deliveries, whatever database is under it. `open` is called once. */
export function digestContract(name: string, kind: "embedded" | "server", open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    async function stored(changes: Partial<Subscription> = {}): Promise<Subscription> {
      const subscription = newSubscription(changes);
      await store.subscriptions.put(subscription);
      return subscription;
    }
    const found = ({ tenantId, address }: Subscription): Promise<Subscription | undefined> =>
      store.subscriptions.get(tenantId, address.conversationId);
    const due = async (tenantId: Subscription["tenantId"], now: Date): Promise<readonly Subscription[]> =>
      (await store.subscriptions.due(tenantId, now, BEYOND)).subscriptions;
    const ofWeek = ({ tenantId, conversationId, week }: Delivery): Promise<readonly Delivery[]> =>
      store.deliveries.ofWeek(tenantId, conversationId, week);

    describe("subscriptions", () => {
      test.each<Partial<Subscription>>([
        {},
        { state: { kind: "paused" }, extras: [] },
        { state: { kind: "paused", until: LATER } },
        { state: { kind: "suspended", reason: "removed" } },
        { state: { kind: "suspended", reason: "blocked" } },
        { state: { kind: "suspended", reason: "gone" } },
        { schedule: { day: 7, time: "00:05", timeZone: "Asia/Kathmandu" }, locale: "de" },
      ])("come back as they were put (%#)", async (changes) => {
        const subscription = await stored(changes);

        expect(await found(subscription)).toEqual(subscription);
      });

      test("of a chat come back without a team", async () => {
        const address = { serviceUrl: "http://127.0.0.1/", conversationId: "a:1", botId: "28:b" };
        const subscription = await stored({ address: { ...address, kind: "personal" } });

        expect(await found(subscription)).toStrictEqual(subscription);
      });

      test("of somebody who was forgotten come back without a name", async () => {
        const { setBy: _setBy, ...nameless } = newSubscription();

        await store.subscriptions.put(nameless);

        expect(await found(nameless)).toStrictEqual(nameless);
      });

      test("are one a place: a new one replaces all of the old one", async () => {
        const first = await stored({ state: { kind: "paused", until: DUE } });
        const second: Subscription = {
          ...newSubscription({ tenantId: first.tenantId, nextDue: LATER, setAt: LATER, extras: [] }),
          address: {
            serviceUrl: "https://x/",
            conversationId: first.address.conversationId,
            botId: "28:x",
            kind: "groupChat",
          },
          schedule: { day: 5, time: "09:30", timeZone: "UTC" },
        };

        await store.subscriptions.put(second);

        expect(await found(first)).toStrictEqual(second);
        expect(await due(first.tenantId, LATER)).toHaveLength(1);
      });

      test("of another tenant are never seen, changed or removed", async () => {
        const subscription = await stored();
        const { conversationId, teamId = "" } = subscription.address;
        const other = newTenant();

        await store.subscriptions.remove(other, conversationId);

        expect(await store.subscriptions.get(other, conversationId)).toBeUndefined();
        expect(await store.subscriptions.ofTeam(other, teamId)).toEqual([]);
        expect(await due(other, LATER)).toEqual([]);
        expect(await store.subscriptions.change(other, conversationId, (own) => own)).toBeUndefined();
        expect(await found(subscription)).toEqual(subscription);
      });

      test("are removed", async () => {
        const subscription = await stored();

        await store.subscriptions.remove(subscription.tenantId, subscription.address.conversationId);

        expect(await found(subscription)).toBeUndefined();
      });

      test("are found by their team", async () => {
        const one = await stored();
        const two = await stored({ tenantId: one.tenantId });
        await stored({
          tenantId: one.tenantId,
          address: { ...one.address, conversationId: "x", teamId: "y" },
        });

        const ofTeam = await store.subscriptions.ofTeam(one.tenantId, "19:team@thread.tacv2");

        expect(new Set(ofTeam)).toEqual(new Set([one, two]));
      });

      test("are due from their very moment on, the oldest first, and pauses when they are over", async () => {
        const tenantId = newTenant();
        const at = (minutes: number): Date => new Date(DUE.getTime() + minutes * 60_000);
        const active = await stored({ tenantId, nextDue: at(0) });
        const older = await stored({ tenantId, nextDue: at(-5) });
        const over = await stored({ tenantId, nextDue: at(60), state: { kind: "paused", until: at(0) } });
        await stored({ tenantId, nextDue: at(1) });
        await stored({ tenantId, nextDue: at(-9), state: { kind: "paused" } });
        await stored({ tenantId, nextDue: at(-9), state: { kind: "paused", until: at(1) } });
        await stored({ tenantId, nextDue: at(-9), state: { kind: "suspended", reason: "blocked" } });

        expect(await due(tenantId, at(0))).toEqual([older, active, over]);
        expect(await due(tenantId, at(-10))).toEqual([]);
      });

      test("lose no change when many are made at once", async () => {
        const subscription = await stored({ nextDue: new Date(0) });
        const { tenantId, address } = subscription;

        await Promise.all(
          Array.from({ length: 20 }, () =>
            store.subscriptions.change(tenantId, address.conversationId, (one) => ({
              ...one,
              nextDue: new Date(one.nextDue.getTime() + 1),
            })),
          ),
        );

        expect(await found(subscription)).toEqual({ ...subscription, nextDue: new Date(20) });
      });

      test("stay as they are when a change fails", async () => {
        const subscription = await stored();
        const { tenantId, address } = subscription;

        const changing = store.subscriptions.change(tenantId, address.conversationId, () => {
          throw new Error("no");
        });

        await expect(changing).rejects.toThrow();
        expect(await found(subscription)).toEqual(subscription);
      });

      test("that nobody could have written are refused instead of shown", async () => {
        const broken = await stored({ setBy: "nobody" as ReturnType<typeof newUser> });

        await expect(found(broken)).rejects.toMatchObject({
          code: "STORE-UNAVAILABLE",
          facts: { detail: expect.stringContaining("set_by") },
        });
      });

      test("that are unreadable keep no other from being due", async () => {
        const broken = await stored({ setBy: "nobody" as ReturnType<typeof newUser> });
        const whole = await stored({ tenantId: broken.tenantId });

        const page = await store.subscriptions.due(broken.tenantId, LATER, BEYOND);
        const standings = await store.subscriptions.standings(broken.tenantId);

        expect(page.subscriptions).toEqual([whole]);
        expect(page.unreadable).toMatchObject([{ code: "STORE-UNAVAILABLE" }]);
        expect(standings).toEqual({ places: [{ subscription: whole }], unreadable: 1 });
      });

      test("come page by page, each once", async () => {
        const tenantId = newTenant();
        for (let index = 0; index < 101; index += 1) {
          await stored({ tenantId, nextDue: new Date(DUE.getTime() - (index % 3)) });
        }

        const first = await store.subscriptions.due(tenantId, DUE, BEYOND);
        const second = await store.subscriptions.due(tenantId, DUE, BEYOND, first.after);

        const all = [...first.subscriptions, ...second.subscriptions];
        expect([first.subscriptions.length, second.subscriptions.length, second.after]).toEqual([
          100,
          1,
          undefined,
        ]);
        expect(new Set(all.map(({ address }) => address.conversationId)).size).toBe(101);
      });

      test("further off than any schedule are found, too", async () => {
        const far = await stored({ nextDue: new Date(BEYOND.getTime() + 1) });

        expect(await due(far.tenantId, DUE)).toEqual([far]);
      });

      test("stand with what became of their last digest", async () => {
        const subscription = await stored();
        const { numbers: _numbers, ...last } = weeklyOf(subscription, {
          state: "failed",
          reason: "Throttled",
        });
        await begin(store.deliveries, weeklyOf(subscription, { week: "2026-W45", startedAt: new Date(0) }));
        await begin(store.deliveries, weeklyOf(subscription));
        await store.deliveries.end({ ...weeklyOf(subscription), ...last, endedAt: LATER }, HOLDER);

        expect(await store.subscriptions.standings(subscription.tenantId)).toEqual({
          places: [{ subscription, last: { ...last, endedAt: LATER } }],
          unreadable: 0,
        });
      });
    });

    describe("the next run", () => {
      test("moves on from the one that was run", async () => {
        const ran = newSubscription();
        await store.subscriptions.put(ran);

        const moved = await store.subscriptions.moveOn(ran, LATER);

        expect(moved).toEqual({ ...ran, nextDue: LATER });
        expect(await store.subscriptions.get(ran.tenantId, ran.address.conversationId)).toEqual(moved);
      });

      test.each<[string, (ran: Subscription) => Subscription]>([
        ["another run", (ran) => ({ ...ran, nextDue: new Date(ran.nextDue.getTime() + 2) })],
        ["another day", (ran) => ({ ...ran, schedule: { ...ran.schedule, day: 6 } })],
        ["another time", (ran) => ({ ...ran, schedule: { ...ran.schedule, time: "07:07" } })],
        ["another zone", (ran) => ({ ...ran, schedule: { ...ran.schedule, timeZone: "Asia/Tokyo" } })],
      ])("stays where somebody has given it %s", async (_what, change) => {
        const ran = newSubscription();
        await store.subscriptions.put(change(ran));

        expect(await store.subscriptions.moveOn(ran, LATER)).toBeUndefined();
        expect(await store.subscriptions.get(ran.tenantId, ran.address.conversationId)).toEqual(change(ran));
      });

      test("of a place that is gone does not come back", async () => {
        const ran = newSubscription();

        expect(await store.subscriptions.moveOn(ran, LATER)).toBeUndefined();
        expect(await store.subscriptions.get(ran.tenantId, ran.address.conversationId)).toBeUndefined();
      });
    });

    describe("the pace", () => {
      test("gives departures that are so far apart, each lane its own, however many ask at once", async () => {
        const tenantId = newTenant();
        const take = (lane: string): Promise<number> => store.pace.take(tenantId, lane, 10_000);

        const waits = await Promise.all([take("a"), take("a"), take("a")]);
        const other = await take("b");

        const rounded = waits.map((wait) => Math.ceil(wait / 10_000)).sort();
        expect(rounded).toEqual([0, 1, 2]);
        expect(other).toBe(0);
      });
    });

    describe("deliveries", () => {
      const tries = {
        reader: "events",
        readAt: "2026-11-17T11:59:30.000Z",
        week: {
          rows: [{ feature: "reset", method: "Ünbekannt 🔑", successes: 612, failures: 144 }],
          resetFailures: [{ reason: `'); DROP TABLE "x"; --`, count: 71 }],
          covered: true,
        },
        before: { rows: [], resetFailures: [], covered: false },
      } as const;
      const counts = {
        people: 50,
        inScope: 40,
        capable: 30,
        mfaRegistered: 45,
        passwordless: 12,
        phoneOnly: 3,
        leftOut: { guests: 1, serviceAccounts: 2, otherTypes: 3 },
      };
      const { mfaRegistered: _, phoneOnly: __, ...fewer } = counts;
      const excluding = { ...fewer, leftOut: { ...counts.leftOut, excludedGroups: 4 } };
      const printed = { week: "2026-W45", rows: tries.week.rows, people: counts };

      test.each<DigestNumbers>([
        NUMBERS,
        { ...NUMBERS, tries },
        { ...NUMBERS, people: { readAt: "2026-11-17T11:00:00.000Z", counts } },
        { ...NUMBERS, people: { readAt: "2026-11-17T11:00:00.000Z", counts: excluding } },
        {
          ...NUMBERS,
          people: {
            readAt: "2026-11-17T11:00:00.000Z",
            counts,
            phoneUsers: { people: 30, withStrong: 9 },
          },
        },
        { ...NUMBERS, printed: { week: "2026-W45" } },
        { ...NUMBERS, resets: { selfService: 321, byAdmins: 0, mayGrow: true } },
        { ...NUMBERS, tries, people: { readAt: "2026-11-17T11:00:00.000Z", counts }, printed },
      ])("come back with the numbers that were frozen (%#)", async (numbers) => {
        const delivery = weeklyOf(newSubscription(), { numbers });

        await begin(store.deliveries, delivery);

        expect(await ofWeek(delivery)).toStrictEqual([delivery]);
      });

      test("come back with their outcome", async () => {
        const delivery = weeklyOf(newSubscription());
        const ended: Delivery = {
          ...delivery,
          state: "delivered",
          endedAt: LATER,
          activityId: "1700000000000",
        };
        await begin(store.deliveries, delivery);

        await store.deliveries.end(ended, HOLDER);

        expect(await ofWeek(delivery)).toStrictEqual([ended]);
      });

      test("that were missed come back without numbers", async () => {
        const { numbers: _none, ...delivery } = weeklyOf(newSubscription(), {
          state: "missed",
          attempts: 0,
          endedAt: LATER,
          reason: "late",
        });

        await begin(store.deliveries, delivery);

        expect(await ofWeek(delivery)).toStrictEqual([delivery]);
      });

      test("begin once a place and week, however many begin at once", async () => {
        const subscription = newSubscription();

        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            begin(store.deliveries, weeklyOf(subscription, { startedAt: new Date(index) })),
          ),
        );

        expect(answers.filter(Boolean)).toEqual([true]);
      });

      test.each(["delivered", "failed", "unknown", "missed"] as const)(
        "do not begin again when the week's one is %s",
        async (state) => {
          const delivery = weeklyOf(newSubscription());
          await begin(store.deliveries, delivery);
          await store.deliveries.end({ ...delivery, state }, HOLDER);

          expect(await begin(store.deliveries, { ...delivery, startedAt: LATER })).toBe(false);
          expect(await ofWeek(delivery)).toStrictEqual([{ ...delivery, state }]);
        },
      );

      test("begin in other weeks, places and tenants, and as extras", async () => {
        const subscription = newSubscription();
        const delivery = weeklyOf(subscription);
        await begin(store.deliveries, delivery);

        const others: readonly Delivery[] = [
          { ...delivery, week: "2026-W47" },
          { ...delivery, conversationId: "19:other@thread.tacv2" },
          { ...delivery, tenantId: newTenant() },
          { ...delivery, kind: "extra" },
          { ...delivery, kind: "extra", startedAt: LATER },
        ];

        expect(await Promise.all(others.map((other) => begin(store.deliveries, other)))).toEqual([
          true,
          true,
          true,
          true,
          true,
        ]);
        expect(await ofWeek(delivery)).toHaveLength(3);
      });

      test("have one outcome: a second one is refused, and one of what was not begun", async () => {
        const delivery = weeklyOf(newSubscription());
        await begin(store.deliveries, delivery);
        await store.deliveries.end({ ...delivery, state: "delivered" }, HOLDER);

        const ends = await Promise.allSettled([
          store.deliveries.end({ ...delivery, state: "failed", reason: "Throttled" }, HOLDER),
          store.deliveries.end(weeklyOf(newSubscription()), HOLDER),
        ]);

        const refused = { status: "rejected", reason: { code: "INTERNAL" } };
        expect(ends).toMatchObject([refused, refused]);
        expect(await ofWeek(delivery)).toStrictEqual([{ ...delivery, state: "delivered" }]);
      });

      test("begin without an id of Teams, and come back so", async () => {
        const delivery = weeklyOf(newSubscription());
        await begin(store.deliveries, delivery);

        await store.deliveries.end({ ...delivery, state: "delivered", endedAt: LATER }, HOLDER);

        expect(await ofWeek(delivery)).toStrictEqual([{ ...delivery, state: "delivered", endedAt: LATER }]);
      });

      test("that were claimed are nobody else's, until they are handed back", async () => {
        const delivery = weeklyOf(newSubscription());
        const { tenantId } = delivery;
        const first = await store.deliveries.claimSlot(delivery, by(DUE));

        const again = await store.deliveries.claimSlot(delivery, by(LATER));
        await store.deliveries.release({ ...delivery, startedAt: DUE }, HOLDER);
        const other = await store.deliveries.claimSlot(delivery, by(LATER, "another process"));

        const row = { tenantId, state: "claimed", attempts: 0, startedAt: DUE };
        expect(first).toMatchObject({ kind: "claimed", delivery: row });
        expect(again).toEqual({ kind: "held" });
        expect(other).toMatchObject({ kind: "claimed", delivery: row });
      });

      test("whose holder lost them are neither posted, ended nor removed by it", async () => {
        const delivery = weeklyOf(newSubscription(), { startedAt: DUE });
        await store.deliveries.claimSlot(delivery, by(DUE, "asleep"));
        await store.deliveries.claimSlot(delivery, by(new Date(DUE.getTime() + LEASE), HOLDER));

        const posts = await store.deliveries.post(delivery, NUMBERS, by(LATER, "asleep"));
        await store.deliveries.withdraw(delivery, "asleep");
        const end = store.deliveries.end({ ...delivery, state: "failed" }, "asleep");

        await expect(end).rejects.toMatchObject({ code: "INTERNAL" });
        expect(posts).toBe(false);
        expect(await ofWeek(delivery)).toMatchObject([{ state: "claimed", attempts: 0 }]);
      });

      test("that are withdrawn leave no row", async () => {
        const delivery = weeklyOf(newSubscription(), { startedAt: DUE });
        await store.deliveries.claimSlot(delivery, by(DUE));

        await store.deliveries.withdraw(delivery, HOLDER);

        expect(await ofWeek(delivery)).toEqual([]);
      });

      const lapsed = new Date(DUE.getTime() + 250 + LEASE);

      test("whose lease has ended are unknown where they were being posted, and due again where not", async () => {
        const posting = await stored();
        const { tenantId } = posting;
        const claimed = await stored({ tenantId });
        const extra = weeklyOf(posting, { kind: "extra" });
        const elsewhere = weeklyOf(newSubscription());
        for (const delivery of [weeklyOf(posting), extra, elsewhere]) {
          await begin(store.deliveries, delivery);
        }
        await store.deliveries.claimSlot(weeklyOf(claimed), by(DUE));

        const early = await store.deliveries.lapse(tenantId, by(new Date(lapsed.getTime() - 251)));
        const kinds = await store.deliveries.lapse(tenantId, by(lapsed));

        const unknown = { state: "unknown", endedAt: lapsed, reason: "interrupted" };
        expect(early).toEqual([]);
        expect([...kinds].sort()).toEqual(["extra", "weekly"]);
        expect(await ofWeek(extra)).toMatchObject([unknown, unknown]);
        expect(await ofWeek(weeklyOf(claimed))).toMatchObject([{ state: "due" }]);
        expect(await ofWeek(elsewhere)).toMatchObject([{ state: "posting" }]);
      });

      test("stay whose lease is kept", async () => {
        const delivery = weeklyOf(newSubscription());
        const { tenantId, conversationId } = delivery;
        await begin(store.deliveries, delivery);

        await store.deliveries.beat(tenantId, [conversationId], by(new Date(lapsed.getTime() - 1)));

        expect(await store.deliveries.lapse(tenantId, by(lapsed))).toEqual([]);
      });

      test(`of another process are ${kind === "server" ? "left to it" : "lapsed at once"}`, async () => {
        const delivery = weeklyOf(newSubscription());
        await begin(store.deliveries, delivery, "another process");

        const kinds = await store.deliveries.lapse(delivery.tenantId, by(LATER));

        expect(kinds).toEqual(kind === "server" ? [] : ["weekly"]);
      });

      test("that were given up take the answer that came late", async () => {
        const delivery = weeklyOf(newSubscription());
        await begin(store.deliveries, delivery);
        await store.deliveries.lapse(delivery.tenantId, by(lapsed));

        await store.deliveries.end({ ...delivery, state: "delivered", endedAt: lapsed }, HOLDER);

        expect(await ofWeek(delivery)).toStrictEqual([{ ...delivery, state: "delivered", endedAt: lapsed }]);
      });

      test("handed back for a place that has no such run any more are forgotten", async () => {
        const delivery = weeklyOf(newSubscription());
        await store.deliveries.claimSlot(delivery, by(DUE));

        await store.deliveries.lapse(delivery.tenantId, by(lapsed));

        expect(await ofWeek(delivery)).toEqual([]);
      });

      test("that wait for another try are taken when it is time, the oldest first, each by one", async () => {
        const one = weeklyOf(newSubscription());
        const two = weeklyOf(newSubscription({ tenantId: one.tenantId }), { dueAt: new Date(0) });
        const waiting = { state: "due", reason: "Throttled", nextTry: LATER } as const;
        for (const delivery of [one, two]) {
          await begin(store.deliveries, delivery);
          await store.deliveries.end({ ...delivery, ...waiting }, HOLDER);
        }
        const take = async (now: Date): Promise<string | undefined> =>
          (await store.deliveries.claimWaiting(one.tenantId, by(now)))?.conversationId;

        const early = await take(DUE);
        const taken = await Promise.all([take(LATER), take(LATER), take(LATER)]);

        expect(early).toBeUndefined();
        expect(new Set(taken)).toEqual(new Set([one.conversationId, two.conversationId, undefined]));
        expect(await ofWeek(two)).toStrictEqual([{ ...two, state: "claimed", reason: "Throttled" }]);
      });

      test("are known to be looked after without a leap of the clock", async () => {
        const tenantId = newTenant();
        const hour = 3_600_000;
        const at = (hours: number): Date => new Date(DUE.getTime() + hours * hour);
        const since: Date[] = [];
        for (const hours of [0, 1, 2, 400, 401, 3, 4]) {
          since.push(await store.deliveries.steadySince(tenantId, at(hours), hour));
        }

        expect(since).toEqual([0, 0, 0, 400, 400, 3, 3].map(at));
      });

      test("are listed with the newest first", async () => {
        const subscription = newSubscription();
        const weeks = ["2026-W44", "2026-W46", "2026-W45"];
        for (const [index, week] of weeks.entries()) {
          await begin(store.deliveries, weeklyOf(subscription, { week, startedAt: new Date(index) }));
        }
        const last = (count: number): Promise<readonly Delivery[]> =>
          store.deliveries.last(subscription.tenantId, subscription.address.conversationId, count);

        expect((await last(2)).map(({ week }) => week)).toEqual(["2026-W45", "2026-W46"]);
        expect(await last(9)).toHaveLength(3);
        expect(await last(0)).toEqual([]);
      });

      test.each([
        { ...NUMBERS, people: { readAt: "2026-11-17T11:00:00.000Z", counts: { ...counts, people: -1 } } },
        { ...NUMBERS, from: "yesterday" },
        { ...NUMBERS, name: "Adele Vance" },
      ])("with numbers that could not be shown are not posted (%#)", async (numbers) => {
        const delivery = weeklyOf(newSubscription(), { numbers });

        await expect(begin(store.deliveries, delivery)).rejects.toThrow();
        expect(await ofWeek(delivery)).toMatchObject([{ state: "claimed", attempts: 0 }]);
      });
    });
  });
}
