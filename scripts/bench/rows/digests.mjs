// How fast the digests of one minute are posted, beside the 50 requests in a second that Microsoft allows an app in a
// tenant. Teams is a connector on loopback that counts what arrives; store, pace, adapter and card are the real ones,
// and so is the time. Each digest is one POST.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

export const title = "digests: a fan-out under Teams' limits";

const ALLOWED = 50;
const ALLOWED_IN_CONVERSATION = 7;
/** Teams' own time for an answer, about as long as one really takes. */
const ANSWERS_AFTER = 400;
const MOST_ROUNDS = 2;

export async function measure({ load, quick, rounds }) {
  const places = quick ? 60 : 1000;
  const ours = [];
  const fullest = [];
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    const arrivals = await fanOut(load, places);
    const seconds = (arrivals.at(-1).at - arrivals[0].at) / 1000;
    ours.push((arrivals.length - 1) / seconds);
    fullest.push(checked(arrivals, places));
  }
  return [
    {
      ...{ row: "digests: fan-out", reference: "Teams' limit for a tenant", unit: "/s" },
      ...{ ours, theirs: ours.map(() => ALLOWED), target: { atLeast: 0.95 } },
      note: `${places} places, ${Math.max(...fullest)} in the fullest second, no limit broken`,
    },
  ];
}

/** The most that arrived in a second. Throws where a place got none or two, or where a limit was broken. */
function checked(arrivals, places) {
  const conversations = [...new Set(arrivals.map(({ conversation }) => conversation))];
  if (conversations.length !== places || arrivals.length !== places) {
    throw new Error(`${arrivals.length} posts to ${conversations.length} of ${places} places`);
  }
  const most = mostInASecond(arrivals);
  const mostInOne = Math.max(
    ...conversations.map((one) => mostInASecond(arrivals.filter(({ conversation }) => conversation === one))),
  );
  if (most > ALLOWED || mostInOne > ALLOWED_IN_CONVERSATION) {
    throw new Error(`${most} posts in a second, ${mostInOne} of them to one conversation`);
  }
  return most;
}

function mostInASecond(arrivals) {
  let first = 0;
  let most = 0;
  for (const [last, { at }] of arrivals.entries()) {
    while (arrivals[first].at <= at - 1000) {
      first += 1;
    }
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Posts one digest to each of so many places, which are all due. */
async function fanOut(load, places) {
  const arrivals = [];
  const connector = createServer(async (request, response) => {
    arrivals.push({ at: performance.now(), conversation: request.url.split("/")[3] });
    request.resume();
    await once(request, "end");
    await pause(ANSWERS_AFTER);
    response.writeHead(201, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: randomUUID() }));
  });
  connector.listen(0, "127.0.0.1");
  await once(connector, "listening");
  const { openStore } = await load("store/pglite.js");
  const store = await openStore("memory");
  try {
    const tenantId = randomUUID();
    await subscribe(store, tenantId, `http://127.0.0.1:${connector.address().port}/`, places);
    await (await schedulerOf(load, store, tenantId)).runDue();
  } finally {
    await store.close();
    connector.closeAllConnections();
    connector.close();
  }
  return arrivals;
}

async function subscribe(store, tenantId, serviceUrl, places) {
  const due = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  for (let place = 0; place < places; place += 1) {
    const conversationId = `19:place-${place}@thread.tacv2`;
    await store.subscriptions.put({
      ...{ tenantId, address: { serviceUrl, conversationId, botId: "28:bot", kind: "channel" } },
      schedule: { day: 2, time: "13:00", timeZone: "Europe/Berlin" },
      ...{ extras: [], locale: "en-GB", setAt: due, state: { kind: "active" }, nextDue: due },
    });
  }
}

async function schedulerOf(load, store, tenantId) {
  const { createPace } = await load("digest/pace.js");
  const { createScheduler } = await load("digest/scheduler.js");
  const { systemClock: clock } = await load("kernel/clock.js");
  const { createLog } = await load("kernel/log.js");
  const { TIMINGS: timings } = await load("kernel/timings.js");
  const { createRenderer } = await load("render/renderer.js");
  const { TeamsAdapter } = await load("teams/adapter.js");
  const { Authentication } = await load("teams/authentication.js");
  const { createDigestMessenger } = await load("teams/digest-messenger.js");
  const { createMessenger } = await load("teams/messenger.js");
  const { createSeal } = await load("teams/seal.js");
  const adapter = new TeamsAdapter(
    new Authentication({ cloud: {}, sendDeadline: timings.sendDeadline, trusts: () => true }),
  );
  const messenger = createMessenger(adapter, undefined, createSeal(new Uint8Array(32)));
  return createScheduler({
    ...{ tenantId, holder: randomUUID(), timings, clock, random: Math.random, catchUp: 86_400_000 },
    ...{ subscriptions: store.subscriptions, ledger: store.deliveries, places: store.places },
    log: createLog("silent"),
    pace: createPace({ store: store.pace, tenantId, timings, clock, elapsed: () => performance.now() }),
    messenger: createDigestMessenger(messenger, createRenderer(), tenantId, clock),
    async compose(_place, { week: { week, from, to } }) {
      const lines = Array.from({ length: 20 }, (_line, index) => `A line of the digest, number ${index}.`);
      return {
        view: { kind: "notice", headline: week, title: week, buttons: [], lines },
        numbers: { week, from: from.toISOString(), to: to.toISOString(), timeZone: "Europe/Berlin" },
      };
    },
  });
}
