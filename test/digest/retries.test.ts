import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import type { PostOutcome } from "../../src/ports/messenger.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { begin, HOLDER } from "./ledger.ts";
import { afterDue, HOUR, MINUTE, notice, type Running, restarted, running, WEEK } from "./running.ts";
import { NUMBERS, newSubscription, weeklyOf } from "./subscriptions.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore("memory");
});
afterAll(() => store.close());

const BUSY: PostOutcome = { kind: "refused", status: 503 };

/** A place whose posts end like this, one after the other, and are taken then. */
function answering(...outcomes: PostOutcome[]): Promise<Running> {
  return running({ store, post: async () => outcomes.shift() ?? { kind: "delivered", activityId: "1" } });
}

describe("a digest that Teams refused for now", () => {
  test("waits in the ledger and is posted with the same numbers when it is time", async () => {
    const place = await answering(BUSY, BUSY);

    await place.scheduler.runDue();
    const [waiting] = await place.rows();
    for (const minutes of [0.4, 1, 2, 4, 5]) {
      await place.runAt(afterDue(minutes * MINUTE));
    }

    const at = place.posts.map((post) => post.at);
    expect(waiting).toMatchObject({
      state: "due",
      attempts: 1,
      nextTry: afterDue(30_000),
      reason: "HTTP-503",
    });
    expect(at).toEqual([0, 1, 4].map((minutes) => afterDue(minutes * MINUTE)));
    expect(place.composed).toHaveLength(3);
    expect(await place.rows()).toMatchObject([
      { state: "delivered", attempts: 3, numbers: waiting?.numbers },
    ]);
    expect((await place.rows())[0]).not.toHaveProperty("reason");
  });

  test("is tried five times at the most, and has failed then", async () => {
    const place = await answering(BUSY, BUSY, BUSY, BUSY, BUSY, BUSY);

    for (let hours = 0; hours < 6; hours += 1) {
      await place.runAt(afterDue(hours * HOUR));
    }

    expect(place.posts).toHaveLength(5);
    expect(await place.rows()).toMatchObject([{ state: "failed", attempts: 5, reason: "HTTP-503" }]);
  });

  test("is tried again after a restart, and does not hold the next week", async () => {
    const before = await answering(BUSY);
    await before.scheduler.runDue();
    before.clock.set(afterDue(HOUR));

    const place = restarted(before, { store });
    await place.scheduler.runDue();
    await place.runAt(afterDue(WEEK));

    expect(place.posts.map(({ title }) => title)).toEqual(["2026-W46", "2026-W47"]);
  });

  test.each([
    [
      "paused",
      async (place: Running) => store.subscriptions.put({ ...place.subscription, state: { kind: "paused" } }),
    ],
    [
      "removed",
      async ({ subscription: { tenantId, address } }: Running) =>
        store.subscriptions.remove(tenantId, address.conversationId),
    ],
  ])("is not tried again where the digest was %s meanwhile", async (_what, act) => {
    const place = await answering(BUSY);
    await place.scheduler.runDue();
    await act(place);

    await place.runAt(afterDue(MINUTE));

    expect(place.posts).toHaveLength(1);
    expect(await place.rows()).toMatchObject([{ state: "failed", reason: "HTTP-503" }]);
  });
});

describe("what is not known to be refused", () => {
  test.each<[PostOutcome, string]>([
    [{ kind: "unknown", reason: "ECONNRESET" }, "unknown"],
    [{ kind: "refused", status: 500, code: "ServiceError" }, "failed"],
  ])("is never posted again (%#)", async (outcome, state) => {
    const place = await answering(outcome);

    for (let hours = 0; hours < 6; hours += 1) {
      await place.runAt(afterDue(hours * HOUR));
    }

    expect(place.posts).toHaveLength(1);
    expect(await place.rows()).toMatchObject([{ state, attempts: 1 }]);
  });
});

describe("a place that hangs", () => {
  test("does not hold the others", async () => {
    let answer: (outcome: PostOutcome) => void = () => undefined;
    const hanging = new Promise<PostOutcome>((resolve) => {
      answer = resolve;
    });
    const posts: string[] = [];
    const place = await running({
      store,
      post: () => {
        posts.push("post");
        return posts.length === 1 ? hanging : Promise.resolve({ kind: "delivered" });
      },
    });
    const other = newSubscription({ tenantId: place.subscription.tenantId });
    await store.subscriptions.put(other);

    const run = place.scheduler.runDue();
    await expect
      .poll(() =>
        store.deliveries.last(other.tenantId, other.address.conversationId, 1).then((rows) => rows[0]?.state),
      )
      .toBeOneOf(["delivered", "posting"]);
    answer({ kind: "delivered" });
    await run;

    expect(posts).toHaveLength(2);
  });
});

describe("a clock that jumps far ahead", () => {
  test("writes down no week while it may be wrong, and back again everything goes on", async () => {
    const place = await running({ store });
    await place.runAt(afterDue(-MINUTE));

    await place.runAt(afterDue(52 * WEEK + HOUR));
    await place.runAt(afterDue(52 * WEEK + HOUR + 9 * MINUTE));
    const rows = await place.rows();
    await place.runAt(afterDue(0));

    expect(rows).toEqual([]);
    expect(place.posts.map(({ title }) => title)).toEqual(["2026-W46"]);
  });

  test("and is believed writes down two months at the most, and comes back from there", async () => {
    const place = await running({ store });
    const jumped = 52 * WEEK + HOUR;

    await place.runAt(afterDue(jumped));
    await place.runAt(afterDue(jumped + 10 * MINUTE));
    const rows = await place.rows();
    await place.runAt(afterDue(HOUR));
    await place.runAt(afterDue(HOUR + 10 * MINUTE));

    expect(rows).toHaveLength(8);
    expect(rows.filter(({ state }) => state === "missed")).toHaveLength(7);
    expect(await place.stored()).toMatchObject({ nextDue: afterDue(WEEK) });
  });

  test("ends no pause", async () => {
    const state = { kind: "paused", until: afterDue(4 * WEEK) } as const;
    const place = await running({ store, subscription: { state } });
    await place.runAt(afterDue(-MINUTE));

    await place.runAt(afterDue(5 * WEEK));

    expect(await place.stored()).toMatchObject({ state });
  });
});

describe("a digest that cannot be composed for now", () => {
  test.each(["STORE-UNAVAILABLE", "ACCESS-UNDECIDED"] as const)(
    "(%s) is composed again a minute later, and has not failed",
    async (code) => {
      const faults = [new AppError(code)];
      const place = await running({
        store,
        compose: async (_place, { week }) => {
          const fault = faults.pop();
          if (fault) {
            throw fault;
          }
          return { view: notice(week.week), numbers: NUMBERS };
        },
      });

      await place.scheduler.runDue();
      const [waiting] = await place.rows();
      await place.runAt(afterDue(MINUTE));

      expect(waiting).toMatchObject({ state: "due", reason: code, attempts: 0 });
      expect(await place.stored()).toMatchObject({ nextDue: afterDue(WEEK) });
      expect(await place.rows()).toMatchObject([{ state: "delivered", attempts: 1 }]);
    },
  );

  test("after a refusal waits a minute, too, with its numbers and its tries", async () => {
    let composed = 0;
    const outcomes = [BUSY];
    const place = await running({
      store,
      post: async () => outcomes.pop() ?? { kind: "delivered" },
      compose: async (_place, { week }) => {
        composed += 1;
        if (composed === 2) {
          throw new AppError("STORE-UNAVAILABLE");
        }
        return { view: notice(week.week), numbers: NUMBERS };
      },
    });

    await place.scheduler.runDue();
    await place.runAt(afterDue(MINUTE));
    const [waiting] = await place.rows();
    await place.runAt(afterDue(2 * MINUTE));

    expect(waiting).toMatchObject({ state: "due", attempts: 1, nextTry: afterDue(2 * MINUTE) });
    expect(await place.rows()).toMatchObject([{ state: "delivered", attempts: 2, numbers: NUMBERS }]);
  });

  test("until it is too late is missed", async () => {
    const place = await running({ store, compose: () => Promise.reject(new AppError("STORE-UNAVAILABLE")) });
    await place.runAt(afterDue(-HOUR));
    await place.runAt(afterDue(0));

    for (let hours = 0.5; hours < 26; hours += 0.5) {
      await place.runAt(afterDue(hours * HOUR));
    }

    expect(await place.rows()).toMatchObject([{ state: "missed", reason: "late" }]);
    expect(await place.stored()).toMatchObject({ nextDue: afterDue(WEEK) });
  });
});

test("a digest keeps its lease when an extra beside it has ended", async () => {
  const beat = vi.fn(store.deliveries.beat);
  const composed: (() => void)[] = [];
  const place = await running({
    store,
    ledger: { beat },
    compose: async (_place, { week }) => {
      if (composed.push(() => undefined) === 2) {
        await new Promise<void>((resolve) => {
          composed[1] = resolve;
        });
      }
      return { view: notice(week.week), numbers: NUMBERS };
    },
  });
  const { tenantId, address } = place.subscription;
  const extra = weeklyOf(place.subscription, { kind: "extra", startedAt: afterDue(-MINUTE) });
  await begin(store.deliveries, extra);
  await store.deliveries.end({ ...extra, state: "due", nextTry: afterDue(-1) }, HOLDER);

  const first = place.scheduler.runDue();
  await vi.waitFor(async () => expect(await place.rows()).toMatchObject([{}, { state: "delivered" }]));
  const second = place.scheduler.runDue();
  await vi.waitFor(() => expect(beat).toHaveBeenCalled());
  composed[1]?.();
  await Promise.all([first, second]);

  expect(beat).toHaveBeenLastCalledWith(tenantId, [address.conversationId], expect.anything());
  expect(await place.rows()).toMatchObject([{ kind: "weekly", state: "delivered" }, { kind: "extra" }]);
});

test("a digest that waits for another try and cannot be read keeps no other from going out", async () => {
  const place = await running({
    store,
    ledger: { claimWaiting: () => Promise.reject(new AppError("STORE-UNAVAILABLE")) },
  });

  await place.scheduler.runDue();

  expect(await place.rows()).toMatchObject([{ state: "delivered" }]);
  expect(place.log.text()).toContain("STORE-UNAVAILABLE");
});

describe("a digest that cannot be composed again", () => {
  test("has failed, and is not tried over and over", async () => {
    let composed = 0;
    const place = await running({
      store,
      post: async () => BUSY,
      compose: async (_place, { week }) => {
        composed += 1;
        if (composed > 1) {
          throw new Error("no");
        }
        return { view: notice(week.week), numbers: NUMBERS };
      },
    });
    await place.scheduler.runDue();

    await place.runAt(afterDue(MINUTE));

    expect(composed).toBe(2);
    expect(await place.rows()).toMatchObject([{ state: "failed", reason: "INTERNAL", attempts: 1 }]);
  });
});
