import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliver, deliverExtra } from "../../src/digest/deliver.ts";
import type { Delivery, Subscription } from "../../src/ports/digest.ts";
import type { PostOutcome } from "../../src/ports/messenger.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { recordingLog } from "../graph/setup.ts";
import { HOLDER, LEASE, NO_PACE } from "./ledger.ts";
import { movableClock } from "./movable-clock.ts";
import { afterDue, DAY, notice } from "./running.ts";
import { DUE, NUMBERS, newSubscription, weeklyOf } from "./subscriptions.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore("memory");
});
afterAll(() => store.close());

async function subscribed(): Promise<Subscription> {
  const subscription = newSubscription();
  await store.subscriptions.put(subscription);
  return subscription;
}

interface Options {
  readonly kind?: Delivery["kind"];
  readonly counted?: string[];
  /** Tries before this one. */
  readonly attempts?: number;
  readonly now?: Date;
}

/** Posts the week's digest, or an extra, as the process that claimed it. */
async function delivering(
  subscription: Subscription,
  post: () => Promise<PostOutcome>,
  { kind = "weekly", counted = [], attempts = 0, now = DUE }: Options = {},
): Promise<Delivery | undefined> {
  const parts = {
    tenantId: subscription.tenantId,
    holder: HOLDER,
    pace: NO_PACE,
    timings: { deliveryLease: LEASE },
    catchUp: DAY,
    random: () => 0.5,
    subscriptions: store.subscriptions,
    ledger: store.deliveries,
    places: store.places,
    messenger: { post },
    clock: movableClock(now),
    log: recordingLog(),
    metrics: { delivery: (...labels: readonly string[]) => void counted.push(labels.join(" ")) },
  };
  const view = notice("Adoption digest");
  const composed = { view, numbers: NUMBERS };
  if (kind === "extra") {
    return deliverExtra(parts, subscription, "2026-W46", composed);
  }
  const claim = await store.deliveries.claimSlot(
    { ...weeklyOf(subscription), dueAt: DUE },
    { holder: HOLDER, now: DUE, lease: LEASE },
  );
  return claim.kind === "claimed"
    ? deliver(parts, { ...claim.delivery, attempts }, { address: subscription.address, ...composed })
    : undefined;
}

const rowsOf = ({ tenantId, address }: Subscription): Promise<readonly Delivery[]> =>
  store.deliveries.last(tenantId, address.conversationId, 9);
const storedOf = ({ tenantId, address }: Subscription): Promise<Subscription | undefined> =>
  store.subscriptions.get(tenantId, address.conversationId);

describe("a delivery", () => {
  test("has its row with the numbers before the post leaves", async () => {
    const subscription = await subscribed();
    let before: readonly Delivery[] = [];

    await delivering(subscription, async () => {
      before = await rowsOf(subscription);
      return { kind: "delivered" };
    });

    expect(before).toStrictEqual([weeklyOf(subscription, { startedAt: DUE })]);
  });

  test.each<[PostOutcome, Partial<Delivery>]>([
    [
      { kind: "delivered", activityId: "17" },
      { state: "delivered", activityId: "17" },
    ],
    [{ kind: "delivered" }, { state: "delivered" }],
    [
      { kind: "refused", status: 500, code: "ServiceError" },
      { state: "failed", reason: "ServiceError" },
    ],
    [
      { kind: "refused", status: 403 },
      { state: "failed", reason: "HTTP-403" },
    ],
    [
      { kind: "not-sent", reason: "INTERNAL" },
      { state: "failed", reason: "INTERNAL" },
    ],
    [
      { kind: "unknown", reason: "ETIMEDOUT" },
      { state: "unknown", reason: "ETIMEDOUT" },
    ],
  ])("records its outcome (%#) and leaves the subscription as it is", async (outcome, expected) => {
    const subscription = await subscribed();

    const delivery = await delivering(subscription, async () => outcome);

    expect(delivery).toStrictEqual(
      weeklyOf(subscription, { startedAt: DUE, endedAt: DUE, ...expected } as Partial<Delivery>),
    );
    expect(await rowsOf(subscription)).toStrictEqual([delivery]);
    expect(await storedOf(subscription)).toEqual(subscription);
  });

  test("is counted by kind and outcome, once, and not where nothing was posted", async () => {
    const subscription = await subscribed();
    const counted: string[] = [];
    const post = async (): Promise<PostOutcome> => ({ kind: "refused", status: 500 });

    await delivering(subscription, post, { counted });
    await delivering(subscription, post, { counted });
    await delivering(subscription, post, { kind: "extra", counted });

    expect(counted).toEqual(["weekly failed", "extra failed"]);
  });

  test("whose outcome nobody foresaw is unknown, not failed: it may have been posted", async () => {
    const subscription = await subscribed();

    const delivery = await delivering(subscription, () => Promise.reject(new TypeError("oops")));

    expect(delivery).toMatchObject({ state: "unknown", reason: "INTERNAL" });
    expect(await rowsOf(subscription)).toStrictEqual([delivery]);
  });

  test("is not posted when the week has its own already", async () => {
    const subscription = await subscribed();
    await delivering(subscription, async () => ({ kind: "unknown", reason: "ECONNRESET" }));
    let posts = 0;

    const second = await delivering(subscription, async () => {
      posts += 1;
      return { kind: "delivered" };
    });

    expect([second, posts]).toEqual([undefined, 0]);
    expect(await rowsOf(subscription)).toMatchObject([{ state: "unknown" }]);
  });

  test("that is an extra stands beside the week's own", async () => {
    const subscription = await subscribed();
    await delivering(subscription, async () => ({ kind: "delivered" }), { kind: "extra" });

    const weekly = await delivering(subscription, async () => ({ kind: "delivered" }));

    expect(weekly).toMatchObject({ kind: "weekly", state: "delivered" });
    expect(await rowsOf(subscription)).toHaveLength(2);
  });
});

describe("a post that Teams did not take", () => {
  const rowOf = async (subscription: Subscription): Promise<Delivery | undefined> =>
    (await rowsOf(subscription))[0];

  test.each<[PostOutcome, string]>([
    [{ kind: "refused", status: 412, code: "PreconditionFailed" }, "PreconditionFailed"],
    [{ kind: "refused", status: 429, code: "Throttled" }, "Throttled"],
    [{ kind: "refused", status: 502, code: "ServiceError" }, "ServiceError"],
    [{ kind: "refused", status: 503 }, "HTTP-503"],
    [{ kind: "refused", status: 504 }, "HTTP-504"],
    [{ kind: "not-sent", reason: "ECONNREFUSED" }, "ECONNREFUSED"],
    [{ kind: "not-sent", reason: "ENOTFOUND" }, "ENOTFOUND"],
  ])("is due again after half a minute (%#)", async (outcome, reason) => {
    const subscription = await subscribed();

    await delivering(subscription, async () => outcome);

    expect(await rowOf(subscription)).toStrictEqual(
      weeklyOf(subscription, { startedAt: DUE, state: "due", reason, nextTry: afterDue(30_000) }),
    );
  });

  test.each([
    [10, 30_000],
    [600, 600_000],
  ])("waits the %d seconds that Teams asks for where they are longer", async (seconds, expected) => {
    const subscription = await subscribed();
    const outcome = { kind: "refused", status: 429, retryAfter: seconds * 1_000 } as const;

    await delivering(subscription, async () => outcome);

    expect(await rowOf(subscription)).toMatchObject({ state: "due", nextTry: afterDue(expected) });
  });

  test.each([
    [1, 2 * 60_000],
    [3, 32 * 60_000],
  ])("waits longer after %d tries", async (attempts, expected) => {
    const subscription = await subscribed();

    await delivering(subscription, async () => ({ kind: "refused", status: 503 }), { attempts });

    expect(await rowOf(subscription)).toMatchObject({ state: "due", nextTry: afterDue(expected) });
  });

  test.each<[string, Options, number]>([
    ["the fifth try", { attempts: 4 }, 0],
    ["the catch-up time", { now: afterDue(DAY - 29_999) }, 0],
    ["a Retry-After beyond the catch-up time", {}, DAY + 1],
  ])("has failed after %s", async (_what, options, retryAfter) => {
    const subscription = await subscribed();
    const outcome: PostOutcome = { kind: "refused", status: 503, retryAfter };

    await delivering(subscription, async () => outcome, options);

    expect(await rowOf(subscription)).toMatchObject({ state: "failed", reason: "HTTP-503" });
  });
});

describe("a refusal", () => {
  test.each([
    [403, "BotDisabledByAdmin", "blocked"],
    [403, "ConversationBlockedByUser", "blocked"],
    [403, "MessageWritesBlocked", "blocked"],
    [403, "BotNotInConversationRoster", "removed"],
    [403, "ForbiddenOperationException", "removed"],
    [404, "ConversationNotFound", "gone"],
  ] as const)("%d %s suspends the digest as %s", async (status, code, reason) => {
    const subscription = await subscribed();

    await delivering(subscription, async () => ({ kind: "refused", status, code }));

    expect(await rowsOf(subscription)).toMatchObject([{ state: "failed", reason: code }]);
    expect(await storedOf(subscription)).toEqual({ ...subscription, state: { kind: "suspended", reason } });
  });

  test.each([
    [403, "NotEnoughPermissions"],
    [403, "InvalidBotApiHost"],
    [403, undefined],
    [404, "ActivityNotFoundInConversation"],
    [404, undefined],
    [401, "BotNotRegistered"],
    [413, "MessageSizeTooBig"],
    [500, "ServiceError"],
  ])("%d %s fails this week alone", async (status, code) => {
    const subscription = await subscribed();

    await delivering(subscription, async () => ({ kind: "refused", status, ...(code && { code }) }));

    expect(await rowsOf(subscription)).toMatchObject([{ state: "failed", reason: code ?? `HTTP-${status}` }]);
    expect(await storedOf(subscription)).toEqual(subscription);
  });

  test("leaves paused what somebody paused meanwhile", async () => {
    const subscription = await subscribed();
    const state = { kind: "paused", until: afterDue(1) } as const;

    await delivering(subscription, async () => {
      await store.subscriptions.put({ ...subscription, state });
      return { kind: "refused", status: 403, code: "BotDisabledByAdmin" };
    });

    expect(await storedOf(subscription)).toMatchObject({ state });
  });

  test("does not bring back what was unsubscribed meanwhile", async () => {
    const subscription = await subscribed();

    await delivering(subscription, async () => {
      await store.subscriptions.remove(subscription.tenantId, subscription.address.conversationId);
      return { kind: "refused", status: 404, code: "ConversationNotFound" };
    });

    expect(await storedOf(subscription)).toBeUndefined();
  });
});
