import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { TENANT, textOf } from "../support/activities.ts";
import { describeOnPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { startBot } from "../support/running-bot.ts";

describeOnPostgres("two replicas on one PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test("share what Graph allows: none of their requests is refused", { timeout: 60_000 }, async () => {
    const graph = await startSampleTenant({
      tenantId: TENANT,
      people: 100,
      pageSize: 25,
      quotaWindow: 500,
    });
    const settings = { DATABASE_URL: await server.database() };
    const timings = { quotaWindow: 1_500, answerWithin: 60_000, turnLimit: 120_000 };
    const replica = () => startBot({ graph, settings, timings });
    const [one, other] = [await replica(), await replica()];
    onTestFinished(async () => {
      await Promise.all([one.stop(), other.stop()]);
    });

    // Two reports: of one report they would make a single reading.
    await Promise.all([one.say("registration"), other.say("sspr usage by method")]);

    const answers = [one, other].map(({ connector }) => textOf(connector.sent.at(-1)?.body.attachments));
    const reports = graph.requests.filter(({ path }) => path.includes("/reports/"));
    expect(answers).toEqual([expect.stringContaining("complete"), expect.stringContaining("complete")]);
    expect(reports.length).toBeGreaterThan(5);
    expect(reports.filter(({ status }) => status !== 200)).toEqual([]);
  });
});
