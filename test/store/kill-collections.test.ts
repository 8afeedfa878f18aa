import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtSources } from "../support/build.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "kill-collections.mjs");

/** What the script says; rejects when it finds a fault. */
async function rounds(count: number, databaseUrl?: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [SCRIPT, String(count), "--built", await builtSources()],
    { env: { PATH: process.env["PATH"], ...(databaseUrl && { DATABASE_URL: databaseUrl }) } },
  );
  return stdout;
}

test("a collection that is killed loses no complete reading and counts nothing twice", {
  timeout: 120_000,
}, async () => {
  const said = await rounds(3);

  expect(said).toMatch(/^3 rounds, seed \d+, embedded database\n(round .*\n){3}Kills landed/);
  expect(said).toContain("No complete reading was lost, nothing counted twice.");
});

describeOnPostgres("on a server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test("a collection that is killed does as little harm", { timeout: 120_000 }, async () => {
    const said = await rounds(3, await server.database());

    expect(said).toMatch(/^3 rounds, seed \d+, PostgreSQL\n(round .*\n){3}Kills landed/);
    expect(said).toContain("No complete reading was lost, nothing counted twice.");
  });
});
