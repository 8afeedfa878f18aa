import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { message, TENANT } from "../support/activities.ts";
import { startConnector } from "../support/connector.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { settingsFor, start, temporary } from "../terminal/command-line.ts";

describeOnPostgres("a database that hangs", () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await startPostgres();
  });

  afterAll(() => postgres.remove());

  test("holds a stop for 20 seconds, and then the log says what was still running", {
    timeout: 60_000,
  }, async () => {
    const [tenant, connector] = [
      await startSampleTenant({ people: 1, tenantId: TENANT }),
      await startConnector(),
    ];
    const url = await postgres.database();
    const environment = { ...settingsFor(tenant, await temporary()), PORT: "0", DATABASE_URL: url };
    const bot = await start(["serve"], { environment });
    const [, address = ""] = await bot.said(/listens on (\S+)\. Ctrl-C/);
    const other = new pg.Client(url);
    await other.connect();
    await other.query("BEGIN; LOCK TABLE authpulse.removed_places IN ACCESS EXCLUSIVE MODE");
    const asked = fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(message(connector.serviceUrl, "help")),
    });
    await asked;

    const { code, err } = await bot.signal("SIGTERM");

    await other.end();
    await connector.close();
    await tenant.close();
    expect(code).toBe(1);
    expect(err).toContain('"waitingFor":"readings, digests and posts","work":1');
    expect(err).toContain('"within":20000');
  });
});
