import { parseRetryAfter } from "../kernel/retry-after.ts";
import type { Timings } from "../kernel/timings.ts";
import type { Answer } from "./exchange.ts";

/** How one try of a request ended. */
export type TryEnd =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** No answer, or not the whole of it; `code` as Node names the fault. */
  | { readonly kind: "fault"; readonly code: string | undefined; readonly cause: unknown }
  | { readonly kind: "deadline"; readonly cause: unknown };

export type RetryDecision =
  /** Milliseconds; `asked` when Graph named the time. */
  | { readonly kind: "retry"; readonly wait: number; readonly asked: boolean }
  /** Graph wants us to wait for longer than anybody waits here. */
  | { readonly kind: "throttled"; readonly until: Date }
  | { readonly kind: "give-up" };

export interface Situation {
  /** Tries made so far. */
  readonly tries: number;
  readonly now: Date;
  readonly timings: Pick<Timings, "retryBase" | "retryCap">;
  /** Between 0 and 1. */
  readonly random: () => number;
}

const MOST_RETRIES = 3;

/** learn.microsoft.com/graph/errors and /graph/best-practices-concept: only these are worth another try. */
const BUSY = new Set([429, 503, 504]);

/**
 * Faults that a new connection may not have. A name that does not resolve, a certificate that is not
 * trusted and a peer that does not speak HTTP stay as they are, so they are not among them.
 */
const CONNECTION_FAULTS = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
]);

/** What to do after a try. All our requests only read, so a repetition is harmless. */
export function decideRetry(end: TryEnd, { tries, now, timings, random }: Situation): RetryDecision {
  const asked = isBusy(end) ? parseRetryAfter(end.answer.header("retry-after"), now) : undefined;
  if (asked !== undefined && asked > timings.retryCap) {
    return { kind: "throttled", until: new Date(now.getTime() + asked) };
  }
  if (tries > retriesAfter(end)) {
    return { kind: "give-up" };
  }
  const backoff = timings.retryBase * 2 ** (tries - 1) * (0.5 + random() / 2);
  return asked === undefined
    ? { kind: "retry", wait: backoff, asked: false }
    : { kind: "retry", wait: Math.max(asked, backoff), asked: true };
}

function isBusy(end: TryEnd): end is Extract<TryEnd, { kind: "answer" }> {
  return end.kind === "answer" && BUSY.has(end.answer.status);
}

function retriesAfter(end: TryEnd): number {
  switch (end.kind) {
    case "answer":
      return isBusy(end) ? MOST_RETRIES : 0;
    case "fault":
      return end.code !== undefined && CONNECTION_FAULTS.has(end.code) ? MOST_RETRIES : 0;
    case "deadline":
      // A lost packet heals with one new connection; a second silence is an outage, and more tries
      // would keep a person waiting for minutes to hear of it.
      return 1;
  }
}
