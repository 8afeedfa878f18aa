// How much memory a reading of a very large tenant takes beyond the idle process. The sample tenant runs in a
// process of its own and lets requests through as fast as they come; Microsoft's own pace would only make it longer.
// After that, how close a reading comes to that pace, and how fast digests are posted.
// Run it with npm run bench, or npm run bench -- 200000 for another number of people.
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
const load = (path) => import(pathToFileURL(join(root, "dist", path)).href);
const [people = "1000000"] = process.argv.slice(2);
const MEBIBYTE = 1024 ** 2;
const MOST = 100;

const { createGraphClient } = await load("graph/graph-client.js");
const { createQuota } = await load("graph/quota.js");
const { createPeopleReader } = await load("graph/people-reader.js");
const { createPersonIndex } = await load("graph/person-index.js");
const { createUsageReader } = await load("graph/usage-reader.js");
const { createPeopleLists } = await load("graph/people-lists.js");
const { createLog } = await load("kernel/log.js");
const { systemClock: clock } = await load("kernel/clock.js");
const { TIMINGS } = await load("kernel/timings.js");

const tenant = fork(join(root, "test", "long", "fixtures", "tenant.mjs"), [join(root, "dist"), people], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});
const { url, token } = await new Promise((resolve) => tenant.once("message", resolve));
const timings = { ...TIMINGS, quotaWindow: 0 };
const log = createLog("silent");
const client = createGraphClient({
  baseUrl: url,
  credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
  credentialKind: "token",
  scope: "https://graph.microsoft.com/.default",
  quota: createQuota({ timings, clock }),
  random: Math.random,
  ...{ timings, clock, log },
});

/** Peak of the resident memory while the work runs. */
async function measured(what, work) {
  globalThis.gc?.();
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const started = performance.now();
  const rows = await work({ signal: new AbortController().signal, onProgress: () => undefined });
  clearInterval(watch);
  const above = (peak - idle) / MEBIBYTE;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `${what}: ${rows.toLocaleString("en")} rows, ${above.toFixed(0)} MiB above the idle ` +
      `${(idle / MEBIBYTE).toFixed(0)} MiB, ${seconds.toFixed(0)} s\n`,
  );
  if (above > MOST) {
    process.exitCode = 1;
    process.stdout.write(`  more than ${MOST} MiB\n`);
  }
}

const reader = { client, clock, log, mode: "events" };
await measured("people counted", async (options) => {
  const reading = await createPeopleReader({ ...reader, excludeGroups: [] }).read(options);
  return reading.rowsRead;
});
await measured("people listed", async (options) => {
  let rows = 0;
  const lists = createPeopleLists({ client, mode: "auto", excludeGroups: [] });
  for await (const page of lists.registered("not-registered", "everyone", options)) {
    rows += page.length;
  }
  return rows;
});
const persons = createPersonIndex(clock.now(), randomBytes(16));
await measured("events folded", async (options) => {
  const reading = await createUsageReader(reader).read("D30", { ...options, persons });
  return reading.rowsRead;
});
const { people: told, peopleBytes, pairs, pairBytes } = persons.size();
process.stdout.write(
  `  ${told.toLocaleString("en")} people told apart, ${(peopleBytes / told).toFixed(1)} bytes each, and ` +
    `${pairs.toLocaleString("en")} kinds of their failures, ${(pairBytes / pairs).toFixed(1)} bytes each\n`,
);
tenant.kill();

// In a process of its own, as its memory is measured, too.
const paced = fork(join(import.meta.dirname, "bench-quota.mjs"), [people], { execArgv: ["--expose-gc"] });
const [code] = await once(paced, "exit");
process.exitCode ||= code;

const posted = fork(join(import.meta.dirname, "bench-digests.mjs"), [], { execArgv: ["--expose-gc"] });
const [failed] = await once(posted, "exit");
process.exitCode ||= failed;
