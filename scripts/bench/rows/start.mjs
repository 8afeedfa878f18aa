// How long a process takes from its start until it listens, and until it answers questions, on a store that is there
// already; beside a process that imports the two libraries every such bot begins with.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { settingsOf, spawnAuthPulse, startTenant, temporaryFolder } from "../bots.mjs";
import { alternated } from "../pairs.mjs";
import { seed, TENANT_ID } from "../seed.mjs";
import { median } from "../stats.mjs";

export const title = "start: from the start of the process, warm store";

const REFERENCE = "importing botbuilder and restify";

export async function measure({ root, load, quick, rounds }) {
  const folder = await temporaryFolder();
  const tenant = await startTenant({ root, people: quick ? 100 : 2500, tenantId: TENANT_ID });
  try {
    const settings = settingsOf(tenant, join(folder.path, "data"));
    await seed(load, settings);
    const starting = () => started({ root, folder: folder.path, settings });
    const importing = () => loaded(root, 'await import("botbuilder"); await import("restify");');
    // Once for the caches of the file system.
    await starting();
    await importing();
    const pairs = await alternated(rounds, starting, importing);
    const bare = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await loaded(root, ""));
    }
    const listening = pairs.ours.map((part) => part.listening);
    const ready = pairs.ours.map((part) => part.ready);
    const { theirs } = pairs;
    const parts = [
      `node alone ${median(bare).toFixed(0)} ms`,
      `imports of the reference ${(median(theirs) - median(bare)).toFixed(0)} ms`,
      `listening after ${median(listening).toFixed(0)} ms`,
      `the store open and all that follows ${(median(ready) - median(listening)).toFixed(0)} ms`,
    ];
    const row = { reference: REFERENCE, unit: "ms", theirs };
    return [
      { ...row, row: "start: listening", ours: listening, target: { atMost: 1.5 }, note: parts.join(", ") },
      { ...row, row: "start: ready", ours: ready, target: { atMost: 4 } },
    ];
  } finally {
    await tenant.stop();
    await folder.remove();
  }
}

/** Both in one start: whoever asks whether it is ready learns when it listened, too. */
async function started(parts) {
  const bot = await spawnAuthPulse(parts);
  const listening = await bot.listening();
  const ready = await bot.ready();
  await bot.stop();
  return { listening, ready };
}

/** Milliseconds until a process has run the script and said so. */
async function loaded(root, script) {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", `${script} process.stdout.write("done");`],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env.PATH },
    },
  );
  await once(child.stdout, "data");
  const took = performance.now() - began;
  if (child.exitCode === null) {
    await once(child, "exit");
  }
  return took;
}
