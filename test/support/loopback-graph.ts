import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** How the server answers one request. */
export type LoopbackAnswer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as JSON; or `text` as it is. */
      readonly json?: unknown;
      readonly text?: string;
    }
  /** The connection is cut before the headers or in the middle of the body. */
  | { readonly cut: "before-headers" | "mid-body" }
  /** Headers and half a body, or nothing at all, and then silence. */
  | { readonly hang: "before-headers" | "mid-body" };

export interface Exchange {
  readonly method?: "GET" | "POST";
  /** Path and query exactly as they have to be requested. */
  readonly path: string;
  /** The JSON that has to be posted. */
  readonly body?: unknown;
  readonly answer: LoopbackAnswer;
  /** How often it happens; once unless said otherwise. */
  readonly times?: number;
}

interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** By `performance.now()`. */
  readonly at: number;
  /** The client's port: the same for requests on one connection. */
  readonly port: number;
}

export interface LoopbackGraph {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  /** Announces exchanges; those of one path happen in this order. */
  expect(...exchanges: readonly Exchange[]): void;
}

/**
 * A stand-in for Microsoft Graph on loopback that answers exactly what was announced. When the test
 * ends it closes, and fails the test if a request was not announced or an announced one never came.
 */
export async function startLoopbackGraph(...announced: readonly Exchange[]): Promise<LoopbackGraph> {
  const pending: Exchange[] = announced.flatMap(repeated);
  const requests: SeenRequest[] = [];
  const unexpected: string[] = [];

  const server = createServer(async (request, response) => {
    const seen = await seenOf(request);
    requests.push(seen);
    const index = pending.findIndex((exchange) => matches(exchange, seen));
    const [exchange] = index < 0 ? [] : pending.splice(index, 1);
    if (exchange === undefined) {
      unexpected.push(lineOf(seen));
    }
    reply(response, exchange?.answer ?? { status: 501, text: "This request was not announced." });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    if (unexpected.length > 0 || pending.length > 0) {
      throw new Error(complaint(unexpected, pending));
    }
  });

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    expect(...exchanges) {
      pending.push(...exchanges.flatMap(repeated));
    },
  };
}

function repeated(exchange: Exchange): Exchange[] {
  return Array.from({ length: exchange.times ?? 1 }, () => exchange);
}

async function seenOf(request: IncomingMessage): Promise<SeenRequest> {
  const at = performance.now();
  const { method = "", url = "", headers } = request;
  const port = request.socket.remotePort ?? 0;
  return { method, path: url, headers, body: await text(request), at, port };
}

function matches(exchange: Exchange, seen: SeenRequest): boolean {
  const sameBody = exchange.body === undefined || JSON.stringify(exchange.body) === seen.body;
  return (exchange.method ?? "GET") === seen.method && exchange.path === seen.path && sameBody;
}

function reply(response: ServerResponse, answer: LoopbackAnswer): void {
  if ("cut" in answer || "hang" in answer) {
    const where = "cut" in answer ? answer.cut : answer.hang;
    const end = () => ("cut" in answer ? response.destroy() : undefined);
    if (where === "before-headers") {
      end();
    } else {
      response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
      response.write('{"value":[', end);
    }
    return;
  }
  const { status = 200, headers = {}, json } = answer;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(answer.text ?? JSON.stringify(json));
}

function lineOf({ method = "GET", path, body }: Pick<Exchange, "method" | "path" | "body"> | SeenRequest) {
  const shown = typeof body === "string" ? body : JSON.stringify(body ?? "");
  return `${method} ${path} ${shown === '""' ? "" : shown}`.trimEnd();
}

function complaint(unexpected: readonly string[], pending: readonly Exchange[]): string {
  return [
    "The requests to the loopback Graph are not the announced ones.",
    `Requested, but not announced:\n${listOf(unexpected)}`,
    `Announced, but never requested:\n${listOf(pending.map(lineOf))}`,
    "Announce each request with expect({ method, path, body, answer }), once for every time it happens, " +
      "or mend the code that made or left out the request.",
  ].join("\n");
}

function listOf(lines: readonly string[]): string {
  return lines.length === 0 ? "  (none)" : lines.map((line) => `  ${line}`).join("\n");
}
