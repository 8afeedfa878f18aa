import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { toTenantId } from "../src/kernel/ids.ts";
import { VERSION } from "../src/kernel/version.ts";
import { openPglite } from "../src/store/pglite.ts";
import { createStore } from "../src/store/store.ts";
import { exportStore } from "../src/store/transfer/export.ts";
import { tablesOf } from "../src/store/transfer/tables.ts";
import { begin } from "../test/digest/ledger.ts";
import { newSubscription, newUser, weeklyOf } from "../test/digest/subscriptions.ts";
import { TENANT } from "../test/support/activities.ts";
import { startBot } from "../test/support/running-bot.ts";
import { shiftedClock } from "../test/support/shifted-clock.ts";

/**
 * Writes what this version leaves in its store, for every later version to read: `npm run release:store`, once for each
 * release. The numbers are what the bot read of a small sample tenant; the rest is one row of each kind.
 */

const NOW = new Date("2026-11-21T13:32:00Z");
/** The same tries once more as a reading two months before would have left them, to be folded into hours. */
const OLDER = `
  INSERT INTO authpulse.usage_cells (tenant_id, graph_host, quarter, feature, method, is_success, reason, count)
  SELECT tenant_id, graph_host, quarter - interval '62 days', feature, method, is_success, reason, count
  FROM authpulse.usage_cells`;
const PATH = join(import.meta.dirname, `../test/store/fixtures/released/${VERSION}.jsonl`);
const QUESTIONS = [
  "sspr usage by method",
  "registration",
  "trend helpdesk",
  "people not registered",
  "audit",
];

test(`writes the store of ${VERSION}`, async () => {
  expect(existsSync(PATH), `${PATH} is there already; a released file is never changed`).toBe(false);
  const tenantId = toTenantId(TENANT);
  if (!tenantId) {
    throw new Error("the tests' tenant is a GUID");
  }
  const clock = shiftedClock(NOW);
  const bot = await startBot({
    clock,
    tenant: { now: () => clock.now(), people: 40, quota: 1_000 },
    timings: { answerWithin: 8_000 },
  });
  for (const question of QUESTIONS) {
    await bot.say(question);
  }
  await bot.halt();

  const database = await openPglite(bot.dataDirectory);
  const store = await createStore(database);
  const subscription = newSubscription({ tenantId });
  const { address } = subscription;
  await store.subscriptions.put(subscription);
  await begin(store.deliveries, weeklyOf(subscription));
  await store.places.welcomeOnce(tenantId, address.conversationId, NOW);
  await store.places.tellOnce(tenantId, address, "readers", NOW);
  await store.places.removed(tenantId, "a:left", NOW);
  await store.audit.record({
    ...{ at: NOW, tenantId, who: newUser(), what: "subscription", command: "digest-subscribe" },
    ...{ place: "channel", outcome: "active", correlationId: "0123456789abcdef0123456789abcdef" },
  });
  await store.secret(tenantId, "card seal");
  await database.query(OLDER);
  await store.folding.fold({ tenantId, now: NOW, splitHours: async () => new Set() });
  await exportStore(database, PATH);

  const counts: Record<string, unknown> = {};
  for (const { name, sql } of await tablesOf(database)) {
    counts[name] = (await database.query(`SELECT count(*)::integer AS rows FROM ${sql}`))[0]?.["rows"];
  }
  await store.close();
  await bot.stop();
  const empty = Object.entries(counts).filter(([, rows]) => rows === 0);
  expect(empty, "a table without a row proves nothing").toEqual([]);
});
