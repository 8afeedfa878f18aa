import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
  type HttpClient,
  isRestError,
  type Pipeline,
  type PipelinePolicy,
  type PipelineRequest,
  proxyPolicy,
  setClientRequestIdPolicy,
  userAgentPolicy,
} from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import { type Clock, since } from "../kernel/clock.ts";
import { correlationId } from "../kernel/correlation.ts";
import type { Log } from "../kernel/log.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { AppError } from "../kernel/problem.ts";
import type { Timings } from "../kernel/timings.ts";
import { VERSION } from "../kernel/version.ts";
import type { CredentialSettings } from "./credential.ts";
import type { Endpoint } from "./exchange.ts";
import { problemOf } from "./problems.ts";
import type { Lane, Quota } from "./quota.ts";
import { requestEndOf } from "./request-end.ts";
import type { TryEnd } from "./retry.ts";
import { withRetries } from "./retrying.ts";
import { reportingSignIn } from "./sign-in.ts";
import {
  bearerPolicy,
  bodyPolicy,
  deadlinePolicy,
  gatePolicy,
  graphHeadersPolicy,
  isLoopbackHttp,
} from "./transport.ts";
import { DeadlineError, unlessAborted } from "./within.ts";

export interface GraphClientParts {
  /** Where Graph answers: https, or http on loopback. */
  readonly baseUrl: string;
  readonly credential: TokenCredential;
  /** How it signs in, for the remedy when Graph refuses its token. */
  readonly credentialKind: CredentialSettings["kind"];
  /** The token's scope, for example `https://graph.microsoft.com/.default`. */
  readonly scope: string;
  /** One for everything that asks for the same tenant. */
  readonly quota: Quota;
  readonly timings: Pick<Timings, "graphDeadline" | "retryBase" | "retryCap">;
  readonly clock: Clock;
  /** Between 0 and 1; spreads the pauses between tries. */
  readonly random: () => number;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "graphRequest" | "quotaWait">;
  readonly httpClient?: HttpClient;
}

export interface GraphCall {
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  /** Whose share of the quota; a collection's unless said otherwise. */
  readonly lane?: Lane;
  /** Graph asked for a pause that this call sits out. */
  readonly onWait?: (until: Date) => void;
}

/**
 * Reads JSON from Graph. Everything that is no success rejects with an AppError that carries no token,
 * body or address; an aborted call rejects with its signal's reason.
 */
export interface GraphClient {
  readonly baseUrl: string;
  /** @param url a path like `/beta/reports/…`, or a whole link that Graph gave. */
  getJson(url: string, call: GraphCall): Promise<unknown>;
  postJson(url: string, body: object, call: GraphCall): Promise<unknown>;
  /** The access token in use, to see whose rights it carries. */
  token(signal: AbortSignal): Promise<string>;
}

/**
 * A client on a pipeline that holds nothing but what stands here: the SDK's default one adds its own
 * retries, follows redirects, logs requests, and asks for compression, under which a cut in the middle
 * of a body is never noticed.
 */
export function createGraphClient(parts: GraphClientParts): GraphClient {
  const { clock, log, metrics, quota, random, scope, timings } = parts;
  const baseUrl = new URL(parts.baseUrl);
  const local = isLoopbackHttp(baseUrl);
  if (baseUrl.protocol !== "https:" && !local) {
    throw new AppError("INTERNAL", { detail: "The address of Graph has to begin with https." });
  }
  const signIn = reportingSignIn(parts.credential, timings.graphDeadline);
  const httpClient = parts.httpClient ?? createDefaultHttpClient();
  const outer = pipelineOf([
    userAgentPolicy({ userAgentPrefix: `AuthPulse/${VERSION}` }),
    setClientRequestIdPolicy("client-request-id"),
    graphHeadersPolicy,
    ...(local ? [] : [proxyPolicy()]),
    bearerPolicy(local, signIn, scope),
  ]);

  async function send(request: PipelineRequest, call: GraphCall): Promise<unknown> {
    const { endpoint, lane = "collection", onWait = () => undefined, signal } = call;
    const counted = endpoint.bucket === "reports";
    const gate = gatePolicy(async () => {
      if (counted) {
        const began = clock.now();
        await quota.enter(lane, signal, onWait);
        metrics?.quotaWait(lane, since(began, clock));
      }
    });
    const pipeline = pipelineOf([gate, deadlinePolicy(timings.graphDeadline, signal), bodyPolicy], outer);
    const started = clock.now().getTime();

    const answer = await withRetries(
      (tries) => counting(oneTry(pipeline, httpClient, request, tries), endpoint),
      {
        endpoint,
        signal,
        timings,
        clock,
        random,
        log,
        async onAsked(until) {
          onWait(until);
          if (counted) {
            await quota.pause(until);
          }
        },
      },
    );

    const facts = { endpoint: endpoint.name, status: answer.status, requestId: answer.header("request-id") };
    log.debug({ ...facts, milliseconds: clock.now().getTime() - started }, "Graph answered");
    if (answer.status < 200 || answer.status > 299) {
      throw ofReadyToken(problemOf(answer, endpoint, clock.now()), parts.credentialKind);
    }
    return parseJson(answer.body);
  }

  async function counting(tried: Promise<TryEnd>, endpoint: Endpoint): Promise<TryEnd> {
    const end = await tried;
    metrics?.graphRequest(requestEndOf(end, endpoint, clock.now()));
    return end;
  }

  function requestFor(url: string): PipelineRequest {
    const whole = url.startsWith("/") ? `${parts.baseUrl.replace(/\/+$/, "")}${url}` : url;
    const requestId = correlationId();
    return createPipelineRequest({
      url: whole,
      allowInsecureConnection: local,
      ...(requestId !== undefined && { requestId }),
    });
  }

  return {
    baseUrl: parts.baseUrl,
    getJson(url, call) {
      return unlessAborted(send(requestFor(url), call), call.signal);
    },
    postJson(url, body, call) {
      const request = requestFor(url);
      request.method = "POST";
      request.headers.set("Content-Type", "application/json");
      request.body = JSON.stringify(body);
      return unlessAborted(send(request, call), call.signal);
    },
    async token(signal) {
      return (await unlessAborted(signIn.getToken(scope), signal)).token;
    },
  };
}

/** Policies without a phase run in the order in which they were added, the first outermost. */
function pipelineOf(policies: readonly PipelinePolicy[], outer?: Pipeline): Pipeline {
  const pipeline = outer?.clone() ?? createEmptyPipeline();
  for (const policy of policies) {
    pipeline.addPolicy(policy);
  }
  return pipeline;
}

async function oneTry(
  pipeline: Pipeline,
  httpClient: HttpClient,
  request: PipelineRequest,
  tries: number,
): Promise<TryEnd> {
  if (tries > 1 && !request.agent) {
    // A busy server asks for a new connection, and an old one may be the fault. The SDK's
    // `disableKeepAlive` does not give one: Node's global agent keeps connections since Node 19.
    // An agent stands here only behind a proxy.
    request.requestOverrides = { agent: false };
  }
  try {
    const { status, headers, bodyAsText } = await pipeline.sendRequest(httpClient, request);
    return {
      kind: "answer",
      answer: { status, header: (name) => headers.get(name), body: bodyAsText ?? "" },
    };
  } catch (error) {
    if (error instanceof DeadlineError) {
      return { kind: "deadline", cause: error };
    }
    if (isRestError(error)) {
      return { kind: "fault", code: error.code, cause: error };
    }
    throw error;
  }
}

/** Nobody renews a token that was copied into the settings: it has to be replaced. */
function ofReadyToken(problem: AppError, kind: CredentialSettings["kind"]): AppError {
  return kind === "token" && problem.facts.signIn === "token-refused"
    ? new AppError(problem.code, { ...problem.facts, signIn: "ready-token" })
    : problem;
}

/** The parser's own message quotes the text, so it is not kept. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("GRAPH-ANSWER", { detail: "The answer of Microsoft Graph is not JSON." });
  }
}
