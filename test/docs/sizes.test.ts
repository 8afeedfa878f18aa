import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codesIn, pathOf, tableOf } from "./documents.ts";

const LONG = 250;

function linesOf(file: string): number {
  return readFileSync(pathOf(file), "utf8").split("\n").length - 1;
}

test("every source file of more than 250 lines has its reason in ARCHITECTURE.md, and no other", () => {
  const files = readdirSync(pathOf("src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join("src", name).replaceAll("\\", "/"));
  const long = files.filter((file) => linesOf(file) > LONG);

  const named = tableOf("ARCHITECTURE.md", "file").flatMap(([first = ""]) => codesIn(first));

  expect(files.length).toBeGreaterThan(100);
  expect([...named].sort()).toEqual(long.sort());
});
