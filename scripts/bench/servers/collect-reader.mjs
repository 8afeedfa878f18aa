// Reads a whole tenant in one of several ways, in a process of its own so that neither memory nor compiled code of
// one way touches another: node --expose-gc collect-reader.mjs <dist> <way> <url>
// It sends { rows, people, seconds, idle, peak } to its parent (memory in bytes) and ends.
import { randomBytes } from "node:crypto";
import { Agent, get } from "node:http";
import { get as getSecurely, Agent as SecureAgent } from "node:https";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, way, url] = process.argv.slice(2);
const PEOPLE = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const EVENTS = "/beta/reports/authenticationMethods/userEventsSummary";
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const memory = { idle: 0, peak: 0, mostBefore: 0 };

/** Each way gives a function that reads everything and resolves with the number of rows. */
const WAYS = {
  collect: async () => {
    const { createGraphClient } = await load("graph/graph-client.js");
    const { createQuota } = await load("graph/quota.js");
    const { createPeopleReader } = await load("graph/people-reader.js");
    const { createPersonIndex } = await load("graph/person-index.js");
    const { createUsageReader } = await load("graph/usage-reader.js");
    const { createLog } = await load("kernel/log.js");
    const { systemClock: clock } = await load("kernel/clock.js");
    const { TIMINGS } = await load("kernel/timings.js");
    const timings = { ...TIMINGS, quotaWindow: 0 };
    const log = createLog("silent");
    const client = createGraphClient({
      baseUrl: url,
      credential: { getToken: async () => ({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }) },
      credentialKind: "token",
      scope: "https://graph.microsoft.com/.default",
      quota: createQuota({ timings, clock }),
      random: Math.random,
      ...{ timings, clock, log },
    });
    const reader = { client, clock, log, mode: "events" };
    return async () => {
      const persons = createPersonIndex(clock.now(), randomBytes(16));
      const options = { signal: new AbortController().signal, onProgress: () => undefined, persons };
      const usage = await createUsageReader(reader).read("D30", options);
      const counted = await createPeopleReader({ ...reader, excludeGroups: [] }).read(options);
      return { rows: usage.rowsRead + counted.rowsRead, people: counted.scopes.everyone.people };
    };
  },

  /** What a script would do: fetch, and parse. */
  fetch: async () => () => parsed(async (link) => (await fetch(link)).text()),

  /** The same with Node's older client, which is the quicker one. */
  http: async () => () => {
    const secure = url.startsWith("https:");
    const agent = new (secure ? SecureAgent : Agent)({ keepAlive: true });
    const ask = secure ? getSecurely : get;
    return parsed(
      (link) =>
        new Promise((resolve, reject) => {
          const request = ask(link, { agent }, (response) => {
            const chunks = [];
            response.on("data", (chunk) => chunks.push(chunk));
            response.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
            response.on("error", reject);
          });
          request.on("error", reject);
        }),
    );
  },

  /** The bytes alone, unread but for the link: what server and connection can do. */
  bytes: async () => async () => {
    const agent = new Agent({ keepAlive: true });
    let rows = 0;
    for (const path of [EVENTS, PEOPLE]) {
      for (let link = url + path; link; ) {
        const begin = await new Promise((resolve, reject) => {
          const request = get(link, { agent }, (response) => {
            let first;
            response.on("data", (chunk) => {
              first ??= chunk.toString("latin1", 0, 1_000);
            });
            response.on("end", () => resolve({ first, rows: Number(response.headers["x-rows"]) }));
            response.on("error", reject);
          });
          request.on("error", reject);
        });
        rows += begin.rows;
        link = /"@odata.nextLink":"([^"]*)"/.exec(begin.first)?.[1];
      }
    }
    return { rows };
  },

  "graph-client": async () => {
    const { Client, PageIterator } = await import("@microsoft/microsoft-graph-client");
    const client = Client.init({
      baseUrl: `${url}/`,
      defaultVersion: "",
      customHosts: new Set([new URL(url).hostname]),
      authProvider: (done) => done(null, "token"),
    });
    return async () => {
      const maps = [];
      for (const path of [EVENTS, PEOPLE]) {
        const map = new Map();
        maps.push(map);
        const iterator = new PageIterator(client, await client.api(path).get(), (row) => {
          // The id of an event is not its own.
          map.set(map.size, row);
          return true;
        });
        await iterator.iterate();
      }
      return { rows: maps[0].size + maps[1].size, people: maps[1].size };
    };
  },
};

/** Follows the links and parses every answer; nothing else. */
async function parsed(textOf) {
  let rows = 0;
  for (const path of [EVENTS, PEOPLE]) {
    for (let link = url + path; link; ) {
      const page = JSON.parse(await textOf(link));
      rows += page.value.length;
      link = page["@odata.nextLink"];
    }
  }
  return { rows };
}

function look() {
  memory.peak = Math.max(memory.peak, process.memoryUsage.rss());
}

/** The most that the system has seen, where that was during the reading: nothing is missed between two looks. */
function mostMemory() {
  return process.resourceUsage().maxRSS * 1024;
}

const read = await WAYS[way]();
globalThis.gc?.();
memory.idle = process.memoryUsage.rss();
memory.mostBefore = mostMemory();
const watch = setInterval(look, 50);
const started = performance.now();
const counted = await read();
const seconds = (performance.now() - started) / 1000;
clearInterval(watch);
look();
const most = mostMemory();
const peak = most > memory.mostBefore ? Math.max(most, memory.peak) : memory.peak;
process.send({ ...counted, seconds, idle: memory.idle, peak }, () => process.disconnect());
