import { expect, test } from "vitest";
import { PROBLEM_CODES } from "../../src/kernel/problem.ts";
import { codesIn, tableOf } from "./documents.ts";

test("every problem code is explained with a remedy, and no other", () => {
  const rows = tableOf("docs/troubleshooting.md", "code");

  expect(rows.map(([code = ""]) => codesIn(code)[0])).toEqual([...PROBLEM_CODES]);
  expect(rows.filter((cells) => cells.length !== 3 || cells.includes(""))).toEqual([]);
});
