import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * Which folder may import which. What: the direction of the data. Why: a change stays in one place, and the
 * SDK of the day stays replaceable. Fix: move the code to the folder that may, or pass the thing in.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  ports: ["kernel", "views"],
  reference: ["kernel", "ports", "language", "access"],
  language: ["ports", "reference", "access"],
  views: ["kernel", "ports", "reference", "language", "access"],
  reports: ["ports", "reference", "language", "views"],
  access: ["kernel", "ports", "reference"],
  collect: ["kernel", "ports"],
  digest: ["kernel", "ports", "reference", "language", "views", "reports", "collect"],
  commands: [
    "kernel",
    "ports",
    "reference",
    "language",
    "views",
    "reports",
    "access",
    "collect",
    "digest",
    "export",
  ],
  graph: ["kernel", "ports", "reference"],
  retention: ["kernel", "ports"],
  store: ["kernel", "ports"],
  export: ["kernel", "ports", "graph"],
  local: ["kernel"],
  render: ["views"],
  teams: ["kernel", "ports", "reference", "language", "views", "access", "commands", "digest", "render"],
  http: ["kernel"],
  config: ["kernel", "ports", "graph", "reference", "access", "teams-app"],
  "config.ts": ["kernel", "config", "graph", "reference", "access"],
  records: ["kernel", "ports"],
  doctor: [
    "kernel",
    "ports",
    "access",
    "config",
    "config.ts",
    "graph",
    "local",
    "reference",
    "render",
    "store",
    "teams-app",
  ],
  "sample-tenant": [],
  "teams-app": ["reference", "language", "commands"],
  "readings.ts": ["kernel", "ports", "access", "collect", "commands", "digest", "graph", "config.ts"],
  "core.ts": [
    "kernel",
    "ports",
    "records",
    "collect",
    "commands",
    "export",
    "graph",
    "config.ts",
    "readings.ts",
  ],
  "exports.ts": ["kernel", "export", "commands", "config.ts"],
  "collecting.ts": ["kernel", "ports", "collect", "store", "config.ts", "readings.ts"],
  "digests.ts": [
    "kernel",
    "ports",
    "access",
    "reference",
    "commands",
    "digest",
    "store",
    "teams",
    "config.ts",
  ],
  "app.ts": ["kernel", "http", "local", "store", "answering.ts", "config.ts"],
  "answering.ts": [
    "kernel",
    "reference",
    "graph",
    "http",
    "local",
    "render",
    "store",
    "teams",
    "terminal",
    "records",
    "retention",
    "digest",
    "digests.ts",
    "collecting.ts",
    "exports.ts",
    "readings.ts",
    "core.ts",
    "config.ts",
  ],
  demo: ["kernel", "app.ts", "config.ts", "readings.ts", "local", "sample-tenant", "store"],
  terminal: [
    "kernel",
    "ports",
    "reference",
    "language",
    "views",
    "commands",
    "render",
    "local",
    "store",
    "records",
    "export",
    "config",
    "config.ts",
    "readings.ts",
    "core.ts",
    "exports.ts",
    "app.ts",
    "demo",
    "doctor",
    "teams-app",
  ],
  "main.ts": ["kernel", "config", "terminal"],
};

/** Which folders may import a package. Each has as few owners as it can. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  "@azure/core-rest-pipeline": ["graph"],
  "@azure/identity": ["graph"],
  "@electric-sql/pglite": ["store"],
  "@microsoft/app-manifest": ["teams-app"],
  "adaptivecards-templating": ["render"],
  botbuilder: ["teams"],
  "botframework-connector": ["teams"],
  "cli-progress": ["terminal"],
  "cli-table3": ["render"],
  commander: ["main.ts"],
  "csv-stringify": ["export"],
  "damerau-levenshtein": ["language"],
  jszip: ["teams-app"],
  "lru-cache": ["access", "commands", "render", "teams"],
  luxon: ["digest"],
  pg: ["store"],
  "pg-boss": ["store"],
  pino: ["kernel"],
  "prom-client": ["http"],
  restify: ["http"],
  zod: ["config", "graph", "store", "teams", "terminal", "local"],
};

const SOURCE = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "..", "src");

interface Import {
  readonly file: string;
  readonly folder: string;
  /** A folder of `src`, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
}

function folderOf(path: string): string {
  return relative(SOURCE, path).split(sep)[0] ?? "";
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, "utf8");
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"\n]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers
    .filter((specifier) => !specifier.startsWith("node:"))
    .map((specifier) => {
      const isPackage = !specifier.startsWith(".");
      const name = specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
      const to = isPackage ? name : folderOf(join(dirname(file), specifier));
      return { file: relative(SOURCE, file), folder: folderOf(file), to, isPackage };
    });
}

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(SOURCE, name));
const imports = files.flatMap(importsOf);

describe("the architecture", () => {
  test("lets a folder import only what its row of the table allows", () => {
    const wrong = imports
      .filter(({ isPackage, folder, to }) => !isPackage && to !== folder && !MAY_IMPORT[folder]?.includes(to))
      .map(({ file, to }) => `${file} → ${to}`);

    expect(wrong).toEqual([]);
  });

  test("gives every package its owners", () => {
    const wrong = imports
      .filter(({ isPackage, folder, to }) => isPackage && !OWNERS[to]?.includes(folder))
      .map(({ file, to }) => `${file} → ${to}`);

    expect(wrong).toEqual([]);
  });

  test("has no row for a folder, an import or an owner that is not there", () => {
    const folders = new Set(files.map(folderOf));
    const used = new Set(imports.map(({ folder, to }) => `${folder} → ${to}`));
    const unused = [
      ...Object.keys(MAY_IMPORT).filter((folder) => !folders.has(folder)),
      ...Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) =>
        allowed.map((to) => `${folder} → ${to}`).filter((pair) => !used.has(pair)),
      ),
      ...Object.entries(OWNERS).flatMap(([name, owners]) =>
        owners.map((folder) => `${folder} → ${name}`).filter((pair) => !used.has(pair)),
      ),
    ];

    expect(unused).toEqual([]);
  });

  test("has no cycle between files", () => {
    const graph = new Map(files.map((file) => [file, localImports(file)]));
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === "open") {
        cycles.push(
          [...path.slice(path.indexOf(file)), file].map((name) => relative(SOURCE, name)).join(" → "),
        );
      }
      if (state.has(file)) {
        return;
      }
      state.set(file, "open");
      for (const next of graph.get(file) ?? []) {
        visit(next, [...path, file]);
      }
      state.set(file, "done");
    };

    for (const file of files) {
      visit(file, []);
    }

    expect(cycles).toEqual([]);
  });

  test("reads the environment of the process in main.ts alone", () => {
    const readers = files
      .filter((file) => readFileSync(file, "utf8").includes("process.env"))
      .map((file) => relative(SOURCE, file));

    expect(readers).toEqual(["main.ts"]);
  });
});

function localImports(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) =>
    join(dirname(file), match[1] ?? ""),
  );
}
