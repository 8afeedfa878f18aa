import { expect, onTestFinished, test } from "vitest";
import { createMetrics, type ScrapedMetrics } from "../../src/http/metrics.ts";
import { createMetricsServer } from "../../src/http/metrics-server.ts";

function started(): ScrapedMetrics {
  const metrics = createMetrics("1.2.3");
  onTestFinished(() => metrics.stop());
  return metrics;
}

test("writes everything that is counted in Prometheus' words, in seconds", async () => {
  const metrics = started();
  metrics.turn("invoke", "late", 9_000);
  metrics.turnsNow(32, 5);
  metrics.graphRequest({ endpoint: "user", status: "4xx", outcome: "GRAPH-THROTTLED" });
  metrics.quotaWait("person", 1_500);
  metrics.collection("people", "stopped", 61_000);
  metrics.delivery("weekly", "delivered");

  const lines = (await metrics.text()).split("\n");

  expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(lines).toEqual(
    expect.arrayContaining([
      'authpulse_turn_duration_seconds_sum{kind="invoke",outcome="late"} 9',
      'authpulse_turns{state="running"} 32',
      'authpulse_turns{state="waiting"} 5',
      'authpulse_graph_requests_total{endpoint="user",status="4xx",outcome="GRAPH-THROTTLED"} 1',
      'authpulse_graph_quota_wait_seconds_total{lane="person"} 1.5',
      'authpulse_collection_duration_seconds_bucket{le="300",report="people",outcome="stopped"} 1',
      'authpulse_digest_deliveries_total{kind="weekly",state="delivered"} 1',
      'authpulse_info{version="1.2.3"} 1',
    ]),
  );
});

test("are apart for each bot of a process", async () => {
  const [one, other] = [started(), started()];

  one.delivery("weekly", "failed");

  expect(await one.text()).toContain('state="failed"');
  expect(await other.text()).not.toContain('state="failed"');
});

test("are served on a port of their own, and nothing else is", async () => {
  const server = createMetricsServer({ host: "127.0.0.1", port: 0 }, started());
  const url = `http://127.0.0.1:${await server.start()}`;

  const metrics = await fetch(`${url}/metrics`);
  const others = await Promise.all([
    fetch(`${url}/`),
    fetch(`${url}/api/messages`, { method: "POST" }),
    fetch(`${url}/metrics`, { method: "POST" }),
  ]);

  expect(metrics.status).toBe(200);
  expect(metrics.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await metrics.text()).toContain("authpulse_event_loop_lag_seconds");
  expect(others.map(({ status }) => status)).toEqual([404, 404, 404]);
  await server.stop();
  await expect(fetch(`${url}/metrics`)).rejects.toThrow("fetch failed");
});
