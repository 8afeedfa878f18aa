import { AppError } from "../kernel/problem.ts";
import { parseRetryAfter } from "../kernel/retry-after.ts";
import type { PostOutcome } from "../ports/messenger.ts";
import { NotSentError } from "./not-sent-error.ts";

/**
 * Errors that come before anything has left, also on the way to a proxy: no such name, nobody listens, no trust in the
 * certificate.
 */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.*|.*CERT.*|UNABLE_TO_.*)$/;

/** Codes of Microsoft's table, such as "Bad Argument". Anything else may hold what nobody has looked at. */
const CODE = /^[A-Za-z][\w .-]{0,59}$/;

/**
 * Where the bot was blocked or uninstalled, the answer has no code of its own: its `message` is JSON in a text, with a
 * `subCode` (learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages).
 */
const SUB_CODE = /"subCode\\?"\s*:\s*\\?"(\w{1,60})\\?"/;

/** The SDK's own, for a body that is not JSON. */
const NO_JSON = "PARSE_ERROR";

/** What is read of the SDK's error. */
interface SdkError {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly name?: unknown;
  readonly response?: {
    readonly bodyAsText?: unknown;
    readonly headers?: { get?(name: string): string | undefined };
  };
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
  const error = (thrown ?? {}) as SdkError;
  const { statusCode, code, name, response } = error;
  // Taken, as it seems, with an answer that nobody can read: a proxy on the way may have said so as well.
  if (typeof statusCode === "number" && !(statusCode >= 200 && statusCode < 300)) {
    const told = codeOf(error);
    const retryAfter = parseRetryAfter(response?.headers?.get?.("retry-after"), now);
    return {
      kind: "refused",
      status: statusCode,
      ...(told !== undefined && { code: told }),
      ...(retryAfter !== undefined && { retryAfter }),
    };
  }
  const reason = [code, name].find((text) => typeof text === "string" && /^\w{1,60}$/.test(text)) as
    | string
    | undefined;
  return thrown instanceof NotSentError || (reason && NOT_SENT.test(reason))
    ? { kind: "not-sent", reason: reason ?? "no connection" }
    : { kind: "unknown", reason: reason ?? "no answer" };
}

function codeOf({ code, response }: SdkError): string | undefined {
  const body = typeof response?.bodyAsText === "string" ? response.bodyAsText : "";
  return typeof code === "string" && code !== NO_JSON && CODE.test(code) ? code : SUB_CODE.exec(body)?.[1];
}
