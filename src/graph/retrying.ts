import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { AppError } from "../kernel/problem.ts";
import type { Answer, Endpoint } from "./exchange.ts";
import { problemOf } from "./problems.ts";
import { decideRetry, type Situation, type TryEnd } from "./retry.ts";

export interface Retrying extends Pick<Situation, "timings" | "random"> {
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
  /** Graph named a time before which it wants no request. */
  readonly onAsked: (until: Date) => Promise<void>;
}

/**
 * The only place that repeats a request, each time after the pause that `decideRetry` finds.
 * Resolves with an answer of any status that is not worth another try; rejects with GRAPH-UNREACHABLE
 * when none came, and with GRAPH-THROTTLED at once when Graph asks for a pause beyond `retryCap`.
 */
export async function withRetries(
  oneTry: (tries: number) => Promise<TryEnd>,
  retrying: Retrying,
): Promise<Answer> {
  const { clock, endpoint, log, onAsked, signal } = retrying;
  for (let tries = 1; ; tries += 1) {
    const end = await oneTry(tries);
    const now = clock.now();
    const decision = decideRetry(end, { ...retrying, tries, now });
    if (decision.kind === "throttled") {
      await onAsked(decision.until);
      throw new AppError("GRAPH-THROTTLED", {
        ...(end.kind === "answer" && problemOf(end.answer, endpoint, now).facts),
        retryAt: decision.until,
      });
    }
    if (decision.kind === "give-up") {
      return settled(end, endpoint);
    }
    log.warn(
      { endpoint: endpoint.name, tries, wait: decision.wait, ...briefly(end) },
      "Graph is asked again",
    );
    if (decision.asked) {
      await onAsked(new Date(now.getTime() + decision.wait));
    }
    await clock.sleep(decision.wait, signal);
  }
}

function settled(end: TryEnd, endpoint: Endpoint): Answer {
  if (end.kind === "answer") {
    return end.answer;
  }
  const why =
    end.kind === "deadline" ? "did not answer in time" : `could not be reached (${end.code ?? "no code"})`;
  throw new AppError("GRAPH-UNREACHABLE", { detail: `Microsoft Graph ${why}: ${endpoint.name}.` }, end.cause);
}

function briefly(end: TryEnd): object {
  switch (end.kind) {
    case "answer":
      return { status: end.answer.status };
    case "fault":
      return { fault: end.code };
    case "deadline":
      return { fault: "deadline" };
  }
}
