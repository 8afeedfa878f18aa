import { once } from "node:events";
import type { AddressInfo } from "node:net";
import restify from "restify";
import type { Log } from "../kernel/log.ts";

/** Answers the body of one POST to `/api/messages`. */
type Receive = (
  body: unknown,
  authorization: string,
) => Promise<{ readonly status: number; readonly body?: unknown }>;

export interface HttpServer {
  /** Listens and resolves with the port. */
  start(): Promise<number>;
  /** Takes no new connection, answers what is under way with `Connection: close`, and ends. */
  stop(): Promise<void>;
}

interface HttpParts {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly receive: Receive;
  readonly log: Log;
}

/** Teams' own messages stay far below; a card that comes back in an invoke is under 100 KB. */
const LARGEST_BODY = 512 * 1024;

export function createHttpServer({ host, port, version, receive, log }: HttpParts): HttpServer {
  let stopping = false;
  /** Answers that are being made; their requests have arrived as a whole. */
  const underWay = new Set<restify.Response>();
  const server = restify.createServer({ name: "AuthPulse" });
  /** A kept connection would otherwise go on being served and never close. */
  const closeIfStopping = (response: restify.Response): void => {
    if (stopping) {
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

  // Only JSON: any web page can make a browser send a form to a local bot, but not JSON.
  server.post(
    "/api/messages",
    jsonOnly,
    ...readJson,
    async (request: restify.Request, response: restify.Response) => {
      underWay.add(response);
      response.once("close", () => underWay.delete(response));
      const { status, body } = await receive(request.body, request.header("authorization", "")).catch(
        (thrown: unknown) => {
          log.error({ err: thrown }, "a request failed");
          return {
            status: 500,
            body: { code: "InternalError", message: "AuthPulse made a mistake; its log says more." },
          };
        },
      );
      closeIfStopping(response);
      response.send(status, body);
    },
  );

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.removeListener("error", reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    async stop() {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...underWay].map((response) => once(response, "close")));
      // Left are those who have connected and not asked anything yet; they would be waited for a minute.
      server.server.closeAllConnections();
      await closed;
    },
  };
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
