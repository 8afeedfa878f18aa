import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dialect } from "./wire.ts";

const LARGEST_BODY = 100_000;

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The request's JSON; undefined for an empty body and for one that is no JSON. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  try {
    return size <= LARGEST_BODY ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

export function dialectOf(request: IncomingMessage, int64AsText: boolean): Dialect {
  return {
    int64AsText: int64AsText || /IEEE754Compatible=true/i.test(request.headers.accept ?? ""),
    unknownMembers: /\binclude-unknown-enum-members\b/i.test(preferOf(request) ?? ""),
  };
}

export function preferOf(request: IncomingMessage): string | undefined {
  const { prefer } = request.headers;
  return Array.isArray(prefer) ? prefer.join(", ") : prefer;
}

export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function jsonType(dialect: Dialect): string {
  const compatible = `IEEE754Compatible=${dialect.int64AsText}`;
  return `application/json;odata.metadata=minimal;odata.streaming=true;${compatible};charset=utf-8`;
}

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, "Content-Length": Buffer.byteLength(reply.text) });
  response.end(reply.text);
}

/** Promises the whole answer, sends half of it and cuts the connection. */
export function sendHalf(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.text);
  response.writeHead(reply.status, { ...reply.headers, "Content-Length": bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}
