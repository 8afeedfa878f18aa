import { noLicence, permissionMissing, requestDenied, unsupportedRole } from "./access.ts";
import type { FaultKind, FaultRule } from "./faults.ts";
import { badRequest, GraphError } from "./graph-error.ts";
import type { Switches } from "./options.ts";
import { expiredSkipToken } from "./skip-tokens.ts";
import { claimsChallenge, invalidToken } from "./tokens.ts";

/** How the server words what the pages leave open. */
type ThrottleStyle = Readonly<Pick<Switches, "retryAfter" | "throttledCode">>;

interface Circumstances {
  /** Unix milliseconds. */
  readonly now: number;
  /** The permission that the report would need. */
  readonly permission: string;
  readonly style: ThrottleStyle;
}

const OUTAGES: Partial<
  Readonly<Record<FaultKind, readonly [status: number, code: string, message: string]>>
> = {
  "server-error": [
    500,
    "InternalServerError",
    "There was an internal server error while processing the request.",
  ],
  "bad-gateway": [502, "BadGateway", "An upstream server answered with an error."],
  unavailable: [503, "ServiceUnavailable", "The service is temporarily unavailable. Please try again later."],
  "gateway-timeout": [504, "GatewayTimeout", "An upstream server did not answer in time."],
};

/** The error answer of a fault, or undefined where the fault is none of the error answers. */
export function errorOfFault(rule: FaultRule, around: Circumstances): GraphError | undefined {
  const outage = OUTAGES[rule.kind];
  if (outage) return new GraphError(...outage, retryAfter(rule.retryAfterSeconds, around));
  return refusalOf(rule, around);
}

function refusalOf(rule: FaultRule, around: Circumstances): GraphError | undefined {
  switch (rule.kind) {
    case "no-licence":
      return noLicence();
    case "unsupported-role":
      return unsupportedRole();
    case "permission-missing":
      return permissionMissing(around.permission);
    case "no-directory-read":
      return new GraphError(
        403,
        "Authentication_ApplicationHasNoDirectoryReadAccess",
        "Failed to do premium license check from ADGraph",
      );
    case "no-audit-log-read":
      return new GraphError(
        403,
        "Authentication_ApplicationHasNoReadAuditLogDataAccess",
        "Application missing MSGraph API 'Read all audit log data' permission",
      );
    case "request-denied":
      return requestDenied();
    case "roles-unknown":
      // Neither status nor code is documented for this message.
      return new GraphError(403, "UnknownError", "Failed to get user roles from Microsoft Graph");
    case "throttled":
      return throttled(rule.retryAfterSeconds ?? 10, around);
    case "expired-skip-token":
      return expiredSkipToken();
    case "bad-request":
      return badRequest("Invalid request.");
    case "expired-token":
      return invalidToken("Lifetime validation failed, the token is expired.");
    case "claims-challenge":
      return claimsChallenge(around.now);
    default:
      return undefined;
  }
}

export function throttled(seconds: number, around: Pick<Circumstances, "now" | "style">): GraphError {
  const code = around.style.throttledCode;
  const message =
    code === "UnknownError"
      ? "This request is throttled. Please try again after the value specified in the Retry-After header."
      : "Please retry again later.";
  return new GraphError(429, code, message, retryAfter(seconds, around));
}

function retryAfter(seconds: number | undefined, around: Pick<Circumstances, "now" | "style">) {
  if (seconds === undefined || around.style.retryAfter === "absent") return undefined;
  if (around.style.retryAfter === "seconds") return { "Retry-After": String(seconds) };
  // The date form has no fractions: round up, or the client would come too early.
  const at = Math.ceil(around.now / 1000) * 1000 + seconds * 1000;
  return { "Retry-After": new Date(at).toUTCString() };
}
