// Kills processes that post digests (SIGKILL) at every edge between two states of a delivery, and compares afterwards
// what Teams has accepted with the ledger, slot by slot: nothing delivered twice, nothing lost, and what nobody can
// know is recorded as unknown. Teams is a connector on loopback that answers each row of Microsoft's table, hangs,
// and cuts connections before and after it has accepted a post. Time is told by this script, so that weeks are seconds.
//
//   DATABASE_URL=postgres://… npm run kill-test:digests                       1,000 places, 8 weeks, 3 replicas
//   … npm run kill-test:digests -- --places 50 --replicas 2 --seed 7         fewer, and the same draws again
import { fork } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    places: { type: "string", default: "1000" },
    weeks: { type: "string", default: "8" },
    replicas: { type: "string", default: "3" },
    // Milliseconds between two requests; Microsoft's pace is that of the bench.
    spacing: { type: "string", default: "2" },
    seed: { type: "string" },
    built: { type: "string" },
  },
});
const [places, weeks, replicas] = [values.places, values.weeks, values.replicas].map(Number);
const seed = Number(values.seed ?? randomInt(2 ** 31));
const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) {
  throw new Error("DATABASE_URL is not set: replicas need a PostgreSQL database that nobody else uses.");
}
const built = pathToFileURL(values.built ?? join(root, "dist")).href;
const load = (path) => import(`${built}/${path}`);
const { stream } = await load("sample-tenant/random.js");
const { openPostgres } = await load("store/postgres.js");
const { createStore } = await load("store/store.js");

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const DUE = Date.parse("2026-01-06T12:00:00Z");
const SEND_DEADLINE = 1_000;
/** Within the hour after the due time: takeovers after three minutes, and four more tries. */
const MINUTES = [0, 1, 2, 4, 6, 10, 14, 20, 30, 52, 58, 90];
const EDGES = ["due", "claimed", "composed", "posting", "posted", "ended", "refused", "claimed again"];

const draw = stream(seed);
const tenantId = randomUUID();

/** What Teams has taken, by conversation and week; how often, and with which ids. */
const accepted = new Map();
const answered = new Map();

const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);

function refusal(status, code, headers = {}) {
  return { status, headers, body: { error: { code, message: code } } };
}

/** Each row of Microsoft's table, with how often it comes in a thousand. */
const MANNERS = [
  [60, "429", refusal(429, "Throttled", { "retry-after": "45" })],
  [20, "412", refusal(412, "PreconditionFailed")],
  [20, "502", refusal(502, "ServiceError")],
  [20, "503", refusal(503, "ServiceUnavailable")],
  [20, "504", refusal(504, "GatewayTimeout")],
  [10, "500", refusal(500, "ServiceError")],
  [5, "400", refusal(400, "Bad Argument")],
  [5, "401", refusal(401, "BotNotRegistered")],
  [5, "403", refusal(403, "NotEnoughPermissions")],
  [5, "404", refusal(404, "ActivityNotFoundInConversation")],
  [5, "413", refusal(413, "MessageSizeTooBig")],
  [5, "hangs", "hang"],
  [5, "hangs within its answer", "half an answer"],
  [10, "cuts before it accepts", "cut"],
  [10, "cuts after it has accepted", "accept and cut"],
  [30, "accepts without an id", "no id"],
  [5, "accepts with an answer that nobody can read", "no JSON"],
];

function mannerOf() {
  let left = draw() * 1000;
  const found = MANNERS.find(([share]) => {
    left -= share;
    return left < 0;
  });
  return found ? found.slice(1) : ["accepts", "accept"];
}

const connector = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { summary } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const [, conversation] = /\/v3\/conversations\/([^/]+)\/activities/.exec(request.url);
  const slot = `${decodeURIComponent(conversation)} ${summary}`;
  const [name, manner] = mannerOf();
  count(answered, name);
  if (typeof manner === "object") {
    response.writeHead(manner.status, { "content-type": "application/json", ...manner.headers });
    response.end(JSON.stringify(manner.body));
    return;
  }
  if (manner !== "cut") count(accepted, slot);
  if (manner === "hang") return;
  if (manner === "cut" || manner === "accept and cut") {
    request.socket.destroy();
    return;
  }
  response.writeHead(201, { "content-type": "application/json" });
  const answer = JSON.stringify(manner === "no id" ? {} : { id: randomUUID() });
  if (manner === "half an answer") {
    response.write(answer.slice(0, 5));
    return;
  }
  response.end(manner === "no JSON" ? "<html>" : answer);
});
connector.listen(0, "127.0.0.1");
await once(connector, "listening");
const serviceUrl = `http://127.0.0.1:${connector.address().port}/`;

const store = await createStore(await openPostgres(databaseUrl));
for (let index = 0; index < places; index += 1) {
  await store.subscriptions.put({
    tenantId,
    address: {
      ...{ serviceUrl, conversationId: `19:place-${index}@thread.tacv2`, botId: "28:bot", kind: "channel" },
    },
    schedule: { day: 2, time: "13:00", timeZone: "Europe/Berlin" },
    ...{
      extras: [],
      locale: "en-GB",
      setAt: new Date(DUE),
      state: { kind: "active" },
      nextDue: new Date(DUE),
    },
  });
}

async function startReplica() {
  const child = fork(
    join(root, "test", "digest", "fixtures", "replica.mjs"),
    [built, databaseUrl, tenantId, values.spacing, String(SEND_DEADLINE)],
    { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  await once(child, "message");
  return child;
}

/** Runs what is due at a time; resolves with the edge at which the process stands, to be killed. */
async function run(child, at, edge) {
  child.send({ at: new Date(at).toISOString(), ...(edge && { edge }) });
  const told = new AbortController();
  const ended = () => told.abort(new Error("a replica ended by itself"));
  child.once("exit", ended);
  const [message] = await once(child, "message", { signal: told.signal });
  child.off("exit", ended);
  return message.edge;
}

async function kill(child) {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** One line for each slot that is not as Teams and the ledger must both have it. */
async function compare() {
  const faults = [];
  const states = new Map();
  for (let index = 0; index < places; index += 1) {
    const conversationId = `19:place-${index}@thread.tacv2`;
    const rows = await store.deliveries.last(tenantId, conversationId, weeks + 5);
    if (rows.length !== weeks) faults.push(`${conversationId} has ${rows.length} rows for ${weeks} weeks`);
    for (const { week, state, activityId } of rows) {
      count(states, state === "delivered" && !activityId ? "delivered without id" : state);
      const taken = accepted.get(`${conversationId} ${week}`) ?? 0;
      const isRight = { delivered: taken === 1, failed: taken === 0, unknown: taken <= 1 }[state] ?? false;
      if (!isRight) faults.push(`${conversationId} ${week} is ${state}, and Teams has it ${taken} times`);
    }
  }
  const slots = new Set([...accepted.keys()]);
  if (slots.size > places * weeks) faults.push(`Teams has ${slots.size} slots of ${places * weeks}`);
  return { faults, states };
}

const say = (line) => process.stdout.write(`${line}\n`);
const told = (map) => [...map].map(([name, number]) => `${number} ${name}`).join(", ");
let faults = ["not compared"];
let children = [];
try {
  say(`${places} places, ${weeks} weeks, ${replicas} replicas, seed ${seed}`);
  children = await Promise.all(Array.from({ length: replicas }, startReplica));
  const landed = new Map(EDGES.map((edge) => [edge, 0]));
  for (let week = 0; week < weeks; week += 1) {
    for (const [step, minutes] of MINUTES.entries()) {
      // Retries come later in the hour than first tries, and so do their edges; the last steps are left in peace.
      const edges =
        step > 7 ? [] : children.map((_child, index) => EDGES[(week + step + index * 3) % EDGES.length]);
      const at = DUE + week * WEEK + minutes * MINUTE;
      const reached = await Promise.all(children.map((child, index) => run(child, at, edges[index])));
      children = await Promise.all(
        children.map(async (child, index) => {
          if (reached[index] === undefined) return child;
          count(landed, reached[index]);
          await kill(child);
          return startReplica();
        }),
      );
    }
    say(`week ${week + 1}: ${[...accepted.values()].length} slots accepted so far`);
  }
  const compared = await compare();
  faults = compared.faults;
  say(`Kills landed: ${told(landed)}.`);
  say(`Teams answered: ${told(answered)}.`);
  say(`The ledger says: ${told(compared.states)}.`);
  for (const fault of faults.slice(0, 20)) say(`  ${fault}`);
  const missing = [...landed].filter(([, number]) => number === 0).map(([edge]) => edge);
  if (missing.length > 0) faults.push(`no kill landed at: ${missing.join(", ")}`);
  say(
    faults.length > 0
      ? `${faults.length} faults were found: ${faults[0]}. Repeat it with --seed ${seed}.`
      : "Nothing was delivered twice, nothing was lost, and every uncertain one is recorded as unknown.",
  );
} finally {
  for (const child of children) child.kill("SIGKILL");
  await store.close();
  connector.closeAllConnections();
  connector.close();
}
process.exitCode = faults.length > 0 ? 1 : 0;
