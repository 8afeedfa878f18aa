import { describe, expect, onTestFinished, test } from "vitest";
import { TENANT, VIEWER } from "../support/activities.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

type Options = Parameters<typeof startBot>[0];

async function running(options: Options = {}): Promise<RunningBot> {
  const bot = await startBot({ tenant: { people: 40 }, ...options });
  onTestFinished(() => bot.stop());
  return bot;
}

async function get(bot: RunningBot, path: string): Promise<{ status: number; body: string }> {
  const response = await fetch(bot.url + path);
  return { status: response.status, body: await response.text() };
}

async function readyz(bot: RunningBot): Promise<{ status: number; body: Record<string, unknown> }> {
  const { status, body } = await get(bot, "/readyz");
  return { status, body: JSON.parse(body) };
}

/** Value of one line of the metrics; 0 where it is not there. */
function numberOf(metrics: string, line: string): number {
  const found = metrics.split("\n").find((each) => each.startsWith(`${line} `));
  return Number(found?.slice(line.length + 1) ?? 0);
}

describe("/readyz", () => {
  test("tells store, token and the age of the numbers", async () => {
    const bot = await running();

    const before = await readyz(bot);
    await bot.say("sspr usage by method");
    const after = await readyz(bot);

    expect(before).toEqual({
      status: 200,
      body: {
        status: "ready",
        version: expect.any(String),
        store: { state: "ok", kind: "embedded" },
        graph: { token: "not-tried" },
        collections: {},
      },
    });
    expect(after).toMatchObject({
      status: 200,
      body: {
        graph: { token: "ok" },
        collections: { usage: { readAt: expect.any(String), ageSeconds: expect.any(Number) } },
      },
    });
    expect(JSON.stringify(after)).not.toContain(TENANT);
  });

  test("stays 200 where Graph is away, and names the problem", async () => {
    const bot = await running();
    bot.tenant.faults.add({ kind: "bad-request", path: "/reports/" });

    await bot.say("sspr usage by method");
    const { status, body } = await readyz(bot);

    expect(status).toBe(200);
    expect(body).toMatchObject({ collections: { usage: { problem: "GRAPH-REFUSED" } } });
  });
});

describe("/metrics", () => {
  test("counts turns, requests to Graph, collections and the wait for the quota, and names nobody", async () => {
    const bot = await running();

    await bot.say("sspr usage by method");
    await bot.post({ type: "made-up-type", nothing: "else" });
    const { status, body } = await get(bot, "/metrics");

    expect(status).toBe(200);
    expect(numberOf(body, 'authpulse_turn_duration_seconds_count{kind="message",outcome="answered"}')).toBe(
      1,
    );
    expect(numberOf(body, 'authpulse_turn_duration_seconds_count{kind="other",outcome="refused"}')).toBe(1);
    expect(
      numberOf(body, 'authpulse_collection_duration_seconds_count{report="usage",outcome="complete"}'),
    ).toBe(1);
    expect(body).toMatch(
      /^authpulse_graph_requests_total\{endpoint="\w+",status="2xx",outcome="ok"\} [1-9]/m,
    );
    expect(body).toMatch(/^authpulse_graph_quota_wait_seconds_total\{lane="collection"\} \d/m);
    expect(body).toMatch(/^authpulse_event_loop_lag_seconds\{quantile="0.99"\} \d/m);
    for (const hidden of [TENANT, VIEWER, "29:viewer", "a:personal", "made-up-type", "Priya"]) {
      expect(body).not.toContain(hidden);
    }
  });

  test("counts what Graph refused by its problem", async () => {
    const bot = await running();
    bot.tenant.faults.add({ kind: "bad-request", path: "/reports/" });

    await bot.say("sspr usage by method");
    const { body } = await get(bot, "/metrics");

    expect(body).toMatch(
      /^authpulse_graph_requests_total\{endpoint="\w+",status="4xx",outcome="GRAPH-REFUSED"\} [1-9]/m,
    );
    expect(
      numberOf(body, 'authpulse_collection_duration_seconds_count{report="usage",outcome="GRAPH-REFUSED"}'),
    ).toBe(1);
  });
});

describe("the log", () => {
  test("carries one id from an activity to Graph and back to Teams", async () => {
    const bot = await running();

    await bot.say("sspr usage by method", { id: "activity-7" });
    await bot.say("help");

    const arrived = bot.log.filter(({ message }) => message === "an activity arrived");
    const ids = arrived.map(({ facts }) => (facts as { correlation?: string }).correlation);
    const first = bot.log.filter(({ facts }) => "correlation" in facts && facts.correlation === ids[0]);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(arrived[0]?.facts).toMatchObject({ activityId: "activity-7" });
    const said = new Set(first.map(({ message }) => message));
    for (const line of ["an activity arrived", "Graph answered", "Teams took a message", "a turn ended"]) {
      expect(said).toContain(line);
    }
    const answered = first.filter(({ message }) => message === "Graph answered");
    expect(answered.every(({ facts }) => "requestId" in facts && facts.requestId !== undefined)).toBe(true);
    const asked = bot.tenant.requests.filter(({ path }) => path.includes("/reports/"));
    expect(asked.map(({ clientRequestId }) => clientRequestId)).toEqual(asked.map(() => ids[0]));
  });

  test("shows the first digits of that id on a problem card", async () => {
    const bot = await running();
    bot.tenant.faults.add({ kind: "bad-request", path: "/reports/" });

    const [sent] = await bot.say("sspr usage by method");

    const arrived = bot.log.find(({ message }) => message === "an activity arrived");
    const { correlation = "" } = (arrived?.facts ?? {}) as { correlation?: string };
    expect(JSON.stringify(sent)).toContain(`GRAPH-REFUSED · ${correlation.slice(0, 8)} · `);
  });
});
