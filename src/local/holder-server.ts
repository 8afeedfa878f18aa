import { createServer, type IncomingMessage } from "node:http";
import { AppError } from "../kernel/problem.ts";
import { type CallHandler, callSchema, type Holder, LIMITS, parseJson, toProblem } from "./messages.ts";

export interface HolderServer {
  /** From now on calls are answered. */
  serve(handler: CallHandler): void;
  /** Stops listening at once and cuts the calls that are not answered yet. */
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Listens on a Unix socket or a named pipe, `GET /holder` and `POST /call {name, argument}`. A call may take
 * as long as it needs. The socket alone keeps no process alive. Rejects with the error of `listen`.
 */
export async function startHolderServer(path: string, holder: Holder): Promise<HolderServer> {
  let handler: CallHandler | undefined;
  const server = createServer((request, response) => {
    void reply(request, holder, handler)
      .then(({ status, body }) => ({ status, text: JSON.stringify(body) }))
      .catch((thrown) => ({ status: 500, text: JSON.stringify(toProblem(thrown)) }))
      .then(({ status, text }) => {
        // Not chained: restify replaces writeHead for the whole process by one that returns nothing.
        response.writeHead(status, { "content-type": "application/json", connection: "close" });
        response.end(text);
      });
  });
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return {
    serve(answers) {
      handler = answers;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(request: IncomingMessage, holder: Holder, handler?: CallHandler): Promise<Reply> {
  const route = `${request.method} ${request.url}`;
  if (route === "GET /holder") {
    return { status: 200, body: holder };
  }
  if (route !== "POST /call") {
    return refusal(404, `There is no ${route} here.`);
  }
  const text = await readCall(request);
  if (text === undefined) {
    return refusal(413, `A call may have ${LIMITS.call} bytes.`);
  }
  const call = callSchema.safeParse(parseJson(text));
  if (!call.success) {
    return refusal(400, "A call is JSON with a name and an argument.");
  }
  if (!handler) {
    return refusal(503, `Process ${holder.pid} is starting or stopping. Try again in a moment.`);
  }
  return { status: 200, body: { answer: await handler(call.data.name, call.data.argument) } };
}

/** The body, or undefined when it is too long. */
async function readCall(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LIMITS.call) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function refusal(status: number, detail: string): Reply {
  return {
    status,
    body: toProblem(new AppError(status === 503 ? "STORE-UNAVAILABLE" : "INTERNAL", { detail })),
  };
}
