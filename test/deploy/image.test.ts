import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { loadConfig } from "../../src/config.ts";
import buildSettings from "../../tsconfig.build.json" with { type: "json" };
import { pathOf, textOf } from "./files.ts";

const TENANT = "7f1d1a3e-3c57-4a2e-9a5c-1d7b0c6e2f10";

/** What Node is told before the script, for every long run the same. */
const NODE_OPTIONS = packageFile.scripts.start.split(" ").filter((word) => word.startsWith("--"));

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** Comments are left out, continued lines are put together. */
function instructionsOf(dockerfile: string): readonly Instruction[] {
  return dockerfile
    .replace(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", ...rest] = line.split(" ");
      return { name, text: rest.join(" ").trim() };
    });
}

const all = instructionsOf(textOf("deploy/Dockerfile"));
const lastStage = all.slice(all.findLastIndex(({ name }) => name === "FROM"));

function saidLast(name: string): string {
  return lastStage.findLast((instruction) => instruction.name === name)?.text ?? "";
}

/** What is copied from the folder that is built from, not from an earlier stage. */
const copied = all
  .filter(({ name, text }) => name === "COPY" && !text.startsWith("--from"))
  .flatMap(({ text }) => text.split(" ").slice(0, -1));

function defaultPort(): number {
  const loaded = loadConfig({ AZURE_TENANT_ID: TENANT, GRAPH_BASE_URL: "http://127.0.0.1:9" }, "serve");
  if (!("config" in loaded)) {
    throw new Error("the settings of a bot on this machine are refused");
  }
  return loaded.config.port;
}

describe("the Dockerfile", () => {
  test("copies what is there, and what .dockerignore lets through", () => {
    const kept = textOf(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));

    expect(copied.filter((path) => !existsSync(pathOf(path)))).toEqual([]);
    expect([...copied].sort()).toEqual([...kept].sort());
  });

  test("takes every folder that the package consists of", () => {
    const folders = packageFile.files.filter((path) => !path.startsWith("."));
    const taken = lastStage.filter(({ name }) => name === "COPY").map(({ text }) => text);

    expect(folders.filter((folder) => !taken.some((text) => text.endsWith(` ./${folder}`)))).toEqual([]);
  });

  test("starts the command line that a build leaves", () => {
    const built = packageFile.bin.authpulse;

    expect(JSON.parse(saidLast("ENTRYPOINT"))).toEqual(["node", ...NODE_OPTIONS, built]);
    expect(JSON.parse(saidLast("CMD"))).toEqual(["serve"]);
    const { outDir, rootDir } = buildSettings.compilerOptions;
    expect(existsSync(pathOf(built.replace(outDir, rootDir).replace(/\.js$/, ".ts")))).toBe(true);
  });

  test("does not run as root", () => {
    expect(saidLast("USER")).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test("gives the folder of the database to the user that it runs as", () => {
    const [user, group] = saidLast("USER").split(":");

    expect(saidLast("RUN")).toBe(`install -d -o ${user} -g ${group} -m 0700 ${saidLast("VOLUME")}`);
    expect(saidLast("ENV")).toContain(`DATA_DIR=${saidLast("VOLUME")}`);
  });

  test("listens on the default port and asks it whether it lives", () => {
    const port = defaultPort();

    expect(saidLast("ENV")).toContain(`PORT=${port} `);
    expect(saidLast("EXPOSE")).toBe(String(port));
    expect(saidLast("HEALTHCHECK")).toContain("/healthz");
  });

  test("is of a line of Node that the product runs on", () => {
    const line = Number(/node:(\d+)-/.exec(all[0]?.text ?? "")?.[1]);

    expect(line).toBeGreaterThan(Number.parseInt(packageFile.engines.node.replace(">=", ""), 10));
  });

  test("installs nothing that may run a script, and no packages for development in the end", () => {
    const installs = all.filter(({ name, text }) => name === "RUN" && /^npm (ci|prune)/.test(text));

    expect(installs.map(({ text }) => text)).toEqual([
      "npm ci --ignore-scripts",
      "npm prune --omit=dev --ignore-scripts",
    ]);
  });
});

test("a collection by the command line gets the memory that a bot gets", () => {
  expect(NODE_OPTIONS).toHaveLength(1);
  expect(packageFile.scripts.collect).toContain(`node ${NODE_OPTIONS.join(" ")} scripts/`);
});

describe("the compose file", () => {
  const compose = textOf("deploy/compose.yaml");

  test("publishes the default port on this machine alone", () => {
    const port = defaultPort();

    expect(compose).toContain(`      - 127.0.0.1:${port}:${port}\n`);
    expect(compose.match(/^ {4}ports:/gm)).toHaveLength(1);
  });

  test("keeps the database of the image on a volume, and lets nothing else be written", () => {
    expect(compose).toContain(`      - data:${saidLast("VOLUME")}\n`);
    expect(compose).toContain("    read_only: true\n");
  });
});

describe("the systemd unit", () => {
  const unit = textOf("deploy/authpulse.service");

  test("starts the command line that a build leaves, as a user of its own", () => {
    expect(unit).toContain(
      `\nExecStart=/usr/bin/node ${NODE_OPTIONS.join(" ")} /opt/authpulse/${packageFile.bin.authpulse} serve\n`,
    );
    expect(unit).toMatch(/^User=authpulse$/m);
  });

  test("waits longer for the end than the product takes", () => {
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(20);
  });
});
