import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDigestLifecycle } from "../../src/digest/lifecycle.ts";
import type { PlaceAddress, Subscription, SubscriptionState } from "../../src/ports/digest.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { newTenant } from "../store/readings.ts";
import { movableClock } from "./movable-clock.ts";
import { afterDue, HOUR, WEEK } from "./running.ts";
import { newSubscription } from "./subscriptions.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore("memory");
});
afterAll(() => store.close());

const NOW = afterDue(2 * WEEK + HOUR);
const REMOVED: SubscriptionState = { kind: "suspended", reason: "removed" };
const GONE: SubscriptionState = { kind: "suspended", reason: "gone" };

async function stored(changes: Partial<Subscription> = {}): Promise<Subscription> {
  const subscription = newSubscription(changes);
  await store.subscriptions.put(subscription);
  return subscription;
}
const found = ({ tenantId, address }: Subscription): Promise<Subscription | undefined> =>
  store.subscriptions.get(tenantId, address.conversationId);
const lifecycle = () => createDigestLifecycle(store.subscriptions, movableClock(NOW));

function reinstalled(place: Subscription): PlaceAddress {
  return { ...place.address, serviceUrl: "https://smba.trafficmanager.net/emea/", botId: "28:new" };
}

describe("a removal", () => {
  test("from a place suspends its digest", async () => {
    const place = await stored();

    await lifecycle().onRemoved(place.tenantId, { conversationId: place.address.conversationId });

    expect(await found(place)).toEqual({ ...place, state: REMOVED });
  });

  test("from a team suspends the digests of all its channels, and no other", async () => {
    const place = await stored();
    const sibling = await stored({ tenantId: place.tenantId });
    const { teamId: _none, ...address } = newSubscription().address;
    const other = await stored({ tenantId: place.tenantId, address: { ...address, teamId: "19:other" } });
    const elsewhere = await stored();

    const teamId = place.address.teamId ?? "";
    await lifecycle().onRemoved(place.tenantId, { conversationId: teamId, teamId });

    const states = await Promise.all([place, sibling, other, elsewhere].map(found));
    expect(states.map((one) => one?.state.kind)).toEqual(["suspended", "suspended", "active", "active"]);
  });

  test("of a channel itself says that it is gone", async () => {
    const place = await stored();

    await lifecycle().onRemoved(place.tenantId, { conversationId: place.address.conversationId }, "gone");

    expect(await found(place)).toMatchObject({ state: GONE });
  });

  test("leaves paused what somebody paused", async () => {
    const place = await stored({ state: { kind: "paused" } });

    await lifecycle().onRemoved(place.tenantId, { conversationId: place.address.conversationId });

    expect(await found(place)).toEqual(place);
  });

  test("keeps why a digest was suspended first", async () => {
    const place = await stored({ state: { kind: "suspended", reason: "blocked" } });

    await lifecycle().onRemoved(place.tenantId, { conversationId: place.address.conversationId });

    expect(await found(place)).toEqual(place);
  });

  test("from a place without a digest changes nothing", async () => {
    const tenantId = newTenant();

    await lifecycle().onRemoved(tenantId, { conversationId: "a:1" });

    expect(await store.subscriptions.get(tenantId, "a:1")).toBeUndefined();
  });
});

describe("a reinstallation", () => {
  test.each(["removed", "blocked", "gone"] as const)(
    "brings back what was suspended as %s, at its next run and with the new address",
    async (reason) => {
      const place = await stored({ state: { kind: "suspended", reason } });
      const address = reinstalled(place);

      await lifecycle().onInstalled(place.tenantId, address);

      expect(await found(place)).toEqual({
        ...place,
        address,
        state: { kind: "active" },
        nextDue: afterDue(3 * WEEK),
      });
    },
  );

  test.each<SubscriptionState>([{ kind: "paused" }, { kind: "paused", until: NOW }, { kind: "active" }])(
    "gives %j the new address and nothing else",
    async (state) => {
      const place = await stored({ state });
      const address = reinstalled(place);

      await lifecycle().onInstalled(place.tenantId, address);

      expect(await found(place)).toEqual({ ...place, address });
    },
  );

  test("in a team brings back all its channels but those that are gone, each in its own conversation", async () => {
    const place = await stored({ state: REMOVED });
    const sibling = await stored({ tenantId: place.tenantId, state: REMOVED });
    const deleted = await stored({ tenantId: place.tenantId, state: GONE });

    await lifecycle().onInstalled(place.tenantId, reinstalled(place));

    expect(await found(sibling)).toMatchObject({
      state: { kind: "active" },
      address: { conversationId: sibling.address.conversationId, botId: "28:new" },
    });
    expect(await found(deleted)).toMatchObject({ state: GONE });
  });

  test("subscribes nobody", async () => {
    const place = newSubscription();

    await lifecycle().onInstalled(place.tenantId, place.address);

    expect(await found(place)).toBeUndefined();
  });
});
