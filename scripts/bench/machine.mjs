import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";

const COMPARED = [
  "botbuilder",
  "restify",
  "adaptivecards-templating",
  "@microsoft/microsoft-graph-client",
  "@electric-sql/pglite",
];

/** On what was measured, as lines. */
export function machineLines(root) {
  const memory = (totalmem() / 1024 ** 3).toFixed(1);
  const versionOf = (name) =>
    JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
  return [
    `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${memory} GiB, ${type()} ${release()}`,
    [`authpulse ${commitOf(root)}`, `node ${process.versions.node}`]
      .concat(COMPARED.map((name) => `${name} ${versionOf(name)}`))
      .join(", "),
  ];
}

/** An installed package has no history. */
function commitOf(root) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { status, stdout } = spawnSync("git", ["describe", "--always", "--dirty"], { cwd: root });
  return status === 0 ? `${version} (${String(stdout).trim()})` : version;
}
