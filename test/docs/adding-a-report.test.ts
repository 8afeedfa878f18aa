import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pathOf } from "./documents.ts";
import { changed, stepsOfExample } from "./worked-example.ts";

// test/long/adding-a-report.test.ts does all of it, checks the types and runs the example's test.

test("the worked example changes lines that are there, and adds files that are not", () => {
  const sources = new Map<string, string>();

  for (const { path, kind, text } of stepsOfExample()) {
    if (kind === "ts") {
      expect(existsSync(pathOf(path)), path).toBe(false);
    } else {
      sources.set(path, changed(sources.get(path) ?? readFileSync(pathOf(path), "utf8"), text, path));
    }
  }

  expect(sources.size).toBeGreaterThan(3);
});

test("a change of lines that are not there, or there twice, is refused", () => {
  expect(changed("a\nb\nc\n", " a\n-b\n+B\n", "f")).toBe("a\nB\nc\n");
  expect(() => changed("a\nc\n", "-b\n", "f")).toThrow(/nowhere/);
  expect(() => changed("b\nb\n", "-b\n", "f")).toThrow(/more than once/);
});
