// The digests of some places: set up before the bot starts, and compared with what Teams has when it has ended.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

async function openStore({ built, dataDirectory, databaseUrl }) {
  const { openConfiguredStore } = await import(pathToFileURL(join(built, "store", "open.js")).href);
  return openConfiguredStore({ dataDirectory, ...(databaseUrl && { databaseUrl }) });
}

/** Sets up digests that are first due at a time, a Tuesday at 13:00 in Berlin; resolves with their conversations. */
export async function subscribe({ connector, tenantId, places, due, ...where }) {
  const store = await openStore(where);
  const conversations = Array.from({ length: places }, (_, index) => `19:soak-${index}@thread.tacv2`);
  for (const conversationId of conversations) {
    const { serviceUrl } = connector;
    await store.subscriptions.put({
      ...{ tenantId, address: { serviceUrl, conversationId, botId: "28:authpulse", kind: "channel" } },
      schedule: { day: 2, time: "13:00", timeZone: "Europe/Berlin" },
      ...{ extras: ["advice"], locale: "en-GB", setAt: new Date(due - 86_400_000) },
      ...{ state: { kind: "active" }, nextDue: new Date(due) },
    });
  }
  await store.close();
  return conversations;
}

/** Slot by slot: how often each state is there, and a line for each row that is not as Teams has it. */
export async function compareLedger({ tenantId, places, connector, ...where }) {
  const store = await openStore(where);
  const faults = [];
  const states = new Map();
  for (const place of places) {
    const rows = await store.deliveries.last(tenantId, place, 1_000);
    faults.push(...faultsOf(rows, connector.postsOf(place)).map((fault) => `${place}: ${fault}`));
    for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1);
  }
  if (!states.has("delivered")) faults.push("no digest was delivered, so nothing was compared");
  await store.close();
  return { states, faults };
}

/** The connector loses no answer, so that no outcome may be unknown. */
function faultsOf(rows, posts) {
  const left = new Set(posts);
  const wrong = rows.filter(({ state, activityId }) =>
    state === "delivered"
      ? !left.delete(activityId)
      : !["due", "failed", "missed"].includes(state) || activityId,
  );
  const weeks = new Set(rows.map(({ week }) => week));
  return [
    ...wrong.map(
      ({ week, state, activityId }) => `${week} is ${state} (${activityId}), and Teams has it otherwise`,
    ),
    ...(left.size > 0 ? [`Teams has ${left.size} digests that the ledger does not know`] : []),
    ...(weeks.size < rows.length ? ["a week is there twice"] : []),
  ];
}
