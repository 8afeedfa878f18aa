import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { followExample } from "../docs/worked-example.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const COPIED = ["src", "test", "cards", "manifest", "package.json", "tsconfig.json", "vitest.config.ts"];
const EXAMPLE = "test/app/sign-ins.test.ts";

/** Rejects with what was printed when the program fails. */
async function runs(folder: string, program: string, ...words: readonly string[]): Promise<string> {
  try {
    const argument = [join(folder, "node_modules", program), ...words];
    const { stdout } = await promisify(execFile)(process.execPath, argument, {
      cwd: folder,
      env: { PATH: process.env["PATH"], NO_COLOR: "1" },
    });
    return stdout;
  } catch (thrown) {
    const { stdout = "", stderr = "" } = thrown as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${program} failed:\n${stdout}${stderr}`, { cause: thrown });
  }
}

test("a report that is added as the page says compiles and passes its test", async () => {
  const folder = await mkdtemp(join(tmpdir(), "authpulse-report-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of COPIED) {
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  const only = { extends: "./tsconfig.json", include: ["src", EXAMPLE] };
  await writeFile(join(folder, "tsconfig.example.json"), JSON.stringify(only));

  await followExample(folder);

  await runs(folder, "typescript/bin/tsc", "--noEmit", "-p", "tsconfig.example.json");
  expect(await runs(folder, "vitest/vitest.mjs", "run", EXAMPLE)).toContain("2 passed");
});
