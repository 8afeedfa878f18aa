import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { TENANT } from "./activities.ts";

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
export type Manner =
  | {
      readonly status: number;
      readonly body?: unknown;
      /** Instead of a body in JSON. */
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | "hang"
  | "cut"
  /** Takes it, and cuts the connection in the middle of its answer. */
  | "half an answer";

/** One request of the bot to open or find a conversation. */
export interface Opened {
  readonly authorization?: string;
  readonly body: { readonly members?: readonly { readonly id: string }[] };
}

/** Calls that are no messages. */
export type Call = "open" | "member";

export interface Connector {
  readonly serviceUrl: string;
  readonly sent: readonly Sent[];
  readonly opened: readonly Opened[];
  /** Resolves when that many requests have arrived. */
  waitFor(count: number): Promise<readonly Sent[]>;
  /** Takes what was sent so far away, so that a long run need not keep it. */
  drain(): readonly Sent[];
  behave(manner: Manner | undefined): void;
  /** Who is in every conversation, as Teams' roster tells it; until then whoever is asked for is a member. */
  hasMembers(members: readonly object[]): void;
  /** The same for the call that opens a conversation alone, or the one for a single member. */
  behaveFor(call: Call, manner: Manner | undefined): void;
  close(): Promise<void>;
}

/** Teams' side on loopback: takes posts and edits, remembers them, and misbehaves on request. */
export async function startConnector(): Promise<Connector> {
  const sent: Sent[] = [];
  const opened: Opened[] = [];
  const arrivals = new EventTarget();
  let manner: Manner | undefined;
  let members: readonly object[] | undefined;
  const manners = new Map<Call, Manner>();

  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    void read(request).then((body) => {
      if (request.method === "GET") {
        tellMembers(path, request, response);
      } else if (path === "/v3/conversations") {
        open(request, response, JSON.parse(body));
      } else {
        take(request, response, JSON.parse(body || "{}"));
      }
    });
  });

  function open(request: IncomingMessage, response: ServerResponse, body: Opened["body"]): void {
    opened.push({ ...authorizationOf(request), body });
    const created = { status: 201, body: { id: `a:personal-of-${body.members?.[0]?.id}` } };
    answer(request, response, manners.get("open") ?? manner ?? created);
  }

  function take(request: IncomingMessage, response: ServerResponse, body: Sent["body"]): void {
    const [, conversationId = "", activityId] =
      /\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?/.exec(request.url ?? "") ?? [];
    const answeredId = randomUUID();
    sent.push({
      method: request.method ?? "",
      conversationId: decodeURIComponent(conversationId),
      ...(activityId && { activityId }),
      ...authorizationOf(request),
      ...(!manner && { answeredId }),
      body,
    });
    arrivals.dispatchEvent(new Event("arrival"));
    answer(request, response, manner ?? { status: 201, body: { id: answeredId } });
  }

  function tellMembers(path: string, request: IncomingMessage, response: ServerResponse): void {
    if (path.includes("/pagedmembers")) {
      send(response, { status: 200, body: { members: members ?? [] } });
      return;
    }
    const body = memberOf(path.slice(path.lastIndexOf("/") + 1));
    const told = body
      ? { status: 200, body }
      : { status: 404, body: { error: { code: "MemberNotFoundInConversation" } } };
    answer(request, response, manners.get("member") ?? told);
  }

  function memberOf(id: string): object | undefined {
    return members
      ? members.find((member) => Object.values(member).includes(id))
      : { id: `29:${id}`, aadObjectId: id, tenantId: TENANT };
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    sent,
    opened,
    async waitFor(count) {
      while (sent.length < count) {
        await once(arrivals, "arrival");
      }
      return sent;
    },
    hasMembers(next) {
      members = next;
    },
    behaveFor(call, next) {
      if (next) {
        manners.set(call, next);
      } else {
        manners.delete(call);
      }
    },
    drain: () => sent.splice(0),
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

function answer(request: IncomingMessage, response: ServerResponse, manner: Manner): void {
  if (manner === "cut") {
    request.socket.destroy();
  } else if (manner === "half an answer") {
    response.writeHead(201, { "content-type": "application/json", "content-length": "40" });
    response.write('{"id":"7', () => request.socket.destroy());
  } else if (manner !== "hang") {
    send(response, manner);
  }
}

function authorizationOf({ headers }: IncomingMessage): { readonly authorization?: string } {
  return headers.authorization ? { authorization: headers.authorization } : {};
}

function send(
  response: ServerResponse,
  { status, body = {}, text = JSON.stringify(body), headers = {} }: Exclude<Manner, string>,
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(text);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
