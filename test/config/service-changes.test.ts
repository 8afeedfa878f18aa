import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";

const folder = mkdtempSync(join(tmpdir(), "authpulse-changes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function loaded(content: string | undefined, more: Readonly<Record<string, string>> = {}) {
  const path = join(folder, "changes.json");
  rmSync(path, { force: true });
  if (content !== undefined) {
    writeFileSync(path, content);
  }
  const settings = { AZURE_TENANT_ID: "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01", GRAPH_ACCESS_TOKEN: "token" };
  return loadConfig({ ...settings, SERVICE_CHANGES_FILE: path, ...more }, "serve");
}

const ENTRY = { id: "own", date: "2026-12-01", bends: ["usage"], text: "a firewall was replaced" };

describe("the file of service changes", () => {
  test("adds an entry to the ones of every installation", () => {
    const result = loaded(JSON.stringify([ENTRY]));

    expect("config" in result && result.config.serviceChanges).toContainEqual(ENTRY);
    expect("config" in result && result.config.serviceChanges).toHaveLength(5);
  });

  test("moves the day of one that AuthPulse knows, without a text of its own", () => {
    const result = loaded(
      JSON.stringify([{ id: "sspr-registered-methods", date: "2027-01-11", bends: ["usage"] }]),
    );

    expect("config" in result && result.config.serviceChanges.map(({ date }) => date)).toEqual([
      "2025-08-01",
      "2027-01-11",
      "2027-02-01",
      "2027-07-01",
    ]);
  });

  test.each([
    ["is not there", undefined, /cannot be read/],
    ["is not JSON", "{", /not JSON/],
    ["is no list", "{}", /The file: /],
    ["has no such day", JSON.stringify([{ ...ENTRY, date: "2026-02-30" }]), /Entry 1, date: is not a day/],
    ["bends nothing known", JSON.stringify([{ ...ENTRY, bends: ["weather"] }]), /Entry 1, bends, 0: /],
    [
      "has a text too few",
      JSON.stringify([ENTRY, { ...ENTRY, id: "b", text: undefined }]),
      /Entry 2, text: is missing/,
    ],
    ["has a field too many", JSON.stringify([{ ...ENTRY, cause: "Microsoft" }]), /Entry 1: .*cause/],
    ["names an unknown cloud", JSON.stringify([{ ...ENTRY, clouds: ["moon"] }]), /Entry 1, clouds, 0: /],
    ["has one id twice", JSON.stringify([ENTRY, ENTRY]), /The file: has two entries with one id/],
  ])("is refused where it %s", (_name, content, told) => {
    const result = loaded(content);

    const problems = "problems" in result ? result.problems : [];
    expect(problems.map(({ setting }) => setting)).toEqual(["SERVICE_CHANGES_FILE"]);
    expect(problems[0]?.problem).toMatch(told);
  });
});
