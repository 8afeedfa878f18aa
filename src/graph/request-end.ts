import type { GraphRequestEnd } from "../kernel/metrics.ts";
import type { Endpoint } from "./exchange.ts";
import { problemOf } from "./problems.ts";
import type { TryEnd } from "./retry.ts";

/** How one request is counted: by what is known of it without its parameters, body or tenant. */
export function requestEndOf(end: TryEnd, endpoint: Endpoint, now: Date): GraphRequestEnd {
  if (end.kind !== "answer") {
    return { endpoint: endpoint.name, status: "none", outcome: "GRAPH-UNREACHABLE" };
  }
  const { status } = end.answer;
  const isOk = status >= 200 && status <= 299;
  return {
    endpoint: endpoint.name,
    status: classOf(status),
    outcome: isOk ? "ok" : problemOf(end.answer, endpoint, now).code,
  };
}

function classOf(status: number): GraphRequestEnd["status"] {
  if (status < 300) {
    return "2xx";
  }
  if (status < 400) {
    return "3xx";
  }
  return status < 500 ? "4xx" : "5xx";
}
