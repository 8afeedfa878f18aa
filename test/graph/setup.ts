import { inspect } from "node:util";
import type { TokenCredential } from "@azure/identity";
import { expect } from "vitest";
import type { Endpoint } from "../../src/graph/exchange.ts";
import { createGraphClient, type GraphClient, type GraphClientParts } from "../../src/graph/graph-client.ts";
import { createQuota } from "../../src/graph/quota.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import type { Log } from "../../src/kernel/log.ts";
import { AppError, type ProblemCode } from "../../src/kernel/problem.ts";
import { TIMINGS } from "../../src/kernel/timings.ts";
import type { ReadOptions, ReadProgress } from "../../src/ports/usage.ts";

/** The documentation's example event lies half an hour before. */
export const NOW = new Date("2025-07-16T16:49:18.000Z");

/** What a leak would look like: it stands in tokens and answers, and must not stand anywhere else. */
export const CANARY = "canary-7f3a";

export const REPORT: Endpoint = { name: "report", permission: "AuditLog.Read.All", bucket: "reports" };
export const REPORT_PATH = "/beta/reports/report";

/** Time moves only by sleeping, and sleeping takes none. */
export function testClock(start: Date = NOW): Clock & { readonly slept: readonly number[] } {
  let now = start.getTime();
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** Keeps everything that was logged as text. */
export function recordingLog(): Log & { readonly text: () => string } {
  const lines: string[] = [];
  const write = (facts: object, message: string) => {
    lines.push(`${message} ${JSON.stringify(facts)}`);
  };
  const log = { debug: write, info: write, warn: write, error: write, child: () => log };
  return { ...log, text: () => lines.join("\n") };
}

/** Real rules at another pace; the quota has no window that a test of something else would have to wait for. */
export const QUICK = { ...TIMINGS, quotaWindow: 0, graphDeadline: 2_000 };

export function clientOf(baseUrl: string, parts: Partial<GraphClientParts> = {}): GraphClient {
  const clock = parts.clock ?? testClock();
  const timings = parts.timings ?? QUICK;
  return createGraphClient({
    baseUrl,
    credential: tokenCredential(`token-${CANARY}`),
    credentialKind: "secret",
    scope: "https://graph.microsoft.com/.default",
    quota: createQuota({ timings: { ...QUICK, ...timings }, clock }),
    timings,
    clock,
    random: () => 1,
    log: recordingLog(),
    ...parts,
  });
}

export function tokenCredential(token: string): TokenCredential {
  return { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
}

/** An unsigned token with these claims. */
export function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  return `${encode({ alg: "none" })}.${encode(claims)}.`;
}

export function readOptions(): ReadOptions & { readonly progress: readonly ReadProgress[] } {
  const progress: ReadProgress[] = [];
  return { signal: new AbortController().signal, onProgress: (step) => progress.push(step), progress };
}

/** The AppError that a promise rejects with, checked to carry no secret. */
export async function problemFrom(promise: Promise<unknown>, code?: ProblemCode): Promise<AppError> {
  const error = await promise.then(
    () => expect.unreachable("It should have been rejected."),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  if (!(error instanceof AppError)) {
    throw error;
  }
  expect(everythingIn(error)).not.toContain(CANARY);
  if (code !== undefined) {
    expect(error.code, everythingIn(error)).toBe(code);
  }
  return error;
}

/** All that a logger could print of an error and its causes. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) {
    return JSON.stringify(error) ?? "";
  }
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return `${own} ${JSON.stringify(error)} ${inspect(error, { depth: 10 })} ${everythingIn(error.cause)}`;
}

export function errorBody(code: string, requestId = "94fb3b52-452a-4535-a601-69e0a90e3aa2") {
  const innerError = { date: "2025-07-16T16:19:18", "request-id": requestId };
  return { error: { code, message: `Some words about ${CANARY}.`, innerError } };
}
