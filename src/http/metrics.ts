import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Metrics } from "../kernel/metrics.ts";

/** Metrics that can be read in the text format of Prometheus. */
export interface ScrapedMetrics extends Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Ends the measuring of the event loop. */
  stop(): void;
}

/** Teams gives a turn up after 10 to 15 seconds. */
const TURN_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
/** A reading of a large tenant takes half an hour at Microsoft's quota. */
const COLLECTION_BUCKETS = [1, 5, 15, 60, 300, 900, 1_800, 3_600];
const LAG_QUANTILES = [0.5, 0.9, 0.99, 1];
/** Milliseconds between two looks at the event loop. */
const LAG_RESOLUTION = 10;

/** In a registry of its own, so that several bots in one process count apart. */
export function createMetrics(version: string): ScrapedMetrics {
  const registry = new Registry();
  const registers = [registry];
  const turns = new Histogram({
    name: "authpulse_turn_duration_seconds",
    help: "Activities of Teams by kind and outcome, from their arrival to the HTTP answer.",
    labelNames: ["kind", "outcome"] as const,
    buckets: TURN_BUCKETS,
    registers,
  });
  const turnsNow = new Gauge({
    name: "authpulse_turns",
    help: "Activities of Teams that are being answered, and that wait for that.",
    labelNames: ["state"] as const,
    registers,
  });
  const requests = new Counter({
    name: "authpulse_graph_requests_total",
    help: "Requests to Microsoft Graph, repeated ones included, by endpoint, class of status and outcome.",
    labelNames: ["endpoint", "status", "outcome"] as const,
    registers,
  });
  const waited = new Counter({
    name: "authpulse_graph_quota_wait_seconds_total",
    help: "Seconds that requests waited for their share of Graph's quota.",
    labelNames: ["lane"] as const,
    registers,
  });
  const collections = new Histogram({
    name: "authpulse_collection_duration_seconds",
    help: "Readings of a report that ended, by outcome: complete, stopped, or a problem code.",
    labelNames: ["report", "outcome"] as const,
    buckets: COLLECTION_BUCKETS,
    registers,
  });
  const deliveries = new Counter({
    name: "authpulse_digest_deliveries_total",
    help: "Digests by kind and the state that they ended in.",
    labelNames: ["kind", "state"] as const,
    registers,
  });
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION });
  lag.enable();
  watchProcess(registry, lag, version);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    stop: () => void lag.disable(),
    turn: (kind, outcome, took) => turns.observe({ kind, outcome }, took / 1000),
    turnsNow(running, waiting) {
      turnsNow.set({ state: "running" }, running);
      turnsNow.set({ state: "waiting" }, waiting);
    },
    graphRequest: (end) => requests.inc({ ...end }),
    quotaWait: (lane, milliseconds) => waited.inc({ lane }, milliseconds / 1000),
    collection: (report, outcome, took) => collections.observe({ report, outcome }, took / 1000),
    delivery: (kind, state) => deliveries.inc({ kind, state }),
  };
}

function watchProcess(registry: Registry, lag: IntervalHistogram, version: string): void {
  const registers = [registry];
  new Gauge({
    name: "authpulse_event_loop_lag_seconds",
    help: "How late the event loop was since the last scrape; quantile 1 is the longest.",
    labelNames: ["quantile"] as const,
    registers,
    collect() {
      for (const quantile of LAG_QUANTILES) {
        // The histogram holds the time between two looks, so a loop that is never late shows the resolution.
        const seconds = lag.count === 0 ? 0 : lag.percentile(quantile * 100) / 1e9 - LAG_RESOLUTION / 1e3;
        this.set({ quantile: String(quantile) }, Math.max(0, seconds));
      }
      lag.reset();
    },
  });
  new Gauge({
    name: "process_resident_memory_bytes",
    help: "Memory that the process holds.",
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: "process_start_time_seconds",
    help: "When the process began, in seconds since 1970.",
    registers,
  }).set(Math.round(performance.timeOrigin / 1000));
  new Gauge({
    name: "authpulse_info",
    help: "Which version runs; always 1.",
    labelNames: ["version"] as const,
    registers,
  }).set({ version }, 1);
}
