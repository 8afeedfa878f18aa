import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Delivery, Subscription } from "../../src/ports/digest.ts";
import { openStore } from "../../src/store/pglite.ts";
import { startChild } from "../support/child.ts";
import { type Connector, startConnector } from "../support/connector.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { afterDue, HOUR, WEEK } from "./running.ts";
import { DUE, newSubscription } from "./subscriptions.ts";

const RUN_DUE = new URL("./fixtures/run-due.mjs", import.meta.url);

let connector: Connector;
beforeAll(async () => {
  connector = await startConnector();
});
afterAll(() => connector.close());

/** A place in a data directory of its own, due at `DUE`; its service URL is the connector on loopback. */
async function subscribed(): Promise<{ readonly directory: string; readonly place: Subscription }> {
  const directory = await dataDirectory();
  onTestFinished(() => directory.remove());
  const { address, ...rest } = newSubscription();
  const place: Subscription = { ...rest, address: { ...address, serviceUrl: connector.serviceUrl } };
  const store = await openStore(directory.path);
  await store.subscriptions.put(place);
  await store.close();
  return { directory: directory.path, place };
}

/** Starts the bot at this time and kills it with SIGKILL when `moment` has come. */
async function runAndKill(
  directory: string,
  place: Subscription,
  now: Date,
  edge: string,
  moment: (next: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const child = await startChild(RUN_DUE, directory, place.tenantId, now.toISOString(), edge);
  onTestFinished(() => child.kill());
  await moment(() => child.next());
  await child.kill();
}

const until =
  (edge: string) =>
  async (next: () => Promise<unknown>): Promise<void> => {
    while ((await next()) !== edge) {
      // Passes the edges before.
    }
  };

/** How often the place has the digest, by week, and what was recorded. */
async function found(
  directory: string,
  place: Subscription,
): Promise<{
  readonly posts: readonly (string | undefined)[];
  readonly rows: readonly Pick<Delivery, "week" | "state">[];
  readonly nextDue: Date | undefined;
}> {
  const { tenantId, address } = place;
  const store = await openStore(directory);
  const rows = await store.deliveries.last(tenantId, address.conversationId, 9);
  const stored = await store.subscriptions.get(tenantId, address.conversationId);
  await store.close();
  return {
    posts: connector.sent
      .filter(({ conversationId }) => conversationId === address.conversationId)
      .map(({ body }) => body.summary),
    rows: rows.map(({ week, state }) => ({ week, state })),
    nextDue: stored?.nextDue,
  };
}

describe("a bot that is killed", { timeout: 60_000 }, () => {
  const ONCE = ["2026-W46"];

  test.each([
    ["composing", ONCE, "delivered"],
    ["before the row", ONCE, "delivered"],
    ["before the post", [], "unknown"],
    ["before the outcome", ONCE, "unknown"],
    ["before moving on", ONCE, "delivered"],
    ["done", ONCE, "delivered"],
  ] as const)("%s has posted %j in the end, and its outcome is %s", async (edge, posts, state) => {
    const { directory, place } = await subscribed();

    await runAndKill(directory, place, DUE, edge, until(edge));
    await runAndKill(directory, place, afterDue(HOUR), "", until("done"));

    expect(await found(directory, place)).toEqual({
      posts,
      rows: [{ week: "2026-W46", state }],
      nextDue: afterDue(WEEK),
    });
  });

  test("while Teams has the post and has not answered never posts it again, and goes on next week", async () => {
    const { directory, place } = await subscribed();
    const before = connector.sent.length;
    connector.behave("hang");

    await runAndKill(directory, place, DUE, "", async () => {
      await connector.waitFor(before + 1);
    });
    connector.behave(undefined);
    await runAndKill(directory, place, afterDue(HOUR), "", until("done"));
    await runAndKill(directory, place, afterDue(WEEK), "", until("done"));

    expect(await found(directory, place)).toEqual({
      posts: ["2026-W46", "2026-W47"],
      rows: [
        { week: "2026-W47", state: "delivered" },
        { week: "2026-W46", state: "unknown" },
      ],
      nextDue: afterDue(2 * WEEK),
    });
  });

  test("again and again before it posts sends the digest once in the end", async () => {
    const { directory, place } = await subscribed();

    for (const edge of ["composing", "before the row", "composing"]) {
      await runAndKill(directory, place, DUE, edge, until(edge));
    }
    await runAndKill(directory, place, afterDue(HOUR), "", until("done"));
    await runAndKill(directory, place, afterDue(2 * HOUR), "", until("done"));

    expect(await found(directory, place)).toMatchObject({
      posts: ONCE,
      rows: [{ week: "2026-W46", state: "delivered" }],
    });
  });
});
