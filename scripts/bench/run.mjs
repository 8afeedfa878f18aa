// Measures AuthPulse beside what one would use instead, and prints one table of ratios. docs/performance.md explains
// each row. npm run bench runs all of it; npm run bench -- turn card runs those rows, --rounds 3 takes so many pairs of
// each, and --quick makes them so small that they only show that they work. A missed target is printed; only a row that
// could not be measured, or that found a wrong answer, makes the run fail.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { machineLines } from "./machine.mjs";
import { notes, table } from "./report.mjs";

const project = join(import.meta.dirname, "..", "..");
const ROUNDS = 7;
const QUICK_ROUNDS = 2;
/** As the table shows them. */
const ORDER = [
  "turn",
  "card",
  "collect",
  "collect-https",
  "quota",
  "memory",
  "digests",
  "busy",
  "start",
  "trend",
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    // Where dist and cards are, for a build of its own.
    root: { type: "string", default: project },
  },
});
const known = rowNames();
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no row ${unknown.join(", ")}; there are ${known.join(", ")}.\n`);
  process.exit(2);
}

const measures = [];
for (const name of positionals.length > 0 ? positionals : known) {
  process.stderr.write(`measuring ${name} …\n`);
  measures.push(...(await measured(name)));
}
const lines = [
  ...machineLines(project),
  ...(measures.length > 0 ? [table(measures)] : []),
  ...notes(measures),
];
process.stdout.write(`${lines.join("\n")}\n`);

function rowNames() {
  const names = readdirSync(join(import.meta.dirname, "rows")).map((file) => file.replace(/\.mjs$/, ""));
  const rank = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return names.sort((one, other) => rank(one) - rank(other));
}

/** What a row measured; nothing where it failed, which its own process has said. */
async function measured(name) {
  const rounds = values.rounds ?? String(values.quick ? QUICK_ROUNDS : ROUNDS);
  const size = [values.quick ? "quick" : "full", rounds];
  const row = fork(join(import.meta.dirname, "row-process.mjs"), [name, values.root, ...size], {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  let told;
  row.once("message", (message) => {
    told = message;
  });
  const [code] = await once(row, "exit");
  if (code === 0 && told) {
    return told.measures;
  }
  process.stderr.write(`the row ${name} could not be measured\n`);
  process.exitCode = 1;
  return [];
}
