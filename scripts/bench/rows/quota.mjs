// How close the readings of a large tenant come to what Microsoft's quota allows at best: 1,000 rows for a request and
// 5 requests in 10 s. Quota, readers and requests are the real ones; only the clock jumps over the time for which
// somebody sleeps, so that hours become minutes and all work still takes the time that it takes.
import { startTenant } from "../bots.mjs";
import { TENANT_ID } from "../seed.mjs";

export const title = "quota: readings at Microsoft's pace";

const WINDOW = 10_000;
const LIMIT = 5;
const MOST_ROUNDS = 2;

export async function measure({ root, load, quick, rounds }) {
  const tenant = await startTenant({ root, people: quick ? 20_000 : 200_000, tenantId: TENANT_ID });
  try {
    const graph = await pacedGraph(load, tenant);
    const { createPeopleReader } = await load("graph/people-reader.js");
    const { createUsageReader } = await load("graph/usage-reader.js");
    const reader = { ...graph.parts, mode: "events" };
    const people = (options) => createPeopleReader({ ...reader, excludeGroups: [] }).read(options);
    const events = (options) => createUsageReader(reader).read("D30", options);
    const times = Math.min(rounds, MOST_ROUNDS);
    return [
      await paced("quota: people counted", graph, people, times),
      await paced("quota: events folded", graph, events, times),
    ];
  } finally {
    await tenant.stop();
  }
}

async function paced(row, graph, read, rounds) {
  const ours = [];
  let note = "";
  for (let round = 0; round < rounds; round += 1) {
    // So long that nothing of the reading before is left in the window.
    await graph.clock.sleep(WINDOW);
    graph.departures.length = 0;
    const began = graph.clock.now().getTime();
    const { rowsRead } = await read({ signal: new AbortController().signal, onProgress: () => undefined });
    const took = graph.clock.now().getTime() - began;
    const requests = graph.departures.length;
    const early = graph.departures.filter(
      (at, index) => at - (graph.departures[index - LIMIT] ?? 0) < WINDOW,
    );
    if (early.length > 0) {
      throw new Error(`${early.length} of ${requests} requests left too early`);
    }
    const least = ((requests - 1) / LIMIT) * WINDOW;
    ours.push((LIMIT * least) / took);
    note = `${rowsRead.toLocaleString("en")} rows, ${requests} requests, none too early`;
  }
  return {
    ...{ row, reference: "Microsoft's quota", unit: "in 10 s" },
    ...{ ours, theirs: ours.map(() => LIMIT), target: { atLeast: 0.95 }, note },
  };
}

/** The real client on a clock that jumps; pages come one after the other, so nobody is awake while one sleeps. */
async function pacedGraph(load, { url, token }) {
  const { createGraphClient } = await load("graph/graph-client.js");
  const { createQuota } = await load("graph/quota.js");
  const { createLog } = await load("kernel/log.js");
  const { TIMINGS: timings } = await load("kernel/timings.js");
  const began = Date.now();
  let slept = 0;
  const clock = {
    now: () => new Date(began + performance.now() + slept),
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      slept += milliseconds;
    },
  };
  const quota = createQuota({ timings, clock });
  const departures = [];
  const log = createLog("silent");
  const client = createGraphClient({
    baseUrl: url,
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    credentialKind: "token",
    scope: "https://graph.microsoft.com/.default",
    quota: {
      ...quota,
      async enter(...caller) {
        await quota.enter(...caller);
        departures.push(clock.now().getTime());
      },
    },
    random: Math.random,
    ...{ timings, clock, log },
  });
  return { clock, departures, parts: { client, clock, log } };
}
