import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { startBot } from "./bot.mjs";
import { startConnector } from "./connector.mjs";
import { growth } from "./growth.mjs";
import { compareLedger, subscribe } from "./ledger.mjs";
import { createLogReader } from "./log.mjs";
import { startProxy } from "./proxy.mjs";
import { createTraffic } from "./traffic.mjs";
import { createTrouble } from "./trouble.mjs";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MEBIBYTE = 1024 ** 2;
const PEOPLE = 200;
const ASKERS = 8;
/** Milliseconds between two acts of an asker, at the most. */
const LONGEST_PAUSE = 1_000;
const PLACES = 12;
/** How many posts of digests Teams refuses for now. */
const REFUSED_DIGESTS = 0.1;
/** A Tuesday at 13:00 in Berlin, when the digests are due; the bot's clock begins shortly before. */
const DUE = Date.parse("2026-11-24T12:00:00Z");
const BEFORE_DUE = 25 * SECOND;
/** Longer than the minute between two looks for digests that are due. */
const LEAP = 65 * SECOND;
/** Longer than a bot waits for anything: turns 9 s, posts 10 s. */
const QUIET = 12 * SECOND;
const LONGEST_SETTLING = 60 * SECOND;

/** Resolves with a line for each fault. */
export async function soak({ built, databaseUrl, folder, seed, minutes, say }) {
  const load = (path) => import(pathToFileURL(join(built, path)).href);
  const { stream } = await load("sample-tenant/random.js");
  const { nameOf } = await load("sample-tenant/names.js");
  const { startSampleTenant } = await load("sample-tenant/server.js");
  const kind = databaseUrl ? "PostgreSQL" : "the embedded database";
  say(`Soak of ${minutes} minutes on ${kind}, Node ${process.version}, seed ${seed}`);

  const faults = [];
  const fault = (line) => faults.push(line);
  const draw = stream(seed);
  const drawTrouble = stream(seed + 1);
  const clock = { ahead: DUE - BEFORE_DUE - Date.now() };
  const tenant = await startSampleTenant({ people: PEOPLE, now: () => new Date(Date.now() + clock.ahead) });
  const connector = await startConnector(
    (conversation) => conversation.startsWith("19:") && drawTrouble() < REFUSED_DIGESTS,
  );
  const database = databaseUrl ? await startProxy(databaseUrl) : undefined;
  const settings = {
    AZURE_TENANT_ID: tenant.tenantId,
    GRAPH_BASE_URL: tenant.url,
    GRAPH_ACCESS_TOKEN: tenant.token("app", { lifetimeSeconds: 10 * 365 * 86_400 }),
    DATA_DIR: join(folder, "data"),
    COLLECT_EVERY: "900",
    REFRESH_AFTER: "0",
    ...(database && { DATABASE_URL: database.url }),
  };
  const store = { built, dataDirectory: settings.DATA_DIR, databaseUrl };
  const places = await subscribe({
    ...store,
    connector,
    tenantId: tenant.tenantId,
    places: PLACES,
    due: DUE,
  });

  const reported = Array.from({ length: PEOPLE }, (_, index) => nameOf(1, index));
  const viewers = Object.values(tenant.viewers);
  const names = [...reported, ...viewers].flatMap(({ displayName, alias, userPrincipalName }) => [
    displayName.toLowerCase(),
    alias ?? userPrincipalName.toLowerCase(),
  ]);
  const log = createLogReader({ names, isDatabaseAway: database !== undefined, fault });
  const bot = await startBot({ built, settings, ahead: clock.ahead, onLine: log.read });
  clock.set = (ahead) => {
    clock.ahead = ahead;
    bot.setClock(ahead);
  };
  const isDone = (weeks) => places.every((place) => connector.postsOf(place).length >= weeks);
  const traffic = createTraffic({ bot, connector, tenant, draw, fault });
  const trouble = createTrouble({
    ...{ tenant, database, clock, draw: drawTrouble },
    weekly: { from: DUE, every: LEAP, isDone },
  });
  const scene = { bot, traffic, trouble, fault, peak: 0 };
  try {
    // Until everything has been used once; what is remembered for minutes is full in longer runs alone.
    const warm = await act(scene, (minutes * MINUTE) / 2);
    const end = await act(scene, (minutes * MINUTE) / 2);
    for (const line of traffic.unequal()) fault(line);
    if (bot.hasEnded()) fault(`the bot ended by itself: ${bot.lastLines()}`);
    const code = await bot.stop();
    if (code !== 0) fault(`the bot ended with exit code ${code}`);
    const ledger = await compareLedger({ ...store, tenantId: tenant.tenantId, places, connector });
    const grown = warm && end ? growth(warm, end) : { lines: [], faults: [] };
    const lines = summary({ traffic, connector, trouble, tenant, ledger, log });
    const peak = `Peak of resident memory: ${Math.round(scene.peak / MEBIBYTE)} MB.`;
    for (const line of [...lines, ...grown.lines, peak]) say(line);
    return [...faults, ...ledger.faults, ...grown.faults];
  } finally {
    bot.kill();
    await connector.close();
    await database?.close();
    await tenant.close();
  }
}

/** Has everybody act for so long, and looks at the bot when it is quiet again; undefined where it has ended. */
async function act(scene, milliseconds) {
  const { bot, traffic, trouble, fault } = scene;
  const ending = new AbortController();
  const going = Promise.allSettled([
    traffic.run(ASKERS, LONGEST_PAUSE, ending.signal),
    trouble.run(ending.signal),
    everyFewSeconds(ending.signal, async () => {
      scene.peak = Math.max(scene.peak, (await bot.look(false))?.rss ?? 0);
    }),
  ]);
  await Promise.race([pause(milliseconds), bot.ended]);
  ending.abort();
  for (const { reason } of await going) {
    if (reason) fault(`the run broke off: ${reason.cause ?? reason}`);
  }
  if (bot.hasEnded()) return undefined;
  await settle(() => traffic.unequal().length === 0);
  await pause(QUIET);
  return bot.look(true);
}

function summary({ traffic, connector, trouble, tenant, ledger, log }) {
  const { questions, presses, twice, again } = traffic.counts;
  const { posts, edits, refusals } = connector.counts;
  const { lines, warnings, errors } = log.counts;
  return [
    `Asked: ${questions} questions (${twice} of them sent twice), ${presses} presses; ${again} came again.`,
    `Teams got ${posts} messages and ${edits} edits, refused ${refusals}.`,
    `Trouble: ${told(Object.entries(trouble.counts))}; Graph had ${tenant.requests.length} requests.`,
    `The ledger says: ${told(ledger.states)}.`,
    `Log: ${lines} lines, ${warnings} warnings, ${errors} errors (${told(log.errors)}).`,
  ];
}

async function everyFewSeconds(signal, work) {
  while (!signal.aborted) {
    await work();
    await pause(3 * SECOND);
  }
}

/** Answers that came after their turn need some time more. */
async function settle(isSettled) {
  const until = performance.now() + LONGEST_SETTLING;
  while (!isSettled() && performance.now() < until) await pause(200);
}

function told(counts) {
  return [...counts].map(([name, number]) => `${number} × ${name}`).join(", ") || "none";
}
