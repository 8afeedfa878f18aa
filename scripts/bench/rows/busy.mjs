// Questions at a steady pace while the same process collects from Graph and posts digests to many places, at Microsoft's
// pace both; beside the same questions to a bot that has nothing else to do.
import { join } from "node:path";
import { settingsOf, startAuthPulse, startTenant, temporaryFolder } from "../bots.mjs";
import { alternated, figures } from "../pairs.mjs";
import { seed, TENANT_ID, viewerId, withStore } from "../seed.mjs";
import { median, percentile } from "../stats.mjs";
import { drip, startTeams } from "../teams.mjs";

export const title = "busy: questions while a collection and a fan-out run";

/** Milliseconds between two questions: twenty in a second, far more than the administrators of a company ask. */
const EVERY = 50;
const HOURS = 3_600_000;
const MOST_ROUNDS = 3;
/** Of a collection in its first ten seconds, at Microsoft's pace. */
const LEAST_REQUESTS = 4;

export async function measure({ root, load, quick, rounds }) {
  const folder = await temporaryFolder();
  const ends = [folder.remove];
  try {
    const teams = await startTeams();
    ends.unshift(() => teams.close());
    const tenant = await startTenant({ root, people: quick ? 8_000 : 50_000, tenantId: TENANT_ID });
    ends.unshift(tenant.stop);
    const settings = settingsOf(tenant, join(folder.path, "data"));
    // Old enough to be collected again, young enough to be posted.
    await seed(load, settings, 2 * HOURS);
    const viewer = await viewerId(load);
    const size = quick ? { count: 40, places: 150 } : { count: 400, places: 1200 };
    const parts = { root, load, folder: folder.path, settings, teams, viewer, ...size };
    const pairs = await alternated(
      Math.min(rounds, MOST_ROUNDS),
      (round) => whileBusy(parts, round),
      () => onceAsked(parts, settings),
    );
    const p99 = (latencies) => percentile(latencies, 99);
    return [
      {
        ...{ row: "busy: questions meanwhile, p99", reference: "an idle bot", unit: "ms" },
        ...figures(pairs, p99),
        target: { atMost: 2 },
        note: `${1000 / EVERY} questions a second; median ${inMs(pairs.ours)} beside ${inMs(pairs.theirs)}`,
      },
    ];
  } finally {
    for (const end of ends) {
      await end();
    }
  }
}

async function whileBusy(parts, round) {
  const { teams, count, load, settings, places } = parts;
  await subscribe(load, settings, teams.serviceUrl, { round, places });
  return onceAsked(parts, { ...settings, COLLECT_EVERY: "3600" }, async (bot, ask) => {
    const before = teams.posted();
    const latencies = await ask();
    const digests = teams.posted() - before - count;
    const requests = await graphRequests(bot);
    if (digests < (10 * count * EVERY) / 1000 || requests < LEAST_REQUESTS) {
      throw new Error(`only ${digests} digests and ${requests} requests to Graph beside ${count} questions`);
    }
    return latencies;
  });
}

/** Starts a bot, lets it get warm, and asks. */
async function onceAsked({ root, folder, teams, viewer, count }, settings, around = (_bot, ask) => ask()) {
  const started = await startAuthPulse({ root, folder, settings });
  const bot = { ...started, tenantId: TENANT_ID, viewer };
  const ask = (times) =>
    drip(teams, bot, { count: times, every: EVERY, questionOf: () => ({ text: "usage" }) });
  try {
    await ask(count / 4);
    return await around(bot, () => ask(count));
  } finally {
    await bot.stop();
  }
}

/** Places whose digests are due when the bot starts, others in each round. */
async function subscribe(load, settings, serviceUrl, { round, places }) {
  const due = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  await withStore(load, settings, async ({ subscriptions }) => {
    for (let place = 0; place < places; place += 1) {
      const conversationId = `19:round-${round}-place-${place}@thread.tacv2`;
      await subscriptions.put({
        ...{ tenantId: TENANT_ID, address: { serviceUrl, conversationId, botId: "28:bot", kind: "channel" } },
        schedule: { day: 2, time: "13:00", timeZone: "Europe/Berlin" },
        ...{ extras: [], locale: "en-GB", setAt: due, state: { kind: "active" }, nextDue: due },
      });
    }
  });
}

/** As the bot counts them itself. */
async function graphRequests({ url }) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = text.matchAll(/^authpulse_graph_requests_total\{[^}]*\} (\d+)/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

function inMs(rounds) {
  return `${median(rounds.flat()).toFixed(1)} ms`;
}
