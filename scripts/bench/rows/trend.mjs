// "trend 52 weeks" over a year of hours in the embedded database: from the words to the view, beside the same rows,
// held in memory and summed by week.
import { join } from "node:path";
import { settingsOf, temporaryFolder } from "../bots.mjs";
import { withAnswers } from "../core.mjs";
import { alternated, figures } from "../pairs.mjs";
import { TENANT_ID } from "../seed.mjs";
import { median, percentile } from "../stats.mjs";

export const title = "trend: 52 weeks over a year of hours";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const MOST_MILLISECONDS = 50;
const WORDS = ["trend 52 weeks", "trend 52 weeks by method"];
const METHODS = ["email", "mobileSMS", "mobileCall", "appNotification"];

export async function measure({ load, quick, rounds }) {
  const folder = await temporaryFolder();
  const graph = { url: "http://127.0.0.1:9", token: "none", tenantId: TENANT_ID };
  const settings = settingsOf(graph, join(folder.path, "data"));
  const cells = hours(new Date(), quick ? 60 : 366);
  let measured;
  try {
    await withAnswers(load, settings, async ({ viewOf, store, source }) => {
      await store.snapshots.save(source, readingOf(cells));
      measured = await asked(viewOf, store, source, cells, { times: quick ? 3 : 30, rounds });
    });
  } finally {
    await folder.remove();
  }
  const { pairs, first, rows } = measured;
  const all = pairs.ours.flat();
  return [
    {
      ...{ row: "trend 52 weeks, p99", reference: "the limit", unit: "ms" },
      ours: pairs.ours.map((times) => percentile(times, 99)),
      theirs: pairs.ours.map(() => MOST_MILLISECONDS),
      target: { atMost: 1 },
      note: `${rows} rows; of all answers median ${median(all).toFixed(1)} ms, p99 ${percentile(all, 99).toFixed(1)} ms`,
    },
    {
      ...{ row: "trend 52 weeks, median", reference: "the same rows in memory", unit: "ms" },
      ...figures(pairs, median),
    },
    {
      ...{ row: "trend 52 weeks, first after a collection", reference: "the limit", unit: "ms" },
      ...{ ours: first, theirs: first.map(() => MOST_MILLISECONDS) },
    },
  ];
}

/**
 * The two questions in turn. Each round begins after a collection, whose first answer is measured apart; between two
 * answers the bot writes what it writes for other people's questions.
 */
async function asked(viewOf, store, source, cells, { times, rounds }) {
  let place = 0;
  const first = [];
  const answering = async () => {
    const took = [];
    await store.snapshots.save(source, { ...readingOf(cells), history: undefined });
    first.push(await timed(() => viewOf(WORDS[0])));
    for (let time = 0; time < times; time += 1) {
      place += 1;
      await store.places.welcomeOnce(TENANT_ID, `19:${place}@thread.tacv2`, new Date());
      took.push(await timed(() => viewOf(WORDS[time % WORDS.length])));
    }
    return took;
  };
  const summing = async () => {
    const took = [];
    for (let time = 0; time < times; time += 1) {
      took.push(await timed(async () => sums(cells)));
    }
    return took;
  };
  await answering();
  first.length = 0;
  const pairs = await alternated(rounds, answering, summing);
  return { pairs, first, rows: cells.length.toLocaleString("en") };
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** By week of UTC, feature, method, outcome and reason. */
function sums(cells) {
  const found = new Map();
  for (const { quarter, feature, method, isSuccess, reason, count } of cells) {
    const key = `${Math.floor(quarter.getTime() / WEEK)} ${feature} ${method} ${isSuccess} ${reason}`;
    found.set(key, (found.get(key) ?? 0) + count);
  }
  return found;
}

/** So many days of hours, in each one tries of two features with four methods, some of which fail. */
function hours(now, days) {
  const end = Math.floor(now.getTime() / HOUR) * HOUR;
  const begin = end - days * 24 * HOUR;
  const cells = [];
  for (let hour = begin; hour < end; hour += HOUR) {
    for (const feature of ["registration", "reset"]) {
      for (const [index, method] of METHODS.entries()) {
        const cell = { quarter: new Date(hour), feature, method };
        cells.push({ ...cell, isSuccess: true, reason: "", count: 20 + ((hour / HOUR + index) % 7) });
        if ((hour / HOUR + index) % 2 === 0) {
          cells.push({ ...cell, isSuccess: false, reason: "userCancelled", count: 1 + (index % 3) });
        }
      }
    }
  }
  return cells;
}

function readingOf(cells) {
  const from = cells[0].quarter;
  const to = new Date(cells.at(-1).quarter.getTime() + HOUR);
  return {
    ...{ reader: "events", readAt: to, pages: 1, rowsRead: cells.length, notes: [] },
    summaries: [{ period: "D30", from: new Date(to.getTime() - 30 * 24 * HOUR), to, rows: [] }],
    history: { from, to, cells },
  };
}
