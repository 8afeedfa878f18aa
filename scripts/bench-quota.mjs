// How close the readings of a large tenant come to what Microsoft's quota allows at best: 1,000 rows for a request and
// 5 requests in 10 s. Quota, readers and requests are the real ones; only the clock jumps over the time for which
// somebody sleeps, so that hours become minutes and all work still takes the time that it takes.
// npm run bench runs it; alone it is node --expose-gc scripts/bench-quota.mjs [people], after npm run build.
import { fork } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
const load = (path) => import(pathToFileURL(join(root, "dist", path)).href);
const [people = "1000000"] = process.argv.slice(2);
const MEBIBYTE = 1024 ** 2;
const WINDOW = 10_000;
const LIMIT = 5;
const TARGET = 0.95;

const { createGraphClient } = await load("graph/graph-client.js");
const { createQuota } = await load("graph/quota.js");
const { createPeopleReader } = await load("graph/people-reader.js");
const { createUsageReader } = await load("graph/usage-reader.js");
const { createLog } = await load("kernel/log.js");
const { TIMINGS: timings } = await load("kernel/timings.js");

const tenant = fork(join(root, "test", "long", "fixtures", "tenant.mjs"), [join(root, "dist"), people], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});
const { url, token } = await new Promise((resolve) => tenant.once("message", resolve));

const began = Date.now();
let slept = 0;
// Pages come one after the other, so nobody else is awake while one sleeps.
const clock = {
  now: () => new Date(began + performance.now() + slept),
  async sleep(milliseconds, signal) {
    signal?.throwIfAborted();
    slept += milliseconds;
  },
};
const quota = createQuota({ timings, clock });
let departures = [];
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

const seconds = (milliseconds) =>
  `${(milliseconds / 1000).toLocaleString("en", { maximumFractionDigits: 0 })} s`;

async function paced(what, read) {
  globalThis.gc?.();
  departures = [];
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const [started, sleptBefore] = [clock.now().getTime(), slept];
  const { rowsRead } = await read({ signal: new AbortController().signal, onProgress: () => undefined });
  const took = clock.now().getTime() - started;
  clearInterval(watch);

  const least = (departures.length / LIMIT) * WINDOW;
  const early = departures.filter((at, index) => at - (departures[index - LIMIT] ?? 0) < WINDOW).length;
  process.stdout.write(
    `${what} at Microsoft's pace: ${rowsRead.toLocaleString("en")} rows, ${departures.length} requests in ` +
      `${seconds(took)} (${seconds(slept - sleptBefore)} of it jumped over), of which the quota needs ` +
      `${seconds(least)}: ${(least / took).toFixed(3)} of the bound, ${early} too early; ` +
      `${((peak - idle) / MEBIBYTE).toFixed(0)} MiB above the idle ${(idle / MEBIBYTE).toFixed(0)} MiB\n`,
  );
  if (least / took < TARGET || early > 0) {
    process.exitCode = 1;
    process.stdout.write(`  the target is ${TARGET} of the bound, and none too early\n`);
  }
}

const reader = { client, clock, log, mode: "events" };
await paced("people counted", (options) =>
  createPeopleReader({ ...reader, excludeGroups: [] }).read(options),
);
await paced("events folded", (options) => createUsageReader(reader).read("D30", options));
tenant.kill();
