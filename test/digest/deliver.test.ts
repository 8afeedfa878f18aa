import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliver } from "../../src/digest/deliver.ts";
import type { Delivery, Subscription } from "../../src/ports/digest.ts";
import type { PostOutcome } from "../../src/ports/messenger.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { recordingLog } from "../graph/setup.ts";
import { movableClock } from "./movable-clock.ts";
import { afterDue, notice } from "./running.ts";
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

function delivering(
  subscription: Subscription,
  post: () => Promise<PostOutcome>,
  kind: Delivery["kind"] = "weekly",
  counted: string[] = [],
): Promise<Delivery | undefined> {
  const parts = {
    subscriptions: store.subscriptions,
    ledger: store.deliveries,
    places: store.places,
    messenger: { post },
    clock: movableClock(DUE),
    log: recordingLog(),
    metrics: { delivery: (...labels: readonly string[]) => void counted.push(labels.join(" ")) },
  };
  const view = notice("Adoption digest");
  return deliver(parts, { subscription, kind, week: "2026-W46", dueAt: DUE, view, numbers: NUMBERS });
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
      { kind: "refused", status: 503 },
      { state: "failed", reason: "HTTP-503" },
    ],
    [
      { kind: "not-sent", reason: "ECONNREFUSED" },
      { state: "failed", reason: "ECONNREFUSED" },
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

    await delivering(subscription, post, "weekly", counted);
    await delivering(subscription, post, "weekly", counted);
    await delivering(subscription, post, "extra", counted);

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
    await delivering(subscription, async () => ({ kind: "delivered" }), "extra");

    const weekly = await delivering(subscription, async () => ({ kind: "delivered" }));

    expect(weekly).toMatchObject({ kind: "weekly", state: "delivered" });
    expect(await rowsOf(subscription)).toHaveLength(2);
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
    [429, "Throttled"],
    [502, "ConversationNotFound"],
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
