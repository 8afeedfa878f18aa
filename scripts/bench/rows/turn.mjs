// A message comes in, a card goes out, from stored numbers: AuthPulse beside a bot of the SDK alone that posts the very
// same card.
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { settingsOf, startAuthPulse, startBareBot, startTenant, temporaryFolder } from "../bots.mjs";
import { alternated, figures } from "../pairs.mjs";
import { newQuestions } from "../questions.mjs";
import { seed, TENANT_ID, viewerId } from "../seed.mjs";
import { median, percentile } from "../stats.mjs";
import { drive, startTeams } from "../teams.mjs";

export const title = "turn: message in → card posted, from stored numbers";

/** As many questions at a time as a team of a large company asks at most; both are busy all the time. */
const LANES = 8;
const REPEATED = { text: "usage" };

export async function measure({ root, load, quick, rounds }) {
  const folder = await temporaryFolder();
  const ends = [folder.remove];
  try {
    const teams = await startTeams();
    ends.unshift(() => teams.close());
    const tenant = await startTenant({ root, people: quick ? 100 : 2500, tenantId: TENANT_ID });
    ends.unshift(tenant.stop);
    const settings = settingsOf(tenant, join(folder.path, "data"));
    await seed(load, settings);
    const asker = { tenantId: TENANT_ID, viewer: await viewerId(load) };
    const authPulse = {
      ...(await startAuthPulse({ root, folder: folder.path, settings })),
      ...asker,
    };
    ends.unshift(authPulse.stop);
    const activity = await usualAnswer(teams, authPulse, folder.path);
    const bare = { ...(await startBareBot({ folder: folder.path, activity })), ...asker };
    ends.unshift(bare.stop);
    const { parse } = await load("language/parse.js");
    return await compare(teams, authPulse, bare, newQuestions(parse), { quick, rounds });
  } finally {
    for (const end of ends) {
      await end();
    }
  }
}

async function compare(teams, authPulse, bare, fresh, { quick, rounds }) {
  const count = quick ? 40 : 1500;
  const repeated = { count, lanes: LANES, questionOf: () => REPEATED };
  const neverDrawn = { ...repeated, count: quick ? 20 : 400, questionOf: () => fresh.next().value };
  for (const bot of [authPulse, bare]) {
    await drive(teams, bot, repeated);
  }
  await drive(teams, authPulse, neverDrawn);
  const again = await alternated(
    rounds,
    async () => withoutCards(await drive(teams, authPulse, repeated)),
    async () => withoutCards(await drive(teams, bare, repeated)),
  );
  const first = await alternated(
    rounds,
    async () => withoutCards(allDifferent(await drive(teams, authPulse, neverDrawn))),
    async () => withoutCards(await drive(teams, bare, repeated)),
  );
  const p99 = ({ latencies }) => percentile(latencies, 99);
  const answers = { reference: "bare bot, constant card", unit: "/s" };
  const slowest = { reference: "bare bot, constant card", unit: "ms" };
  const latency = ({ ours, theirs }) =>
    `median ${inMs(ours)} beside ${inMs(theirs)}, ${LANES} questions at a time`;
  return [
    {
      row: "turn: a repeated question, answers",
      ...answers,
      ...figures(again, ({ rate }) => rate),
      target: { atLeast: 0.8 },
      note: `${again.ours[0].bytes} bytes an answer; ${latency(again)}`,
    },
    {
      row: "turn: a repeated question, p99",
      ...slowest,
      ...figures(again, p99),
      target: { atMost: 1.5 },
    },
    {
      row: "turn: a card never rendered, answers",
      ...answers,
      ...figures(first, ({ rate }) => rate),
      target: { atLeast: 0.25 },
      note: latency(first),
    },
    { row: "turn: a card never rendered, p99", ...slowest, ...figures(first, p99) },
  ];
}

/** The bare bot posts what AuthPulse has posted, so that both send the same bytes. */
async function usualAnswer(teams, authPulse, folder) {
  const { answer } = await teams.ask(authPulse, "a:first", REPEATED);
  const file = join(folder, "answer.json");
  await writeFile(file, answer);
  return file;
}

/** What is kept of a run; thousands of cards would slow the process that measures. */
function withoutCards({ rate, latencies, answers }) {
  return { rate, latencies, bytes: answers[0].answer.length };
}

function allDifferent(driven) {
  const cards = driven.answers.map(({ answer }) => {
    const { attachments } = JSON.parse(answer);
    // A seal differs by conversation.
    const card = JSON.stringify(attachments, (name, value) => (name === "seal" ? undefined : value));
    return createHash("sha256").update(card).digest("base64");
  });
  const different = new Set(cards).size;
  if (different < cards.length) {
    throw new Error(`only ${different} of ${cards.length} cards are different`);
  }
  return driven;
}

function inMs(driven) {
  return `${median(driven.flatMap(({ latencies }) => latencies)).toFixed(1)} ms`;
}
