import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtSources } from "../support/build.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "soak.mjs");

/** What it says in the end; of a fault all of it, so that the failed comparison tells what it was. */
async function soaked(environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const options = ["--minutes", "1", "--seed", "1", "--built", await builtSources()];
  const ran = promisify(execFile)(process.execPath, [SCRIPT, ...options], {
    env: { PATH: process.env["PATH"], ...environment },
  });
  const { stdout } = await ran.catch((failed: { readonly stdout: string }) => failed);
  return stdout;
}

describe("a minute of questions, digests and trouble", () => {
  test("answers each once and leaves nothing behind, on the embedded database", async () => {
    expect(await soaked()).toContain("No fault was found.");
  });
});

describeOnPostgres("a minute of questions, digests and trouble", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test("answers each once and leaves nothing behind, on a server that goes away and comes back", async () => {
    expect(await soaked({ DATABASE_URL: await server.database() })).toContain("No fault was found.");
  });
});
