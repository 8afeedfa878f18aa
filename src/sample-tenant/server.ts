import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { answer, type Gate } from "./answer.ts";
import { createCompany } from "./company.ts";
import { createFaults, type FaultRule } from "./faults.ts";
import { errorBody, GraphError } from "./graph-error.ts";
import type { RequestRecord, SampleTenant, SampleTenantOptions, Switches } from "./options.ts";
import { createQuota } from "./quota.ts";
import { SIGN_IN_PAGE } from "./spoil.ts";
import { issueToken } from "./tokens.ts";
import {
  dialectOf,
  headerOf,
  jsonType,
  preferOf,
  type Reply,
  readBody,
  send,
  sendHalf,
} from "./transport.ts";
import { VIEWERS } from "./viewers.ts";
import { toJson } from "./wire.ts";

const HOST = "127.0.0.1";
const TENANT_ID = "c0a7050e-5a3b-4e57-9d0c-5a1e7e4a4701";
const QUOTA = 5;
const QUOTA_WINDOW = 10_000;
const PAGE_SIZE = 1_000;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * Starts a server on loopback that behaves as Microsoft Graph's documents say, for a made-up company: the reports on
 * authentication methods, legacy and current, `checkMemberObjects`, and the members of groups.
 * Rejects when the port is taken.
 */
export async function startSampleTenant(options: SampleTenantOptions = {}): Promise<SampleTenant> {
  const now = options.now ?? (() => new Date());
  const tenantId = options.tenantId ?? TENANT_ID;
  const tokenKey = randomBytes(32);
  const switches = initialSwitches(options);
  const faults = createFaults(options.faults ?? []);
  const company = createCompany(options, switches, now());
  const quota = createQuota(options.quota ?? QUOTA, options.quotaWindow ?? QUOTA_WINDOW);
  const requests: RequestRecord[] = [];
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    // Only a stopping server or a client that has gone gets there; nobody is left to answer.
    serve(request, response).catch(() => response.destroy());
  });
  const url = `http://${HOST}:${await listen(server, options.port ?? 0)}`;

  return {
    url,
    tenantId,
    viewers: VIEWERS,
    faults,
    switches,
    requests,
    token: (kind, choice = {}) => issueToken(kind, { tenantId, ...choice }, tokenKey, now().getTime()),
    close: () => stop(server, stopping),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const record = recordOf(request, now());
    requests.push(record);
    const fault = faults.take(record.path);
    const body = await readBody(request);
    const delay = switches.delay + (fault?.kind === "slow" ? (fault.milliseconds ?? 0) : 0);
    if (delay > 0) await pause(delay, undefined, { signal: stopping.signal });
    if (fault?.kind === "hang") return;
    if (fault?.kind === "cut-before-headers") {
      request.socket.destroy();
      return;
    }
    const reply = replyTo(request, body, fault, gate());
    record.status = reply.status;
    if (fault?.kind === "cut-in-body") sendHalf(response, reply);
    else send(response, reply);
  }

  function gate(): Gate {
    return {
      origin: url,
      tenantId,
      tokenKey,
      switches,
      quota,
      now: now().getTime(),
      pageSize: options.pageSize ?? PAGE_SIZE,
      company: company(),
    };
  }
}

function initialSwitches(options: SampleTenantOptions): Switches {
  return {
    legacy: options.legacy ?? "data",
    retryAfter: options.retryAfter ?? "seconds",
    throttledCode: options.throttledCode ?? "UnknownError",
    licensed: options.licensed ?? true,
    int64AsText: options.int64AsText ?? false,
    delay: options.delay ?? 0,
    script: options.script ?? {},
  };
}

function recordOf(request: IncomingMessage, at: Date): Writable<RequestRecord> {
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    status: 0,
    at,
    clientRequestId: headerOf(request, "client-request-id"),
    prefer: preferOf(request),
  };
}

function replyTo(request: IncomingMessage, body: unknown, fault: FaultRule | undefined, gate: Gate): Reply {
  const dialect = dialectOf(request, gate.switches.int64AsText);
  const requestId = randomUUID();
  const clientRequestId = headerOf(request, "client-request-id") ?? requestId;
  const at = new Date(gate.now);
  const headers = {
    Date: at.toUTCString(),
    "request-id": requestId,
    "client-request-id": clientRequestId,
    "Content-Type": jsonType(dialect),
  };
  const { method = "", url: address = "" } = request;
  const { authorization } = request.headers;
  try {
    const success = answer({ method, address, authorization, body, fault }, gate);
    if (fault?.kind !== "not-json") return { status: 200, headers, text: toJson(success, dialect) };
    return { status: 200, headers: { ...headers, "Content-Type": "text/html" }, text: SIGN_IN_PAGE };
  } catch (cause) {
    const error =
      cause instanceof GraphError ? cause : new GraphError(500, "generalException", String(cause));
    const text = JSON.stringify(errorBody(error, { requestId, clientRequestId }, at));
    return { status: error.status, headers: { ...headers, ...error.headers }, text };
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function stop(server: Server, stopping: AbortController): Promise<void> {
  stopping.abort();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
