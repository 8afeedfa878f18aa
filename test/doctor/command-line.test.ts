import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { builtEntry } from "../support/build.ts";
import { run, STACK, start } from "../terminal/command-line.ts";
import { settingsOf, tenantOf } from "./harness.ts";

/** The first to start the command line compiles it. */
beforeAll(async () => {
  await builtEntry();
}, 120_000);

test("looks at a running bot from beside it", { timeout: 120_000 }, async () => {
  const tenant = await tenantOf();
  const environment = await settingsOf(tenant, { PORT: await freePort(), COLLECT_EVERY: "0" });
  const bot = await start(["serve"], { environment });
  await bot.said(/AuthPulse listens/);

  const { code, out, err } = await run(["doctor", "--json"], { environment });

  expect([code, err]).toEqual([0, ""]);
  const { rows, summary } = JSON.parse(out) as {
    readonly rows: readonly { readonly id: string; readonly state: string; readonly what: string }[];
    readonly summary: object;
  };
  const what = (id: string) => rows.find((row) => row.id === id)?.what;
  expect(what("store")).toContain(`process ${bot.pid},`);
  expect(what("endpoint")).toContain(`listens on http://127.0.0.1:${environment["PORT"]} and is ready`);
  expect(summary).toMatchObject({ problem: 0 });
  expect(out).not.toContain(environment["GRAPH_ACCESS_TOKEN"]);
  for (const { displayName, userPrincipalName } of Object.values(tenant.viewers)) {
    expect(out).not.toContain(displayName);
    expect(out).not.toContain(userPrincipalName);
  }
});

test("prints a table, and ends with 2 for wrong settings", { timeout: 60_000 }, async () => {
  const { code, out, err } = await run(["doctor"], { environment: { PORT: "many" } });

  expect([code, err]).toEqual([2, ""]);
  expect(out).toMatch(/^settings\.PORT +problem +PORT: "many" is not a whole number/m);
  expect(out).toContain("Do: Set it to such a number");
  expect(out).not.toMatch(STACK);
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
