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
  const server = restify.createServer({ name: "AuthPulse" });
  server.pre((_request, response, next) => {
    if (stopping) {
      // A kept connection would otherwise go on being served and never close.
      response.setHeader("Connection", "close");
    }
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
      const { status, body } = await receive(request.body, request.header("authorization", "")).catch(
        (thrown: unknown) => {
          log.error({ err: thrown }, "a request failed");
          return {
            status: 500,
            body: { code: "InternalError", message: "AuthPulse made a mistake; its log says more." },
          };
        },
      );
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
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        server.close(() => resolve());
        server.server.closeIdleConnections();
      }),
  };
}

/** restify's `bodyParser` would take forms as well. */
const readJson: readonly restify.RequestHandler[] = [
  restify.plugins.bodyReader({ maxBodySize: LARGEST_BODY }),
  restify.plugins.jsonBodyParser({ mapParams: false }),
].flat();

function jsonOnly(request: restify.Request, response: restify.Response, next: restify.Next): void {
  if (request.contentType() !== "application/json") {
    response.send(415, { code: "UnsupportedMediaType", message: "Send application/json." });
    next(false);
  } else {
    next();
  }
}
