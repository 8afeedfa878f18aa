import type { ProblemCode, ProblemFacts } from "../../src/kernel/problem.ts";
import type { LoopbackAnswer } from "../support/loopback-graph.ts";
import { CANARY, errorBody, NOW } from "./setup.ts";

export interface Failure {
  readonly name: string;
  /** What the server answers, one after the other. */
  readonly answers: readonly LoopbackAnswer[];
  readonly code: ProblemCode;
  readonly facts?: ProblemFacts;
}

export const IN_A_MINUTE = new Date(NOW.getTime() + 60_000);
const IN_AN_HOUR = new Date(NOW.getTime() + 3_600_000);

export function refused(status: number, code: string): LoopbackAnswer {
  return { status, json: errorBody(code) };
}

export function throttled(retryAfter: string | undefined, status = 429): LoopbackAnswer {
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  return { status, headers, json: errorBody("UnknownError") };
}

function four(answer: LoopbackAnswer): readonly LoopbackAnswer[] {
  return [answer, answer, answer, answer];
}

/** The failures that mean the same for every reader. */
export const FAILURES: readonly Failure[] = [
  {
    name: "401",
    answers: [refused(401, "InvalidAuthenticationToken")],
    code: "GRAPH-SIGN-IN",
    facts: {
      status: 401,
      graphCode: "InvalidAuthenticationToken",
      requestId: "94fb3b52-452a-4535-a601-69e0a90e3aa2",
    },
  },
  {
    name: "403 without a licence",
    answers: [refused(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")],
    code: "GRAPH-LICENCE",
    facts: { status: 403, graphCode: "Authentication_RequestFromNonPremiumTenantOrB2CTenant" },
  },
  {
    name: "403 without a role",
    answers: [refused(403, "Authentication_RequestFromUnsupportedUserRole")],
    code: "GRAPH-ROLE",
  },
  {
    name: "403 without Directory.Read.All",
    answers: [refused(403, "Authentication_ApplicationHasNoDirectoryReadAccess")],
    code: "GRAPH-PERMISSION",
    facts: { permission: "Directory.Read.All" },
  },
  {
    name: "403 for conditional access",
    answers: [
      { status: 403, headers: { "www-authenticate": 'Bearer error="insufficient_claims"' }, text: "" },
    ],
    code: "GRAPH-SIGN-IN",
  },
  { name: "403 for a reason nobody knows", answers: [refused(403, "BlueMoon")], code: "GRAPH-REFUSED" },
  {
    name: "a redirection",
    answers: [{ status: 302, headers: { location: "/elsewhere" }, text: "" }],
    code: "GRAPH-REFUSED",
    facts: { status: 302 },
  },
  {
    name: "429 with seconds, again and again",
    answers: four(throttled("60")),
    code: "GRAPH-THROTTLED",
    facts: { status: 429, retryAt: new Date(NOW.getTime() + 4 * 60_000) },
  },
  {
    name: "429 with a date, again and again",
    answers: four(throttled(IN_A_MINUTE.toUTCString())),
    code: "GRAPH-THROTTLED",
  },
  {
    name: "429 without Retry-After, again and again",
    answers: four(throttled(undefined)),
    code: "GRAPH-THROTTLED",
  },
  {
    name: "429 beyond the cap",
    answers: [throttled("3600")],
    code: "GRAPH-THROTTLED",
    facts: { status: 429, retryAt: IN_AN_HOUR },
  },
  {
    name: "503 beyond the cap",
    answers: [throttled("3600", 503)],
    code: "GRAPH-THROTTLED",
    facts: { status: 503, retryAt: IN_AN_HOUR },
  },
  { name: "500", answers: [refused(500, "UnknownError")], code: "GRAPH-UNREACHABLE", facts: { status: 500 } },
  { name: "502", answers: [{ status: 502, text: `<p>${CANARY}</p>` }], code: "GRAPH-UNREACHABLE" },
  { name: "503, again and again", answers: four(throttled(undefined, 503)), code: "GRAPH-UNREACHABLE" },
  { name: "504, again and again", answers: four(throttled("1", 504)), code: "GRAPH-UNREACHABLE" },
  {
    name: "a cut before the headers, again and again",
    answers: four({ cut: "before-headers" }),
    code: "GRAPH-UNREACHABLE",
  },
  {
    name: "a cut in the body, again and again",
    answers: four({ cut: "mid-body" }),
    code: "GRAPH-UNREACHABLE",
  },
  { name: "no JSON", answers: [{ text: `<html>${CANARY}</html>` }], code: "GRAPH-ANSWER" },
  { name: "no body", answers: [{ status: 204, text: "" }], code: "GRAPH-ANSWER" },
  { name: "another shape", answers: [{ json: { value: { [CANARY]: CANARY } } }], code: "GRAPH-ANSWER" },
  { name: "an error inside a success", answers: [{ json: errorBody("UnknownError") }], code: "GRAPH-ANSWER" },
  { name: "a row of another shape", answers: [{ json: { value: [CANARY] } }], code: "GRAPH-ANSWER" },
];

/** Each takes as long as a deadline, and the client is the same for every reader. */
export const SILENCES: readonly Failure[] = [
  {
    name: "silence, twice",
    answers: [{ hang: "before-headers" }, { hang: "before-headers" }],
    code: "GRAPH-UNREACHABLE",
  },
  {
    name: "silence in the body, twice",
    answers: [{ hang: "mid-body" }, { hang: "mid-body" }],
    code: "GRAPH-UNREACHABLE",
  },
];
