import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtSources } from "../support/build.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "kill-digests.mjs");

describeOnPostgres("replicas that are killed at every edge between two states", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test("deliver no slot twice, lose none, and record every uncertain one as unknown", async () => {
    const options = ["--places", "50", "--weeks", "8", "--replicas", "2", "--built", await builtSources()];

    const ran = promisify(execFile)(process.execPath, [SCRIPT, ...options], {
      env: { PATH: process.env["PATH"], DATABASE_URL: await server.database() },
    });
    // What it says of a fault is in the failed comparison.
    const { stdout } = await ran.catch((failed: { readonly stdout: string }) => failed);

    expect(stdout).toContain("Nothing was delivered twice, nothing was lost");
  });
});
