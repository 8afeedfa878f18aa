// A bot as a process of its own, asked and pressed for minutes while everything around it goes wrong: Graph throttles,
// fails, cuts, hangs and is away, the database is away, and the clock is set. At the end every activity must have been
// answered exactly once, the ledger of digests must say what Teams has, and memory and handles must not have grown.
//
//   npm run soak -- --minutes 10               on the embedded database in a temporary folder
//   npm run soak -- --minutes 10 --seed 7      the same draws again, as far as a machine repeats itself
//   DATABASE_URL=postgres://… npm run soak     on a PostgreSQL database that nobody else uses, and which goes away
//   npm run soak -- --overload                 instead: ten times the questions that the bot can answer
import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { overload } from "./soak/overload.mjs";
import { soak } from "./soak/soak.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string" },
    overload: { type: "boolean", default: false },
    built: { type: "string", default: join(import.meta.dirname, "..", "dist") },
  },
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
const minutes = Number(values.minutes);
// Digests are looked for once a minute.
if (!(minutes >= 1)) throw new Error("--minutes needs a number, 1 at least.");
const folder = await mkdtemp(join(tmpdir(), "authpulse-soak-"));
const say = (line) => process.stdout.write(`${line}\n`);
try {
  const world = { built: values.built, databaseUrl: process.env.DATABASE_URL, folder, seed, say };
  const faults = values.overload ? await overload(world) : await soak({ ...world, minutes });
  for (const fault of faults.slice(0, 20)) say(`  ${fault}`);
  const again = `Repeat it with --seed ${seed}.`;
  say(faults.length > 0 ? `${faults.length} faults were found. ${again}` : "No fault was found.");
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}
