import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import lockFile from "../../package-lock.json" with { type: "json" };
import { VERSION } from "../../src/kernel/version.ts";
import { PAGES } from "../docs/documents.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** What is shipped or read; tests have made-up versions of their own. */
const LOOKED_AT = ["src", "scripts", "deploy", "manifest", "cards", ".env.sample"];
/** Tells of every version. */
const HISTORY = "CHANGELOG.md";

function filesBelow(path: string): readonly string[] {
  const isFolder = statSync(join(ROOT, path)).isDirectory();
  return isFolder ? readdirSync(join(ROOT, path)).flatMap((name) => filesBelow(join(path, name))) : [path];
}

test("the version stands in package.json, and in no other file that a person keeps", () => {
  const repeated = new RegExp(`(?<![\\d.])${VERSION.replaceAll(".", "\\.")}(?![\\d.])`);
  const files = [...LOOKED_AT.flatMap(filesBelow), ...PAGES.filter((page) => page !== HISTORY)];

  const repeating = files.filter((path) => repeated.test(readFileSync(join(ROOT, path), "utf8")));

  expect(files.length).toBeGreaterThan(100);
  expect(repeating).toEqual([]);
  expect(VERSION).toBe(packageFile.version);
});

test("npm's lock file is of the same version", () => {
  expect([lockFile.version, lockFile.packages[""].version]).toEqual([VERSION, VERSION]);
});
