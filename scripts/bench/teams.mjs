// Teams' side of the measured bots on loopback: writes messages over kept connections, as Teams does, and takes the
// cards. It runs in the row's own process, which is none of the measured ones.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, createServer, request as sendRequest } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** How long an answer may take before the run counts as broken. */
const PATIENCE = 30_000;

/** A connector that keeps each card with the conversation it came to. */
export async function startTeams() {
  /** The waiting question of each conversation. */
  const waiting = new Map();
  let posted = 0;
  const server = createServer(async (request, response) => {
    const arrived = performance.now();
    const chunks = await request.toArray();
    posted += 1;
    const conversation = decodeURIComponent(request.url.split("/")[3] ?? "");
    response.writeHead(201, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: randomUUID() }));
    waiting.get(conversation)?.({ arrived, body: Buffer.concat(chunks) });
    waiting.delete(conversation);
  });
  // A bot that keeps its connections must not find them closed between two runs.
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const serviceUrl = `http://127.0.0.1:${server.address().port}/`;

  /** Sends one message; resolves when the card has arrived and the turn has ended. */
  async function ask(bot, conversation, fields, agent) {
    const body = JSON.stringify(messageOf(bot, serviceUrl, conversation, fields));
    const card = new Promise((resolve) => waiting.set(conversation, resolve));
    const sent = performance.now();
    const [status, { arrived, body: answer }] = await inTime(
      Promise.all([post(`${bot.url}/api/messages`, body, agent), card]),
      fields.text,
    );
    if (status !== 200) {
      throw new Error(`${bot.name} answered ${status}`);
    }
    return { latency: arrived - sent, answer };
  }

  return {
    serviceUrl,
    ask,
    /** Messages that bots have posted so far. */
    posted: () => posted,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * Asks `count` questions, `lanes` of them at a time, each lane in a conversation of its own. `questionOf(index)` gives
 * what is asked as fields of the activity.
 */
export async function drive(teams, bot, { count, lanes, questionOf }) {
  const answers = [];
  const agent = keeping();
  let next = 0;
  const began = performance.now();
  const lane = async (_unused, number) => {
    while (next < count) {
      const index = next;
      next += 1;
      answers.push(await teams.ask(bot, `a:${bot.name}-${number}`, questionOf(index), agent));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { rate: count / seconds, latencies: answers.map(({ latency }) => latency), answers };
}

/** Asks `count` questions at a fixed pace, whether or not earlier ones have been answered. */
export async function drip(teams, bot, { count, every, questionOf }) {
  const answers = [];
  const agent = keeping();
  const began = performance.now();
  for (let index = 0; index < count; index += 1) {
    await pause(Math.max(0, began + index * every - performance.now()));
    const answer = teams.ask(bot, `a:${bot.name}-${index}`, questionOf(index), agent);
    // Heard below, when all have been asked.
    answer.catch(() => undefined);
    answers.push(answer);
  }
  const latencies = (await Promise.all(answers)).map(({ latency }) => latency);
  agent.destroy();
  return latencies;
}

/** Closes idle connections before the bots do, after 5 s: a message must not meet a connection that is being closed. */
function keeping() {
  return new Agent({ keepAlive: true, timeout: 2_000 });
}

async function inTime(work, what) {
  const patience = new AbortController();
  const late = pause(PATIENCE, undefined, { signal: patience.signal }).then(() => {
    throw new Error(`"${what}" was not answered in ${PATIENCE} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    patience.abort();
  }
}

/** A message in a personal chat as Teams sends it. */
function messageOf({ tenantId, viewer }, serviceUrl, conversation, { text, locale, timeZone }) {
  return {
    type: "message",
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: "msteams",
    serviceUrl,
    from: { id: `29:${viewer}`, name: "Priya Nair", aadObjectId: viewer },
    recipient: { id: "28:bot", name: "AuthPulse" },
    conversation: { id: conversation, conversationType: "personal", tenantId },
    channelData: { tenant: { id: tenantId } },
    locale: locale ?? "en-GB",
    entities: [
      {
        ...{ type: "clientInfo", locale: locale ?? "en-GB", country: "DE", platform: "Web" },
        timezone: timeZone ?? "Europe/Berlin",
      },
    ],
    ...{ text, textFormat: "plain" },
  };
}

/** Resolves with the status when the whole answer has been read. */
function post(url, body, agent) {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const request = sendRequest(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode));
    });
    request.once("error", reject);
    request.end(body);
  });
}
