import { createServer } from "node:http";
import { closeServer, listen } from "./listen.ts";
import type { ScrapedMetrics } from "./metrics.ts";

export interface MetricsServer {
  /** Listens and resolves with the port. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * `GET /metrics` on a port of its own: the one that Teams reaches is public, and behind a proxy a request from the
 * Internet looks like one from nearby.
 */
export function createMetricsServer(
  { host, port }: { readonly host: string; readonly port: number },
  metrics: Pick<ScrapedMetrics, "contentType" | "text">,
): MetricsServer {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404);
      response.end();
      return;
    }
    metrics.text().then(
      (text) => {
        response.writeHead(200, { "content-type": metrics.contentType });
        response.end(text);
      },
      () => {
        response.writeHead(500);
        response.end();
      },
    );
  });
  return { start: () => listen(server, host, port), stop: () => closeServer(server) };
}
