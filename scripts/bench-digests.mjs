// How fast the digests of many places that are due in the same minute leave, beside the 50 requests a second that
// Microsoft allows an app in a tenant. Teams is a connector on loopback that counts what arrives; store, pace, adapter
// and card are the real ones, and so is the time. Each digest is one POST.
// npm run bench runs it; alone it is node scripts/bench-digests.mjs [places], after npm run build.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
const load = (path) => import(pathToFileURL(join(root, "dist", path)).href);
const places = Number(process.argv[2] ?? 1000);
const ALLOWED = 50;
const MEBIBYTE = 1024 ** 2;
/** Teams' own time for an answer, about as long as one really takes. */
const ANSWERS_AFTER = 400;

const { createPace } = await load("digest/pace.js");
const { createScheduler } = await load("digest/scheduler.js");
const { systemClock: clock } = await load("kernel/clock.js");
const { createLog } = await load("kernel/log.js");
const { TIMINGS: timings } = await load("kernel/timings.js");
const { createRenderer } = await load("render/renderer.js");
const { openStore } = await load("store/pglite.js");
const { TeamsAdapter } = await load("teams/adapter.js");
const { Authentication } = await load("teams/authentication.js");
const { createDigestMessenger } = await load("teams/digest-messenger.js");
const { createMessenger } = await load("teams/messenger.js");
const { createSeal } = await load("teams/seal.js");

const arrivals = [];
const connector = createServer(async (request, response) => {
  arrivals.push(performance.now());
  request.resume();
  await once(request, "end");
  await pause(ANSWERS_AFTER);
  response.writeHead(201, { "content-type": "application/json" });
  response.end(JSON.stringify({ id: randomUUID() }));
});
connector.listen(0, "127.0.0.1");
await once(connector, "listening");
const serviceUrl = `http://127.0.0.1:${connector.address().port}/`;

const store = await openStore("memory");
const tenantId = randomUUID();
const due = new Date(Math.floor(Date.now() / 60_000) * 60_000);
for (let index = 0; index < places; index += 1) {
  const conversationId = `19:place-${index}@thread.tacv2`;
  await store.subscriptions.put({
    ...{ tenantId, address: { serviceUrl, conversationId, botId: "28:bot", kind: "channel" } },
    schedule: { day: 2, time: "13:00", timeZone: "Europe/Berlin" },
    ...{ extras: [], locale: "en-GB", setAt: due, state: { kind: "active" }, nextDue: due },
  });
}

const adapter = new TeamsAdapter(
  new Authentication({ cloud: {}, sendDeadline: timings.sendDeadline, trusts: () => true }),
);
const scheduler = createScheduler({
  ...{ tenantId, holder: randomUUID(), timings, clock, random: Math.random, catchUp: 86_400_000 },
  ...{ subscriptions: store.subscriptions, ledger: store.deliveries, places: store.places },
  log: createLog("silent"),
  pace: createPace({ store: store.pace, tenantId, timings, clock }),
  messenger: createDigestMessenger(
    createMessenger(adapter, undefined, createSeal(new Uint8Array(32))),
    createRenderer(),
    tenantId,
    clock,
  ),
  async compose(_place, { week: { week, from, to } }) {
    const lines = Array.from({ length: 20 }, (_line, index) => `A line of the digest, number ${index}.`);
    return {
      view: { kind: "notice", headline: week, title: week, buttons: [], lines },
      numbers: { week, from: from.toISOString(), to: to.toISOString(), timeZone: "Europe/Berlin" },
    };
  },
});

globalThis.gc?.();
const idle = process.memoryUsage.rss();
let peak = idle;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
await scheduler.runDue();
clearInterval(watch);

const seconds = (arrivals.at(-1) - arrivals[0]) / 1000;
const most = Math.max(
  ...arrivals.map(
    (at, index) => arrivals.findIndex((later, next) => next > index && later > at + 1000) - index,
  ),
  ...(seconds < 1 ? [arrivals.length] : []),
);
process.stdout.write(
  `digests posted: ${arrivals.length} of ${places} places in ${seconds.toFixed(1)} s, ` +
    `${(arrivals.length / seconds).toFixed(1)} a second and ${most} in the fullest second, beside the ` +
    `${ALLOWED} requests a second that Microsoft allows for a tenant; ` +
    `${((peak - idle) / MEBIBYTE).toFixed(0)} MiB above the idle ${(idle / MEBIBYTE).toFixed(0)} MiB\n`,
);
if (most > ALLOWED || arrivals.length !== places) {
  process.exitCode = 1;
  process.stdout.write(`  each place gets one, and no second more than ${ALLOWED}\n`);
}
await store.close();
connector.closeAllConnections();
connector.close();
