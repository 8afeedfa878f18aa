import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendHandler } from "../../src/commands/digest/manage.ts";
import type { DigestParts } from "../../src/commands/digest/parts.ts";
import { deliverExtra } from "../../src/digest/deliver.ts";
import { TIMINGS } from "../../src/kernel/timings.ts";
import type { Delivery } from "../../src/ports/digest.ts";
import type { PostOutcome } from "../../src/ports/messenger.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { begin, HOLDER, NO_PACE } from "../digest/ledger.ts";
import { movableClock } from "../digest/movable-clock.ts";
import { afterDue, DAY, MINUTE, notice, WEEK } from "../digest/running.ts";
import { NUMBERS, newSubscription, weeklyOf } from "../digest/subscriptions.ts";
import { recordingLog } from "../graph/setup.ts";
import { AUDIENCE } from "../views/samples.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore("memory");
}, 120_000);
afterAll(() => store.close());

interface Place {
  readonly weekly: Delivery;
  readonly posts: readonly string[];
  /** Presses "Post it again" of week 46, so long after the week's own post was due. */
  press(after: number): Promise<string | undefined>;
  rows(): Promise<readonly Delivery[]>;
}

/** A place that nobody knows of whether it has the digest of week 46. */
async function uncertain(reason = "AbortError", ...outcomes: PostOutcome[]): Promise<Place> {
  const subscription = newSubscription();
  const { tenantId, address } = subscription;
  await store.subscriptions.put(subscription);
  const weekly = weeklyOf(subscription);
  await begin(store.deliveries, weekly);
  const ended = { ...weekly, state: "unknown", endedAt: afterDue(10_000), reason } as const;
  await store.deliveries.end(ended, HOLDER);
  const clock = movableClock(afterDue(MINUTE));
  const posts: string[] = [];
  const delivering = {
    ...{ tenantId, holder: "another process", subscriptions: store.subscriptions, ledger: store.deliveries },
    ...{ places: store.places, pace: NO_PACE, timings: TIMINGS, catchUp: DAY, clock, random: () => 0.5 },
    messenger: {
      async post(_address: unknown, { title }: { readonly title: string }) {
        posts.push(title);
        return outcomes.shift() ?? ({ kind: "delivered" } as const);
      },
    },
    log: recordingLog(),
  };
  const composer = {
    setBy: async () => undefined,
    composeNow: async () => ({ view: notice("now"), numbers: { ...NUMBERS, week: "2026-W47" } }),
    composeAgain: async (
      _place: unknown,
      _slot: unknown,
      { numbers }: { readonly numbers: typeof NUMBERS },
    ) => ({
      ...{ view: notice(numbers.week), numbers },
    }),
  };
  const parts = {
    ...{ tenantId, subscriptions: store.subscriptions, ledger: store.deliveries, clock, timings: TIMINGS },
    ...{ composer, numbers: { progress: () => ({}) } },
    deliverExtra: (...extra: Parameters<DigestParts["deliverExtra"]>) => deliverExtra(delivering, ...extra),
  } as unknown as DigestParts;
  const turn = { address, audience: AUDIENCE, answerBy: afterDue(9 * WEEK) } as Parameters<
    ReturnType<typeof sendHandler>
  >[1];
  return {
    weekly,
    posts,
    async press(after) {
      clock.set(afterDue(after));
      const question = { command: "digest-send", options: { week: 46 } } as const;
      const { acted } = await sendHandler(parts)(question, turn, { mode: "ask" });
      return acted?.outcome;
    },
    rows: () => store.deliveries.last(tenantId, address.conversationId, 9),
  };
}

describe("“Post it again”", () => {
  test("posts the card of its own week as it was frozen, also when later weeks are over", async () => {
    const place = await uncertain();

    const outcome = await place.press(WEEK);

    expect([outcome, place.posts]).toEqual(["extra", ["2026-W46"]]);
    expect(await place.rows()).toMatchObject([
      { kind: "extra", week: "2026-W46", state: "delivered", numbers: NUMBERS },
      { kind: "weekly", week: "2026-W46", state: "unknown" },
    ]);
  });

  test("posts once, however many people press it at once", async () => {
    const place = await uncertain();

    const outcomes = await Promise.all([place.press(MINUTE), place.press(MINUTE), place.press(MINUTE)]);

    expect(place.posts).toEqual(["2026-W46"]);
    expect(outcomes.filter((outcome) => outcome === "extra")).toHaveLength(1);
  });

  test("posts nothing more when it is pressed again later", async () => {
    const place = await uncertain();

    await place.press(MINUTE);
    const outcome = await place.press(WEEK);

    expect([outcome, place.posts]).toEqual([undefined, ["2026-W46"]]);
  });

  test("posts nothing where the answer came late and says that it is there", async () => {
    const place = await uncertain("interrupted");
    await store.deliveries.end({ ...place.weekly, state: "delivered", endedAt: afterDue(MINUTE) }, HOLDER);

    const outcome = await place.press(2 * MINUTE);

    expect([outcome, place.posts]).toEqual([undefined, []]);
  });

  test("can be pressed again where nobody knows of the repetition either", async () => {
    const place = await uncertain("AbortError", { kind: "unknown", reason: "AbortError" });

    await place.press(MINUTE);
    await place.press(2 * MINUTE);
    await place.press(3 * MINUTE);

    expect(place.posts).toEqual(["2026-W46", "2026-W46"]);
  });
});
