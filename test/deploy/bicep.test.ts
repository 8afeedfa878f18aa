import { describe, expect, test } from "vitest";
import { SETTINGS } from "../../src/config/settings.ts";
import { textOf } from "./files.ts";

/** What is declared in a Bicep file, and its text without comments and descriptions. */
function readBicep(file: string) {
  const code = textOf(file)
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^@description\(.*\)$/gm, "");
  const named = (keyword: string): readonly string[] =>
    [...code.matchAll(new RegExp(`^\\s*${keyword} (\\w+)`, "gm"))].map((match) => match[1] ?? "");
  return {
    code,
    params: named("param"),
    vars: named("var"),
    resources: named("resource"),
    outputs: named("output"),
  };
}

const main = readBicep("deploy/azure/main.bicep");

/** Texts and names of properties taken out; what stands in `${…}` stays. */
function expressionsOf(code: string): string {
  const held = [...code.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]).join("\n");
  return `${code.replace(/'(?:[^'\\\n]|\\.)*'/g, "''")}\n${held}`;
}

/** Words that begin an expression: a symbol or a function, not a property. */
function symbolsIn(code: string): ReadonlySet<string> {
  const expressions = expressionsOf(code);
  const words = [...expressions.matchAll(/(?<![\w.:])([a-z]\w*)\b(?!\s*:(?!:))/gi)].map(
    (match) => match[1] ?? "",
  );
  return new Set(words);
}

const LANGUAGE = [
  ..."targetScope param var output resource existing for in string int object true false null".split(" "),
  ..."secure minLength maxLength minValue maxValue allowed description".split(" "),
  ..."concat guid items json resourceGroup string subscriptionResourceId tenant uniqueString uriComponent".split(
    " ",
  ),
];

describe("the Bicep file", () => {
  test("closes every brace, bracket and parenthesis that it opens", () => {
    const open: string[] = [];
    const pairs: Readonly<Record<string, string>> = { "}": "{", "]": "[", ")": "(" };
    const wrong: string[] = [];
    for (const sign of expressionsOf(main.code).replace(/[^{}[\]()]/g, "")) {
      if (pairs[sign] === undefined) {
        open.push(sign);
      } else if (open.pop() !== pairs[sign]) {
        wrong.push(sign);
      }
    }

    expect(wrong).toEqual([]);
    expect(open).toEqual([]);
  });

  test("uses every parameter and variable", () => {
    const unused = [...main.params, ...main.vars].filter((name) => {
      const uses = expressionsOf(main.code).match(new RegExp(`\\b${name}\\b(?!\\s*:(?!:))`, "g"));
      return (uses?.length ?? 0) < 2;
    });

    expect(main.params.length).toBeGreaterThan(5);
    expect(unused).toEqual([]);
  });

  test("names nothing that is not declared", () => {
    const { params, vars, resources, outputs } = main;
    const declared = [...params, ...vars, ...resources, ...outputs, ...LANGUAGE, "item"];

    expect([...symbolsIn(main.code)].filter((word) => !declared.includes(word))).toEqual([]);
  });

  test("declares each name once", () => {
    const names = [...main.params, ...main.vars, ...main.resources];

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("takes an API version of each resource that is none for a preview", () => {
    const types = [...main.code.matchAll(/'(Microsoft\.[\w./]+)@([^']+)'/g)];

    expect(types.length).toBeGreaterThan(10);
    expect(types.filter(([, , version = ""]) => !/^\d{4}-\d{2}-\d{2}$/.test(version))).toEqual([]);
  });

  test("sets settings that there are, and has probes on both addresses of health", () => {
    const set = [...main.code.matchAll(/name: '([A-Za-z_]+)', (?:value|secretRef):/g)].map(
      (match) => match[1] ?? "",
    );

    expect(set).toContain("DATABASE_URL");
    expect(set.filter((name) => !(SETTINGS as readonly string[]).includes(name))).toEqual([]);
    expect(main.code).toContain("path: '/healthz'");
    expect(main.code).toContain("path: '/readyz'");
  });

  test("asks for no more failures of a probe than Container Apps takes", () => {
    const thresholds = [...main.code.matchAll(/failureThreshold: (\d+)/g)].map((match) => Number(match[1]));

    expect(thresholds).toHaveLength(3);
    expect(Math.max(...thresholds)).toBeLessThanOrEqual(10);
  });

  test("keeps the password out of everything but secrets", () => {
    const lines = main.code.split("\n").filter((line) => line.includes("postgresPassword"));

    expect(lines.map((line) => line.trim().split(" ")[0])).toEqual([
      "param",
      "administratorLoginPassword:",
      "value:",
    ]);
    expect(main.code).toMatch(/@secure\(\)\n@minLength\(\d+\)\nparam postgresPassword string/);
    expect(main.code).not.toMatch(/^output .*[pP]assword/m);
  });
});

describe("the sample of its parameters", () => {
  const sample = readBicep("deploy/azure/main.sample.bicepparam");

  test("sets every parameter without a default, and no other than there are", () => {
    const required = [...main.code.matchAll(/^param (\w+) \w+$/gm)].map((match) => match[1] ?? "");

    expect(required.length).toBeGreaterThan(0);
    expect(required.filter((name) => !sample.params.includes(name))).toEqual([]);
    expect(sample.params.filter((name) => !main.params.includes(name))).toEqual([]);
  });
});
