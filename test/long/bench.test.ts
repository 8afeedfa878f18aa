import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { builtSources } from "../support/build.ts";

const RUNNER = join(import.meta.dirname, "..", "..", "scripts", "bench", "run.mjs");

/** Rejects where the runner ends with another code than 0: a row could not be measured, or found a wrong answer. */
async function bench(...rows: readonly string[]): Promise<string> {
  const root = dirname(await builtSources());
  const options = ["--expose-gc", RUNNER, ...rows, "--quick", "--rounds", "1", "--root", root];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  return stdout;
}

test.for([
  ["turn", "turn: a repeated question, answers"],
  ["card", "card: the same view again"],
  ["quota", "quota: people counted"],
  ["digests", "digests: fan-out"],
  ["busy", "busy: questions meanwhile, p99"],
  ["start", "start: ready"],
  ["trend", "trend 52 weeks, p99"],
])("the bench measures the row %s", async ([row = "", measure = ""]) => {
  const printed = await bench(row);

  expect(printed).toContain(measure);
  expect(printed).toMatch(/node \d+/);
});

test("the bench refuses a row that there is not", async () => {
  await expect(bench("nothing")).rejects.toMatchObject({ code: 2 });
});
