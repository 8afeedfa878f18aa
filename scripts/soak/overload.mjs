// Ten times the questions that the bot can answer. What it can answer is measured first in the same run: sixteen people
// who ask one question after another. Then questions come at ten times that rate whether or not there are answers, two
// into each chat at once. Each must be answered, refused with a message, or given back to Teams with 503, and quickly.
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { startBot } from "./bot.mjs";
import { startConnector } from "./connector.mjs";
import { messageOf } from "./traffic.mjs";

const MEBIBYTE = 1024 ** 2;
const PEOPLE = 200;
/** Half of the places, so that nobody waits for one. */
const ASKERS = 16;
const WARM_UP = 3_000;
const MEASURED = 10_000;
const TIMES = 10;
const TICK = 10;
const HEALTH_EVERY = 100;
/**
 * Twice as many as turns may run and wait: with fewer, what is too much would wait before the bot. What finds none free
 * waits for one, and that counts as its time.
 */
const CONNECTIONS = 320;
/** In this order into each chat. */
const PAIR = ["sspr usage", "help"];
/** What may be expected of a machine that does nothing else; a shared one has a second in reserve. */
const HEALTH_P99 = 1_000;
const REFUSAL_P99 = 2_000;
/** How much more resident memory it may take than at the rate that it can answer. */
const MORE_MEMORY = 256 * MEBIBYTE;

/** Resolves with a line for each fault. */
export async function overload({ built, databaseUrl, folder, seed, say }) {
  const load = (path) => import(pathToFileURL(join(built, path)).href);
  const { startSampleTenant } = await load("sample-tenant/server.js");
  say(
    `Overload on ${databaseUrl ? "PostgreSQL" : "the embedded database"}, Node ${process.version}, seed ${seed}`,
  );
  const tenant = await startSampleTenant({ people: PEOPLE, seed, quota: 1_000 });
  const connector = await startConnector();
  const settings = {
    AZURE_TENANT_ID: tenant.tenantId,
    GRAPH_BASE_URL: tenant.url,
    GRAPH_ACCESS_TOKEN: tenant.token("app"),
    DATA_DIR: join(folder, "data"),
    COLLECT_EVERY: "0",
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  };
  const bot = await startBot({ built, settings, ahead: 0, onLine: () => undefined });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
  const seen = watch(connector);
  const ask = (chat, text) =>
    post(agent, bot.url, {
      ...messageOf({
        serviceUrl: connector.serviceUrl,
        tenantId: tenant.tenantId,
        chat,
        text,
        viewer: tenant.viewers.reportsReader,
      }),
    });
  try {
    await ask("a:first", PAIR[0]);
    while (!seen.has("a:first")) await pause(100);

    const alone = await whileWatched(bot, () => inTurn(ask, WARM_UP, MEASURED));
    const rate = alone.result.length / (MEASURED / 1_000);
    say(
      `Sustainable: ${rate.toFixed(0)} questions a second, answered in ${quantiles(alone.result.map(({ took }) => took))}.`,
    );
    say(`  /healthz ${quantiles(alone.health)}; resident memory up to ${mega(alone.memory)}.`);

    // A service that sends so much has its connections already; Node takes a new one with each turn of its event loop.
    await Promise.all(
      Array.from({ length: CONNECTIONS }, () => exchange(agent, `${bot.url}/healthz`, "GET")),
    );
    const flood = await whileWatched(bot, () => atRate(ask, rate * TIMES, MEASURED));
    const sent = flood.result.length;
    const offered = sent / (MEASURED / 1_000);
    const { groups, order, faults } = sorted(flood.result, seen);
    say(`Offered: ${offered.toFixed(0)} a second, ${(offered / rate).toFixed(1)} times that.`);
    for (const [name, turns] of Object.entries(groups)) {
      const perSecond = (turns.length / (MEASURED / 1_000)).toFixed(0);
      say(
        `  ${name}: ${turns.length} (${perSecond} a second) in ${quantiles(turns.map(({ took }) => took))}`,
      );
    }
    // On two connections the second one may arrive first, so that the other order is no fault.
    say(
      `  of ${order.asOffered + order.other} chats with two answers ${order.asOffered} had them in the order of sending`,
    );
    say(`  /healthz ${quantiles(flood.health)}; resident memory up to ${mega(flood.memory)}.`);

    const again = await whileWatched(bot, () => inTurn(ask, 0, MEASURED / 2));
    const after = again.result.length / (MEASURED / 2_000);
    say(
      `After it: ${after.toFixed(0)} questions a second, answered in ${quantiles(again.result.map(({ took }) => took))}.`,
    );

    const expect = (is, what) => is || faults.push(what);
    expect(offered > (TIMES * rate) / 2, "this machine cannot ask so much that it is an overload");
    expect(
      alone.result.every(({ status }) => status === 200),
      "a question was refused at the sustainable rate",
    );
    expect(quantile(flood.health, 0.99) < HEALTH_P99, "/healthz was slow");
    expect(flood.health.length > 10 && flood.failed === 0, `/healthz failed ${flood.failed} times`);
    for (const name of ["refused", "given back"]) {
      const slow = quantile(
        groups[name].map(({ took }) => took),
        0.99,
      );
      expect(!(slow > REFUSAL_P99), `what was ${name} took ${Math.round(slow)} ms`);
    }
    expect(flood.memory < alone.memory + MORE_MEMORY, `memory grew by ${mega(flood.memory - alone.memory)}`);
    expect(groups.answered.length > 0, "nothing was answered");
    expect((await bot.stop()) === 0, "the bot did not end well");
    return faults;
  } finally {
    bot.kill();
    agent.destroy();
    await connector.close();
    await tenant.close();
  }
}

/** By chat: what it got, in its order, as `refused`, the first question or the second. */
function watch(connector) {
  const seen = new Map();
  connector.watch((chat, card) => {
    const text = JSON.stringify(card);
    const what = text.includes("Too much is asked")
      ? "refused"
      : text.includes("sspr usage")
        ? PAIR[1]
        : PAIR[0];
    seen.set(chat, [...(seen.get(chat) ?? []), what]);
  });
  return seen;
}

/** One question after another; resolves with those of the measured time. */
async function inTurn(ask, warmUp, measured) {
  const turns = [];
  const began = performance.now();
  const isOver = () => performance.now() - began > warmUp + measured;
  await Promise.all(
    Array.from({ length: ASKERS }, async (_, asker) => {
      while (!isOver()) {
        const turn = await ask(`a:asker-${asker}`, PAIR[turns.length % 2]);
        if (performance.now() - began > warmUp && !isOver()) turns.push(turn);
      }
    }),
  );
  return turns;
}

let flooded = 0;

/** Questions at a rate, in pairs; resolves when each has its status. */
async function atRate(ask, rate, measured) {
  const turns = [];
  const began = performance.now();
  for (let elapsed = 0; elapsed < measured; elapsed = performance.now() - began) {
    while (turns.length < (rate * elapsed) / 1_000) {
      flooded += 1;
      const chat = `a:flood-${flooded}`;
      for (const text of PAIR) turns.push(ask(chat, text).then((turn) => ({ ...turn, chat })));
    }
    await pause(TICK);
  }
  return Promise.all(turns);
}

/** What became of each question; those of a chat are answered in their order, and each once. */
function sorted(turns, seen) {
  const groups = { answered: [], refused: [], "given back": [] };
  const faults = [];
  const order = { asOffered: 0, other: 0 };
  const chats = Map.groupBy ? Map.groupBy(turns, ({ chat }) => chat) : grouped(turns);
  for (const [chat, both] of chats) {
    const got = seen.get(chat) ?? [];
    const heard = both.filter(({ status }) => status === 200);
    groups["given back"].push(...both.filter(({ status }) => status === 503));
    if (both.some(({ status, retryAfter }) => status !== 200 && !(status === 503 && retryAfter))) {
      faults.push(`${chat} was answered with ${both.map(({ status }) => status)}`);
    }
    if (got.length !== heard.length)
      faults.push(`${chat} got ${got.length} messages for ${heard.length} questions`);
    const answers = got.filter((what) => what !== "refused");
    if (answers.length === 2) order[answers[0] === PAIR[0] ? "asOffered" : "other"] += 1;
    // Where one of both was refused it was the quicker one.
    const quickFirst = [...heard].sort((one, other) => one.took - other.took);
    const refusals = got.length - answers.length;
    groups.refused.push(...quickFirst.slice(0, refusals));
    groups.answered.push(...quickFirst.slice(refusals));
  }
  return { groups, order, faults };
}

function grouped(turns) {
  const chats = new Map();
  for (const turn of turns) chats.set(turn.chat, [...(chats.get(turn.chat) ?? []), turn]);
  return chats;
}

/** Runs work and asks for health and memory meanwhile, on connections of their own as a probe does. */
async function whileWatched(bot, work) {
  const ending = new AbortController();
  const health = [];
  let failed = 0;
  let memory = 0;
  const probing = (async () => {
    while (!ending.signal.aborted) {
      const began = performance.now();
      const answer = await get(`${bot.url}/healthz`);
      health.push(performance.now() - began);
      if (answer.status !== 200) failed += 1;
      await pause(HEALTH_EVERY);
    }
  })();
  const measuring = (async () => {
    while (!ending.signal.aborted) {
      const { text } = await get(`${bot.url}/metrics`);
      memory = Math.max(memory, Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1] ?? 0));
      await pause(5 * HEALTH_EVERY);
    }
  })();
  const result = await work();
  ending.abort();
  await Promise.all([probing, measuring]);
  return { result, health, failed, memory };
}

async function get(url) {
  try {
    const response = await fetch(url, { headers: { connection: "close" } });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: "" };
  }
}

function post(agent, url, activity) {
  return exchange(agent, `${url}/api/messages`, "POST", JSON.stringify(activity));
}

/** Without `fetch`, which costs the asking side more than the bot. Status 0 stands for a connection that was lost. */
async function exchange(agent, url, method, body = "") {
  const began = performance.now();
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  try {
    const asked = request(url, { agent, method, ...(body && { headers }) });
    asked.end(body);
    const [response] = await once(asked, "response");
    response.resume();
    await once(response, "end");
    const { statusCode: status, headers: answered } = response;
    return { status, retryAfter: answered["retry-after"], took: performance.now() - began };
  } catch {
    return { status: 0, took: performance.now() - began };
  }
}

function quantile(numbers, share) {
  const ordered = [...numbers].sort((one, other) => one - other);
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))];
}

function quantiles(numbers) {
  if (numbers.length === 0) return "no time";
  const [half, most, longest] = [0.5, 0.99, 1].map((share) => Math.round(quantile(numbers, share)));
  return `p50 ${half} ms, p99 ${most} ms, longest ${longest} ms`;
}

function mega(bytes) {
  return `${Math.round(bytes / MEBIBYTE)} MB`;
}
