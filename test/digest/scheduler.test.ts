import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Composed } from "../../src/digest/slots.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { Schedule, Subscription } from "../../src/ports/digest.ts";
import type { PostOutcome } from "../../src/ports/messenger.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { movableClock } from "./movable-clock.ts";
import {
  afterDue,
  DAY,
  HOUR,
  MINUTE,
  notice,
  type Running,
  restarted,
  running,
  scheduled,
  WEEK,
} from "./running.ts";
import { DUE, NUMBERS, newSubscription, weeklyOf } from "./subscriptions.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore("memory");
});
afterAll(() => store.close());

/** Wakes the scheduler at this time, or when it wanted to, and lets it do all that is due. */
async function woken(place: Running, at?: Date): Promise<void> {
  await place.clock.wake(at);
  await place.scheduler.settled();
}

/** The clock is believed ten minutes after its last leap. */
async function runSteadyAt(place: Running, at: Date): Promise<void> {
  await place.runAt(new Date(at.getTime() - 10 * MINUTE));
  await place.runAt(at);
}

/** Lets time pass in steps and posts what is due at each. */
async function pass(place: Running, from: string, to: string, step: number): Promise<void> {
  for (let at = Date.parse(from); at < Date.parse(to); at += step) {
    await place.runAt(new Date(at));
  }
}

const postedAt = (place: Running): readonly string[] => place.posts.map(({ at }) => at.toISOString());

describe("a digest", () => {
  test("is posted at its minute and not before, with what was frozen in the ledger", async () => {
    const place = await running({ store, clock: movableClock(afterDue(-90_500)) });

    await place.scheduler.start();
    const slept = [await place.clock.asleep(), await place.clock.wake()];
    const before = place.posts.length;
    await woken(place);
    await place.scheduler.stop();

    expect(slept).toEqual([30_500, MINUTE]);
    expect(before).toBe(0);
    expect(place.posts).toEqual([
      { at: DUE, conversationId: place.subscription.address.conversationId, title: "2026-W46" },
    ]);
    expect(await place.rows()).toStrictEqual([
      weeklyOf(place.subscription, {
        state: "delivered",
        numbers: NUMBERS,
        startedAt: DUE,
        endedAt: DUE,
        activityId: "activity-1",
      }),
    ]);
    expect(await place.stored()).toEqual({ ...place.subscription, nextDue: afterDue(WEEK) });
  });

  test("is composed for the last whole week of the place and told when the next is due", async () => {
    const place = await running({ store });

    await place.scheduler.runDue();

    expect(place.composed).toEqual([
      {
        week: {
          week: "2026-W46",
          from: new Date("2026-11-08T23:00:00Z"),
          to: new Date("2026-11-15T23:00:00Z"),
        },
        dueAt: DUE,
        next: afterDue(WEEK),
        late: false,
      },
    ]);
  });

  test("goes out once a week in 52 of 52 weeks, each about another week", async () => {
    const place = await running({ store });

    for (let passed = 0; passed < 52 * WEEK; passed += DAY) {
      await place.runAt(afterDue(passed));
    }

    const weeks = place.posts.map(({ title }) => title);
    expect(weeks).toHaveLength(52);
    expect(new Set(weeks).size).toBe(52);
    expect([weeks[0], weeks[6], weeks[7], weeks[51]]).toEqual([
      "2026-W46",
      "2026-W52",
      "2026-W53",
      "2027-W44",
    ]);
  });

  const night: Schedule = { day: 7, time: "02:30", timeZone: "Europe/Berlin" };

  test("is posted once at the local hour when daylight saving begins", async () => {
    const noon = await running({
      store,
      subscription: scheduled({ ...night, time: "13:00" }, new Date("2026-03-21T12:00:00Z")),
    });
    const atNight = await running({
      store,
      subscription: scheduled(night, new Date("2026-03-21T12:00:00Z")),
    });

    await pass(noon, "2026-03-22T00:00:00Z", "2026-04-06T00:00:00Z", 30 * MINUTE);
    await pass(atNight, "2026-03-22T00:00:00Z", "2026-04-06T00:00:00Z", 30 * MINUTE);

    expect(postedAt(noon)).toEqual([
      "2026-03-22T12:00:00.000Z",
      "2026-03-29T11:00:00.000Z",
      "2026-04-05T11:00:00.000Z",
    ]);
    // Half past two does not exist on the 29th: it is three at once.
    expect(postedAt(atNight)).toEqual([
      "2026-03-22T01:30:00.000Z",
      "2026-03-29T01:00:00.000Z",
      "2026-04-05T00:30:00.000Z",
    ]);
  });

  test("is posted once at the local hour when daylight saving ends", async () => {
    const place = await running({ store, subscription: scheduled(night, new Date("2026-10-17T12:00:00Z")) });

    await pass(place, "2026-10-18T00:00:00Z", "2026-11-02T00:00:00Z", 30 * MINUTE);

    expect(postedAt(place)).toEqual([
      "2026-10-18T00:30:00.000Z",
      "2026-10-25T00:30:00.000Z",
      "2026-11-01T01:30:00.000Z",
    ]);
  });

  test("is not posted again when it moves to a later day of the same week", async () => {
    const place = await running({ store });
    await place.scheduler.runDue();
    const schedule: Schedule = { day: 5, time: "09:00", timeZone: "Europe/Berlin" };
    await store.subscriptions.put({ ...place.subscription, ...scheduled(schedule, DUE) });

    await pass(place, "2026-11-17T13:00:00Z", "2026-11-27T12:00:00Z", HOUR);

    expect(place.posts.map(({ title }) => title)).toEqual(["2026-W46", "2026-W47"]);
    expect(postedAt(place)[1]).toBe("2026-11-27T08:00:00.000Z");
  });

  test("is not posted again when somebody unsubscribes and subscribes in the same week", async () => {
    const place = await running({ store });
    await place.scheduler.runDue();
    await store.subscriptions.remove(place.subscription.tenantId, place.subscription.address.conversationId);
    await store.subscriptions.put({ ...place.subscription, nextDue: afterDue(HOUR) });

    await place.runAt(afterDue(HOUR));

    expect(place.posts).toHaveLength(1);
    expect(await place.stored()).toMatchObject({ nextDue: afterDue(WEEK) });
  });
});

describe("a digest that is late", () => {
  test.each([
    [15 * MINUTE, false],
    [15 * MINUTE + 1, true],
    [DAY, true],
  ])("by %d ms is posted, and says so: %s", async (lateBy, late) => {
    const place = await running({ store });

    await place.runAt(afterDue(lateBy));

    expect(place.posts).toHaveLength(1);
    expect(place.composed).toMatchObject([{ dueAt: DUE, late }]);
    expect(await place.stored()).toMatchObject({ nextDue: afterDue(WEEK) });
  });

  test("by more than the catch-up time is recorded as missed and not posted", async () => {
    const place = await running({ store });

    await runSteadyAt(place, afterDue(DAY + 1 + 10 * MINUTE));

    const { numbers: _none, ...row } = weeklyOf(place.subscription);
    const now = afterDue(DAY + 1 + 10 * MINUTE);
    expect(place.posts).toEqual([]);
    expect(place.composed).toEqual([]);
    expect(await place.rows()).toStrictEqual([
      { ...row, state: "missed", attempts: 0, reason: "late", startedAt: now, endedAt: now },
    ]);
    expect(await place.stored()).toMatchObject({ nextDue: afterDue(WEEK) });
  });

  test("by weeks leaves a row for every one that was missed, and the last goes out", async () => {
    const place = await running({ store });

    await runSteadyAt(place, afterDue(3 * WEEK + HOUR));

    const rows = await place.rows();
    expect(rows.map(({ week, state }) => `${week} ${state}`)).toEqual([
      "2026-W49 delivered",
      "2026-W48 missed",
      "2026-W47 missed",
      "2026-W46 missed",
    ]);
    expect(place.composed).toMatchObject([{ late: true }]);
    expect(await place.stored()).toMatchObject({ nextDue: afterDue(4 * WEEK) });
  });

  test("goes out when a suspended machine wakes up", async () => {
    const place = await running({ store, clock: movableClock(afterDue(-10 * MINUTE)) });

    await place.scheduler.start();
    await woken(place, afterDue(5 * HOUR));
    await place.scheduler.stop();

    expect(postedAt(place)).toEqual([afterDue(5 * HOUR).toISOString()]);
    expect(place.composed).toMatchObject([{ late: true }]);
  });
});

describe("a clock that is set", () => {
  test("back sends nothing twice", async () => {
    const place = await running({ store });

    await place.scheduler.runDue();
    for (const at of [-DAY, -HOUR, -1, 0, HOUR]) {
      await place.runAt(afterDue(at));
    }

    expect(place.posts).toHaveLength(1);
    expect(await place.rows()).toHaveLength(1);
  });

  test("back while a digest is posted sends nothing twice and forgets no week", async () => {
    const clock = movableClock(DUE);
    const place = await running({
      store,
      clock,
      post: async () => {
        clock.set(afterDue(-2 * HOUR));
        return { kind: "delivered" };
      },
    });

    await place.scheduler.runDue();
    await pass(place, "2026-11-17T10:00:00Z", "2026-11-24T12:30:00Z", 30 * MINUTE);

    expect(place.posts.map(({ title }) => title)).toEqual(["2026-W46", "2026-W47"]);
  });

  test("forward over the due time and back again sends it once", async () => {
    const place = await running({ store, clock: movableClock(afterDue(-3 * HOUR)) });

    await place.scheduler.start();
    await woken(place, afterDue(HOUR));
    await woken(place, afterDue(-3 * HOUR));
    await woken(place, DUE);
    await place.scheduler.stop();

    expect(place.posts).toHaveLength(1);
  });
});

describe("a paused digest", () => {
  const until = afterDue(2 * WEEK);

  test("is not posted, however long it has been due", async () => {
    const place = await running({ store, subscription: { state: { kind: "paused" } } });

    await pass(place, "2026-11-17T12:00:00Z", "2027-01-20T12:00:00Z", DAY);

    expect(place.posts).toEqual([]);
    expect(await place.rows()).toEqual([]);
    expect(await place.stored()).toEqual(place.subscription);
  });

  test("comes back by itself with the first run after the pause, and owes nothing of the pause", async () => {
    const place = await running({ store, subscription: { state: { kind: "paused", until } } });

    await pass(place, "2026-11-17T12:00:00Z", "2026-12-08T13:00:00Z", HOUR);

    expect(postedAt(place)).toEqual([until.toISOString(), afterDue(3 * WEEK).toISOString()]);
    expect(await place.rows()).toHaveLength(2);
    expect(await place.stored()).toMatchObject({ state: { kind: "active" } });
  });

  test("whose pause ended while the bot was down has missed what came after the pause alone", async () => {
    const place = await running({ store, subscription: { state: { kind: "paused", until } } });

    await runSteadyAt(place, afterDue(3 * WEEK + HOUR));

    const rows = await place.rows();
    expect(rows.map(({ week, state }) => `${week} ${state}`)).toEqual([
      "2026-W49 delivered",
      "2026-W48 missed",
    ]);
  });
});

describe("several digests that are due at once", () => {
  async function three(options: Partial<Parameters<typeof running>[0]>): Promise<Running> {
    const place = await running({ store, ...options });
    const { tenantId } = place.subscription;
    await store.subscriptions.put(newSubscription({ tenantId, nextDue: afterDue(-1) }));
    await store.subscriptions.put(newSubscription({ tenantId, nextDue: afterDue(-2) }));
    return place;
  }

  test("go out beside each other, the one that was due first before the others", async () => {
    let going = 0;
    let most = 0;
    const place = await three({
      post: async () => {
        going += 1;
        most = Math.max(most, going);
        await new Promise((resolve) => setImmediate(resolve));
        going -= 1;
        return { kind: "delivered" };
      },
    });

    await place.scheduler.runDue();

    expect(place.posts).toHaveLength(3);
    expect(place.posts[2]?.conversationId).toBe(place.subscription.address.conversationId);
    expect(most).toBeGreaterThan(1);
  });

  test("do not stop each other when one cannot be composed", async () => {
    let broken: string | undefined;
    const place = await three({
      compose: async ({ address }, { week }) => {
        broken ??= address.conversationId;
        if (address.conversationId === broken) {
          throw new AppError("GRAPH-ANSWER");
        }
        return { view: notice(week.week), numbers: NUMBERS };
      },
    });

    await place.scheduler.runDue();

    const rows = await store.deliveries.last(place.subscription.tenantId, broken ?? "", 9);
    expect(place.posts).toHaveLength(2);
    expect(rows).toMatchObject([{ week: "2026-W46", state: "failed", reason: "GRAPH-ANSWER" }]);
    expect(place.log.text()).toContain("GRAPH-ANSWER");
  });

  test("do not stop each other when Teams refuses one", async () => {
    const outcomes: PostOutcome[] = [{ kind: "refused", status: 500, code: "ServiceError" }];
    const place = await three({ post: async () => outcomes.pop() ?? { kind: "delivered" } });

    await place.scheduler.runDue();

    expect(place.posts).toHaveLength(3);
    expect(await place.rows()).toMatchObject([{ state: "delivered" }]);
  });

  test("are all tried again a minute later when the store cannot be read", async () => {
    const due = vi.fn(store.subscriptions.due).mockRejectedValueOnce(new AppError("STORE-UNAVAILABLE"));
    const place = await three({ subscriptions: { due } });

    await place.scheduler.start();
    await place.scheduler.settled();
    const before = place.posts.length;
    await woken(place);
    await place.scheduler.stop();

    expect([before, place.posts.length]).toEqual([0, 3]);
    expect(place.log.text()).toContain("STORE-UNAVAILABLE");
  });
});

describe("what somebody does while a digest is composed", () => {
  const later = afterDue(2 * HOUR);

  test.each<[string, (subscription: Subscription) => Promise<unknown>]>([
    ["unsubscribing", (one) => store.subscriptions.remove(one.tenantId, one.address.conversationId)],
    ["pausing", (one) => store.subscriptions.put({ ...one, state: { kind: "paused" } })],
    ["moving it", (one) => store.subscriptions.put({ ...one, nextDue: later })],
  ])("counts: nothing is posted after %s", async (_name, act) => {
    const place = await running({
      store,
      compose: async (subscription, { week }) => {
        await act(subscription);
        return { view: notice(week.week), numbers: NUMBERS };
      },
    });

    await place.scheduler.runDue();

    expect(place.posts).toEqual([]);
    expect(await place.rows()).toEqual([]);
  });

  test("counts: it goes out when it was moved to", async () => {
    let isMoved = false;
    const place = await running({
      store,
      compose: async (one, { week }) => {
        if (!isMoved) {
          isMoved = true;
          await store.subscriptions.put({ ...one, nextDue: later });
        }
        return { view: notice(week.week), numbers: NUMBERS };
      },
    });

    await place.scheduler.runDue();
    await place.runAt(later);

    expect(postedAt(place)).toEqual([later.toISOString()]);
  });

  test("counts: it goes where the place is now", async () => {
    const serviceUrl = "https://smba.trafficmanager.net/emea/";
    const place = await running({
      store,
      compose: async (one, { week }) => {
        await store.subscriptions.put({ ...one, extras: [], address: { ...one.address, serviceUrl } });
        return { view: notice(week.week), numbers: NUMBERS };
      },
    });

    await place.scheduler.runDue();

    expect(place.posts).toHaveLength(1);
    expect(await place.stored()).toMatchObject({
      extras: [],
      address: { serviceUrl },
      nextDue: afterDue(WEEK),
    });
  });
});

describe("a bot that ended", () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  async function untilNextMinute(place: Running): Promise<void> {
    await place.scheduler.start();
    await place.clock.asleep();
    await place.scheduler.settled();
    await place.scheduler.stop();
  }

  test("before it posted does so after its restart", async () => {
    const died = await running({ store, compose: never });
    void died.scheduler.runDue();
    await vi.waitFor(() => expect(died.composed).toHaveLength(1));
    died.clock.set(afterDue(HOUR));

    const place = restarted(died, { store });
    await untilNextMinute(place);

    expect(place.posts).toHaveLength(1);
    expect(await place.rows()).toMatchObject([{ state: "delivered" }]);
  });

  test("while it posted never posts that week again: its outcome is unknown and the next week goes on", async () => {
    const died = await running({ store, post: never });
    void died.scheduler.runDue();
    await vi.waitFor(() => expect(died.posts).toHaveLength(1));

    const place = restarted(died, { store });
    await place.scheduler.start();
    await place.clock.asleep();
    await place.scheduler.settled();
    await woken(place, afterDue(WEEK));
    await place.scheduler.stop();

    expect(place.posts.map(({ title }) => title)).toEqual(["2026-W47"]);
    expect(await place.rows()).toMatchObject([
      { week: "2026-W47", state: "delivered" },
      { week: "2026-W46", state: "unknown", reason: "interrupted", numbers: NUMBERS },
    ]);
    expect(place.log.text()).toContain("unknown");
  });

  test("without its outcome in the store does not post again either", async () => {
    const end = vi.fn(store.deliveries.end).mockRejectedValueOnce(new AppError("STORE-UNAVAILABLE"));
    const place = await running({ store, ledger: { end } });

    await place.scheduler.runDue();
    await place.runAt(afterDue(MINUTE));
    await untilNextMinute(restarted(place, { store }));

    expect(place.posts).toHaveLength(1);
    expect(await place.rows()).toMatchObject([{ state: "unknown" }]);
    expect(await place.stored()).toMatchObject({ nextDue: afterDue(WEEK) });
  });

  test("in good order has stored the outcome of every post on its way", async () => {
    const answers: ((outcome: PostOutcome) => void)[] = [];
    const place = await running({
      store,
      post: () =>
        new Promise((resolve) => {
          answers.push(resolve);
        }),
    });
    await store.subscriptions.put(newSubscription({ tenantId: place.subscription.tenantId }));
    await place.scheduler.start();
    await vi.waitFor(() => expect(answers).toHaveLength(2));

    const stopped = place.scheduler.stop();
    for (const answer of answers) {
      answer({ kind: "delivered" });
    }
    await stopped;

    const ids = place.posts.map(({ conversationId }) => conversationId);
    const rows = await Promise.all(
      ids.map((id) => store.deliveries.last(place.subscription.tenantId, id, 9)),
    );
    expect(rows).toMatchObject([[{ state: "delivered" }], [{ state: "delivered" }]]);
  });

  test.each<[string, () => Promise<Composed>]>([
    ["rejects", () => Promise.reject(new AppError("GRAPH-UNREACHABLE"))],
    ["gives a notice", async () => ({ view: notice("no numbers"), numbers: NUMBERS })],
  ])("while it composed, which then %s, leaves the digest to its restart", async (_name, composed) => {
    let end: (() => void) | undefined;
    const stopped = await running({
      store,
      compose: async () => {
        await new Promise<void>((resolve) => {
          end = resolve;
        });
        return composed();
      },
    });
    await stopped.scheduler.start();
    await vi.waitFor(() => expect(end).toBeDefined());
    const stopping = stopped.scheduler.stop();
    end?.();
    await stopping;

    const place = restarted(stopped, { store });
    await untilNextMinute(place);

    expect([stopped.posts.length, place.posts.length]).toEqual([0, 1]);
    expect(await place.rows()).toMatchObject([{ state: "delivered" }]);
  });

  test("cannot start on a store that does not answer", async () => {
    const ledger = { lapse: () => Promise.reject(new AppError("STORE-UNAVAILABLE")) };
    const place = await running({ store, ledger });

    await expect(place.scheduler.start()).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
    await place.scheduler.stop();

    expect(place.posts).toEqual([]);
  });
});
