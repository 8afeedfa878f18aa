import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Delivery, DigestNumbers, Subscription } from "../../src/ports/digest.ts";
import type { Store } from "../../src/store/store.ts";
import { DUE, NUMBERS, newSubscription, type newUser, weeklyOf } from "../digest/subscriptions.ts";
import { newTenant } from "./readings.ts";

const LATER = new Date(DUE.getTime() + 1);

/** What every store must do with subscriptions and deliveries, whatever database is under it. `open` is called once. */
export function digestContract(name: string, open: () => Promise<Store>): void {
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
        expect(await store.subscriptions.due(first.tenantId, LATER)).toHaveLength(1);
      });

      test("of another tenant are never seen, changed or removed", async () => {
        const subscription = await stored();
        const { conversationId, teamId = "" } = subscription.address;
        const other = newTenant();

        await store.subscriptions.remove(other, conversationId);

        expect(await store.subscriptions.get(other, conversationId)).toBeUndefined();
        expect(await store.subscriptions.ofTeam(other, teamId)).toEqual([]);
        expect(await store.subscriptions.due(other, LATER)).toEqual([]);
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

        expect(await store.subscriptions.due(tenantId, at(0))).toEqual([older, active, over]);
        expect(await store.subscriptions.due(tenantId, at(-10))).toEqual([]);
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
        { ...NUMBERS, printed: { week: "2026-W45" } },
        { ...NUMBERS, resets: { selfService: 321, byAdmins: 0, mayGrow: true } },
        { ...NUMBERS, tries, people: { readAt: "2026-11-17T11:00:00.000Z", counts }, printed },
      ])("come back with the numbers that were frozen (%#)", async (numbers) => {
        const delivery = weeklyOf(newSubscription(), { numbers });

        await store.deliveries.begin(delivery);

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
        await store.deliveries.begin(delivery);

        await store.deliveries.end(ended);

        expect(await ofWeek(delivery)).toStrictEqual([ended]);
      });

      test("that were missed come back without numbers", async () => {
        const { numbers: _none, ...delivery } = weeklyOf(newSubscription(), {
          state: "missed",
          endedAt: LATER,
          reason: "late",
        });

        await store.deliveries.begin(delivery);

        expect(await ofWeek(delivery)).toStrictEqual([delivery]);
      });

      test("begin once a place and week, however many begin at once", async () => {
        const subscription = newSubscription();

        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            store.deliveries.begin(weeklyOf(subscription, { startedAt: new Date(index) })),
          ),
        );

        expect(answers.filter(Boolean)).toEqual([true]);
      });

      test.each(["delivered", "failed", "unknown", "missed"] as const)(
        "do not begin again when the week's one is %s",
        async (state) => {
          const delivery = weeklyOf(newSubscription());
          await store.deliveries.begin(delivery);
          await store.deliveries.end({ ...delivery, state });

          expect(await store.deliveries.begin({ ...delivery, startedAt: LATER })).toBe(false);
          expect(await ofWeek(delivery)).toStrictEqual([{ ...delivery, state }]);
        },
      );

      test("begin in other weeks, places and tenants, and as extras", async () => {
        const subscription = newSubscription();
        const delivery = weeklyOf(subscription);
        await store.deliveries.begin(delivery);

        const others: readonly Delivery[] = [
          { ...delivery, week: "2026-W47" },
          { ...delivery, conversationId: "19:other@thread.tacv2" },
          { ...delivery, tenantId: newTenant() },
          { ...delivery, kind: "extra" },
          { ...delivery, kind: "extra", startedAt: LATER },
        ];

        expect(await Promise.all(others.map((other) => store.deliveries.begin(other)))).toEqual([
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
        await store.deliveries.begin(delivery);
        await store.deliveries.end({ ...delivery, state: "delivered" });

        const ends = await Promise.allSettled([
          store.deliveries.end({ ...delivery, state: "failed", reason: "Throttled" }),
          store.deliveries.end(weeklyOf(newSubscription())),
        ]);

        const refused = { status: "rejected", reason: { code: "INTERNAL" } };
        expect(ends).toMatchObject([refused, refused]);
        expect(await ofWeek(delivery)).toStrictEqual([{ ...delivery, state: "delivered" }]);
      });

      test("that a dead process left become unknown, those of this tenant alone", async () => {
        const subscription = newSubscription();
        const left = weeklyOf(subscription);
        const extra = weeklyOf(subscription, { kind: "extra" });
        const done = weeklyOf(subscription, { week: "2026-W45" });
        const others = weeklyOf(newSubscription());
        for (const delivery of [left, extra, done, others]) {
          await store.deliveries.begin(delivery);
        }
        await store.deliveries.end({ ...done, state: "delivered" });

        const count = await store.deliveries.giveUp(subscription.tenantId, LATER);

        const unknown = { state: "unknown", endedAt: LATER, reason: "interrupted" };
        expect(count).toBe(2);
        expect(await ofWeek(left)).toMatchObject([unknown, unknown]);
        expect(await ofWeek(done)).toMatchObject([{ state: "delivered" }]);
        expect(await ofWeek(others)).toMatchObject([{ state: "posting" }]);
        expect(await store.deliveries.giveUp(subscription.tenantId, LATER)).toBe(0);
      });

      test("are listed with the newest first", async () => {
        const subscription = newSubscription();
        const weeks = ["2026-W44", "2026-W46", "2026-W45"];
        for (const [index, week] of weeks.entries()) {
          await store.deliveries.begin(weeklyOf(subscription, { week, startedAt: new Date(index) }));
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
      ])("with numbers that could not be shown are refused (%#)", async (numbers) => {
        const delivery = weeklyOf(newSubscription(), { numbers });

        await expect(store.deliveries.begin(delivery)).rejects.toThrow();
        expect(await ofWeek(delivery)).toEqual([]);
      });
    });
  });
}
