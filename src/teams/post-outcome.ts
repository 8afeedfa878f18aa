import { AppError } from "../kernel/problem.ts";
import { parseRetryAfter } from "../kernel/retry-after.ts";
import type { PostOutcome } from "../ports/messenger.ts";

/** Errors that come before anything has left: no such name, nobody listens, no trust in the certificate. */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.*|CERT_.*|.*CERT.*|.*SELF_SIGNED.*)$/;

/** What is read of the SDK's error. */
interface SdkError {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly name?: unknown;
  readonly response?: { readonly headers?: { get?(name: string): string | undefined } };
}

/**
 * What an error of the SDK says about a POST. An answer with a status is a refusal, unless it is one of success.
 * Everything else that does not surely come before sending may have been posted: a reset or cut connection, a deadline,
 * half an answer.
 */
export function outcomeOf(thrown: unknown, now: Date): PostOutcome {
  if (thrown instanceof AppError) {
    // Ours come before the SDK sends: no token for the bot, or a service URL that it may not go to.
    return { kind: "not-sent", reason: thrown.code };
  }
  const { statusCode, code, name, response } = (thrown ?? {}) as SdkError;
  // Taken, as it seems, with an answer that nobody can read: a proxy on the way may have said so as well.
  if (typeof statusCode === "number" && !(statusCode >= 200 && statusCode < 300)) {
    const retryAfter = parseRetryAfter(response?.headers?.get?.("retry-after"), now);
    return {
      kind: "refused",
      status: statusCode,
      ...(typeof code === "string" && { code }),
      ...(retryAfter !== undefined && { retryAfter }),
    };
  }
  const reason = [code, name].find((text) => typeof text === "string" && /^\w{1,60}$/.test(text)) as
    | string
    | undefined;
  return reason && NOT_SENT.test(reason)
    ? { kind: "not-sent", reason }
    : { kind: "unknown", reason: reason ?? "no answer" };
}
