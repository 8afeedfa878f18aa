import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Taken {
  readonly method: string;
  readonly range: string | undefined;
  readonly length: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface UploadServer {
  readonly url: string;
  /** All requests, as they came. */
  readonly requests: readonly Taken[];
  /** The bytes that the session has. */
  stored(): Buffer;
}

/** Answers a PUT in place of the session; true when it did. `store` takes the bytes as the session would. */
export type Misbehaviour = (
  put: { readonly number: number; readonly isLast: boolean; readonly store: () => void },
  response: ServerResponse,
) => boolean;

/** An address where nobody listens any more. */
export async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}/upload`;
}

/**
 * An upload session on loopback, as driveitem-createuploadsession documents it: ranges in order, fragments of
 * whole 320 KiB, 202 with what is missing, 201 at the end, 416 for other bytes, and no session afterwards.
 */
export async function startUploadServer(misbehave: Misbehaviour = () => false): Promise<UploadServer> {
  const requests: Taken[] = [];
  let stored = Buffer.alloc(0);
  let puts = 0;
  let isOver = false;

  function take(range: string, body: Buffer, response: ServerResponse): void {
    const { first, last, total } = rangeOf(range);
    const isLast = last + 1 === total;
    const store = () => {
      stored = Buffer.concat([stored, body]);
      isOver = isLast;
    };
    puts += 1;
    if (misbehave({ number: puts, isLast, store }, response)) {
      return;
    }
    const isFragment = body.length % (320 * 1024) === 0;
    if (isOver) {
      tell(response, 404, {});
    } else if (first !== stored.length) {
      tell(response, 416, {});
    } else if (last - first + 1 !== body.length || !(isLast || isFragment)) {
      tell(response, 400, {});
    } else {
      store();
      tell(response, isLast ? 201 : 202, { nextExpectedRanges: [`${stored.length}-`] });
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", headers } = request;
    const range = headers["content-range"];
    requests.push({ method, range, length: headers["content-length"], headers });
    const body: Buffer[] = [];
    for await (const chunk of request) {
      body.push(chunk);
    }
    if (method === "PUT") {
      take(range ?? "", Buffer.concat(body), response);
    } else if (isOver) {
      tell(response, 404, {});
    } else {
      tell(response, 200, {
        expirationDateTime: "2026-08-03T11:00:00Z",
        nextExpectedRanges: [`${stored.length}-`],
      });
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/upload?tempauth=secret-7f3a`, requests, stored: () => stored };
}

function rangeOf(range: string): { readonly first: number; readonly last: number; readonly total: number } {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range)?.slice(1).map(Number);
  const [first = Number.NaN, last = Number.NaN, total = Number.NaN] = found ?? [];
  return { first, last, total };
}

function tell(response: ServerResponse, status: number, body: object): void {
  // Not chained: restify replaces writeHead for the whole process by one that returns nothing.
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}
