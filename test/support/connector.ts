import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request of the bot to Teams. */
export interface Sent {
  readonly method: string;
  readonly conversationId: string;
  /** The message that a PUT replaces. */
  readonly activityId?: string;
  readonly authorization?: string;
  /** The id that the connector gave to what was posted. */
  readonly answeredId?: string;
  readonly body: {
    readonly type?: string;
    readonly summary?: string;
    readonly attachments?: readonly { readonly contentType: string; readonly content: unknown }[];
  };
}

/** How the connector treats the next requests: an HTTP status, or silence. */
export type Manner = { readonly status: number; readonly body?: unknown } | "hang" | "cut";

export interface Connector {
  readonly serviceUrl: string;
  readonly sent: readonly Sent[];
  /** Resolves when that many requests have arrived. */
  waitFor(count: number): Promise<readonly Sent[]>;
  behave(manner: Manner | undefined): void;
  /** Who is in every conversation, as Teams' roster tells it. */
  hasMembers(members: readonly object[]): void;
  close(): Promise<void>;
}

/** Teams' side on loopback: takes posts and edits, remembers them, and misbehaves on request. */
export async function startConnector(): Promise<Connector> {
  const sent: Sent[] = [];
  const arrivals = new EventTarget();
  let manner: Manner | undefined;
  let members: readonly object[] = [];

  const server = createServer((request, response) => {
    void read(request).then((body) => {
      if (request.url?.includes("/pagedmembers")) {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ members }));
        return;
      }
      const [, conversationId = "", activityId] =
        /\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?/.exec(request.url ?? "") ?? [];
      const answeredId = randomUUID();
      sent.push({
        method: request.method ?? "",
        conversationId: decodeURIComponent(conversationId),
        ...(activityId && { activityId }),
        ...(request.headers.authorization && { authorization: request.headers.authorization }),
        ...(!manner && { answeredId }),
        body: JSON.parse(body || "{}"),
      });
      arrivals.dispatchEvent(new Event("arrival"));
      answer(request, response, answeredId);
    });
  });

  function answer(request: IncomingMessage, response: ServerResponse, id: string): void {
    if (manner === "hang") {
      return;
    }
    if (manner === "cut") {
      request.socket.destroy();
      return;
    }
    const { status, body } = manner ?? { status: 201, body: { id } };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body ?? {}));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    sent,
    async waitFor(count) {
      while (sent.length < count) {
        await once(arrivals, "arrival");
      }
      return sent;
    },
    hasMembers(next) {
      members = next;
    },
    behave(next) {
      manner = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
