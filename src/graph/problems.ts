import { AppError, type ProblemCode, type ProblemFacts } from "../kernel/problem.ts";
import { parseRetryAfter } from "../kernel/retry-after.ts";
import type { Answer, Endpoint } from "./exchange.ts";

/** What a 403 means. Source: the issue threads collected under each code in Microsoft's documentation repositories. */
const FORBIDDEN: Readonly<Record<string, ProblemCode>> = {
  Authentication_RequestFromNonPremiumTenantOrB2CTenant: "GRAPH-LICENCE",
  Authentication_RequestFromUnsupportedUserRole: "GRAPH-ROLE",
  Authentication_MSGraphPermissionMissing: "GRAPH-PERMISSION",
  Authentication_ApplicationHasNoDirectoryReadAccess: "GRAPH-PERMISSION",
  Authentication_ApplicationHasNoReadAuditLogDataAccess: "GRAPH-PERMISSION",
  Authorization_RequestDenied: "GRAPH-PERMISSION",
  // Conditional Access wants a new sign-in (learn.microsoft.com/graph/resolve-auth-errors).
  insufficient_claims: "GRAPH-SIGN-IN",
};

/** Codes that miss another permission than the one the endpoint documents. */
const OTHER_PERMISSION: Readonly<Record<string, string>> = {
  Authentication_ApplicationHasNoDirectoryReadAccess: "Directory.Read.All",
};

/**
 * An answer that is no success as a problem. The decision rests on the status and the error codes
 * alone, as learn.microsoft.com/graph/errors asks: messages change.
 */
export function problemOf(answer: Answer, endpoint: Endpoint, now: Date): AppError {
  const error = errorOf(answer.body);
  const known = error.codes.findLast((code) => Object.hasOwn(FORBIDDEN, code));
  const code = codeOf(answer, known, endpoint);
  const facts: ProblemFacts = {
    status: answer.status,
    ...optional("graphCode", identifier(known ?? error.codes[0])),
    ...optional("requestId", identifier(answer.header("request-id") ?? error.requestId)),
    ...optional("retryAt", retryAtOf(answer, now)),
    ...(code === "GRAPH-PERMISSION" && { permission: OTHER_PERMISSION[known ?? ""] ?? endpoint.permission }),
    ...(code === "GRAPH-SIGN-IN" && { signIn: isChallenge(answer, known) ? "challenge" : "token-refused" }),
    ...(code === "GRAPH-RETIRED" && { permission: "AuditLog.Read.All" }),
    detail: `Microsoft Graph answered ${answer.status} to ${endpoint.name}.`,
  };
  return new AppError(code, facts);
}

function codeOf(answer: Answer, known: string | undefined, endpoint: Endpoint): ProblemCode {
  const { status } = answer;
  switch (status) {
    case 401:
      return "GRAPH-SIGN-IN";
    case 403:
      if (isChallenge(answer, known)) {
        return "GRAPH-SIGN-IN";
      }
      return (known !== undefined && FORBIDDEN[known]) || "GRAPH-REFUSED";
    // Graph knows no such segment any more: our own requests for it are as documented.
    case 400:
    case 404:
    case 410:
      return endpoint.retired ? "GRAPH-RETIRED" : "GRAPH-REFUSED";
    case 429:
      return "GRAPH-THROTTLED";
    default:
      return status >= 500 ? "GRAPH-UNREACHABLE" : "GRAPH-REFUSED";
  }
}

/** A new sign-in is asked for (learn.microsoft.com/entra/identity-platform/claims-challenge). */
function isChallenge({ header }: Answer, known: string | undefined): boolean {
  const challenge = header("www-authenticate") ?? "";
  return known === "insufficient_claims" || challenge.includes("insufficient_claims");
}

function retryAtOf(answer: Answer, now: Date): Date | undefined {
  const wait = parseRetryAfter(answer.header("retry-after"), now);
  return wait === undefined ? undefined : new Date(now.getTime() + wait);
}

interface GraphError {
  /** From the outermost to the innermost: the inner ones are the more exact. */
  readonly codes: readonly string[];
  readonly requestId: unknown;
}

/** Reads Graph's error object; the documentation spells both `innerError` and `innererror`. */
function errorOf(body: string): GraphError {
  const codes: string[] = [];
  let requestId: unknown;
  let error = member(parseOrUndefined(body), "error");
  for (let depth = 0; depth < 10 && error !== undefined; depth += 1) {
    const code = member(error, "code");
    if (typeof code === "string") {
      codes.push(code);
    }
    requestId ??= member(error, "request-id");
    error = member(error, "innerError") ?? member(error, "innererror");
  }
  return { codes, requestId };
}

/** Problems of a proxy on the way come as HTML: then the status has to tell. */
function parseOrUndefined(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Only what looks like a code or an id reaches cards and logs; anything else could be anybody's data. */
function identifier(text: unknown): string | undefined {
  return typeof text === "string" && /^[\w.-]{1,100}$/.test(text) ? text : undefined;
}

function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: V });
}
