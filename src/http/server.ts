import { once } from "node:events";
import restify from "restify";
import type { Log } from "../kernel/log.ts";
import { closeServer, listen } from "./listen.ts";
import type { ScrapedMetrics } from "./metrics.ts";
import type { Readiness } from "./readiness.ts";

interface Answered {
  readonly status: number;
  readonly body?: unknown;
  /** Seconds after which Teams may send the same again. */
  readonly retryAfter?: number;
}

/** What answers once everything is open. */
export interface Serving {
  /** Answers the body of one POST to `/api/messages`. */
  receive(body: unknown, authorization: string): Promise<Answered>;
  /** Answers one before its body is read, where too much is asked at once. */
  overflow(): Answered | undefined;
  readonly readiness: Readiness;
}

export interface HttpServer {
  /**
   * Listens and resolves with the port. Until `serve` it says that it is starting: an orchestrator must not take a
   * long migration for a dead process.
   */
  start(): Promise<number>;
  serve(serving: Serving): void;
  /**
   * Begins no new turn: messages are answered with 503, and every answer says `Connection: close`. Resolves when
   * what is under way has been answered.
   */
  refuse(): Promise<void>;
  /** Refuses, takes no new connection, and ends. */
  stop(): Promise<void>;
}

interface HttpParts {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly log: Log;
  /** Served on this port, too, where nobody but this machine reaches it. */
  readonly metrics?: Pick<ScrapedMetrics, "contentType" | "text">;
}

/** Teams' own messages stay far below; a card that comes back in an invoke is under 100 KB. */
const LARGEST_BODY = 512 * 1024;

/** Seconds after which a refused message may come again: a restart takes no longer. */
const RETRY_AFTER = 5;

export function createHttpServer({ host, port, version, log, metrics }: HttpParts): HttpServer {
  let phase: "starting" | "serving" | "stopping" = "starting";
  let serving: Serving | undefined;
  /** Answers that are being made; their requests have arrived as a whole. */
  const underWay = new Set<restify.Response>();
  const server = restify.createServer({ name: "AuthPulse" });
  /** A kept connection would otherwise go on being served and never close. */
  const closeIfStopping = (response: restify.Response): void => {
    if (phase === "stopping") {
      response.setHeader("Connection", "close");
    }
  };
  server.pre((_request, response, next) => {
    closeIfStopping(response);
    return next();
  });

  server.get("/healthz", async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { status: "ok", version });
  });

  server.get("/readyz", async (_request: restify.Request, response: restify.Response) => {
    const { ready, ...body } =
      phase === "serving" && serving ? await serving.readiness() : { ready: false, status: phase };
    closeIfStopping(response);
    response.send(ready ? 200 : 503, { ...body, version });
  });

  if (metrics) {
    server.get("/metrics", async (_request: restify.Request, response: restify.Response) => {
      response.sendRaw(200, await metrics.text(), { "Content-Type": metrics.contentType });
    });
  }

  // Only JSON: any web page can make a browser send a form to a local bot, but not JSON.
  server.post(
    "/api/messages",
    jsonOnly,
    (_request: restify.Request, response: restify.Response, next: restify.Next) => {
      const overflow = phase === "serving" ? serving?.overflow() : undefined;
      if (overflow) {
        answer(response, overflow);
        return next(false);
      }
      return next();
    },
    ...readJson,
    async (request: restify.Request, response: restify.Response) => {
      if (phase !== "serving" || !serving) {
        // Teams sends it again, to this process or the next.
        closeIfStopping(response);
        const body = { code: "ServiceUnavailable", message: `AuthPulse is ${phase}.` };
        answer(response, { status: 503, retryAfter: RETRY_AFTER, body });
        return;
      }
      underWay.add(response);
      response.once("close", () => underWay.delete(response));
      const authorization = request.header("authorization", "");
      const answered = await serving
        .receive(request.body, authorization)
        .catch((thrown: unknown): Answered => {
          log.error({ err: thrown }, "a request failed");
          return {
            status: 500,
            body: { code: "InternalError", message: "AuthPulse made a mistake; its log says more." },
          };
        });
      closeIfStopping(response);
      answer(response, answered);
    },
  );

  async function refuse(): Promise<void> {
    phase = "stopping";
    await Promise.all([...underWay].map((response) => once(response, "close")));
  }

  return {
    start: () => listen(server, host, port),
    serve(parts) {
      if (phase === "starting") {
        serving = parts;
        phase = "serving";
      }
    },
    refuse,
    async stop() {
      await refuse();
      await closeServer(server.server);
    },
  };
}

function answer(response: restify.Response, { status, body, retryAfter }: Answered): void {
  if (retryAfter !== undefined) {
    response.setHeader("Retry-After", String(retryAfter));
  }
  response.send(status, body);
}

/** restify's `bodyParser` would take forms as well. */
const readJson: readonly restify.RequestHandler[] = [
  restify.plugins.bodyReader({ maxBodySize: LARGEST_BODY }),
  restify.plugins.jsonBodyParser({ mapParams: false }),
].flat();

/**
 * Nothing packed either: restify unpacks a body without a limit to what comes out, and a damaged one ends the
 * process.
 */
function jsonOnly(request: restify.Request, response: restify.Response, next: restify.Next): void {
  if (request.header("origin") !== undefined) {
    // Only browsers name an origin. A page whose name is made to point at this machine could speak to a local bot.
    response.send(403, { code: "Forbidden", message: "Browsers have nothing to send here." });
    next(false);
  } else if (
    request.contentType() !== "application/json" ||
    request.header("content-encoding") !== undefined
  ) {
    const message = "Send application/json without a content encoding.";
    response.send(415, { code: "UnsupportedMediaType", message });
    next(false);
  } else {
    next();
  }
}
