/**
 * What can go wrong, as codes. A code is what the administrator sees on the card, what the log line
 * carries and what the documentation explains, so it never changes its meaning.
 */
export const PROBLEM_CODES = [
  "GRAPH-SIGN-IN",
  "GRAPH-PERMISSION",
  "GRAPH-ROLE",
  "GRAPH-LICENCE",
  "GRAPH-NOT-COLLECTED",
  "GRAPH-SUSPICIOUS",
  "GRAPH-RETIRED",
  "GRAPH-THROTTLED",
  "GRAPH-UNREACHABLE",
  "GRAPH-ANSWER",
  "GRAPH-PAGING",
  "GRAPH-REFUSED",
  "GRAPH-GROUP",
  "ACCESS-DENIED",
  "ACCESS-UNDECIDED",
  "EXPORT-TOO-LARGE",
  "TEAMS-ROSTER",
  "STORE-UNAVAILABLE",
  "INTERNAL",
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/**
 * How a sign-in fails, where that is known: a copied token has come to its end or was refused; Graph refused a
 * token that the sign-in service gave; a new sign-in is asked for (Conditional Access, a revoked session);
 * no tool on this machine has somebody signed in; a client secret is not the app's, or has expired.
 */
export const SIGN_IN_FAULTS = [
  "ready-token",
  "token-refused",
  "challenge",
  "nobody",
  "secret-wrong",
  "secret-expired",
] as const;

export type SignInFault = (typeof SIGN_IN_FAULTS)[number];

/** Reports that an administrator does not switch on, as resets are by opening their audit logs. */
export const READY_REPORTS = ["registrations", "sign-ins"] as const;
export type ReadyReport = (typeof READY_REPORTS)[number];

/** What is known about a problem. Never a token, a response body or the name of a reported person. */
export interface ProblemFacts {
  /** The Graph permission that is missing, for example `AuditLog.Read.All`. */
  readonly permission?: string;
  /** When a new try makes sense. */
  readonly retryAt?: Date;
  /** HTTP status that Graph answered. */
  readonly status?: number;
  /** `error.code` of Graph's answer. */
  readonly graphCode?: string;
  /** Graph's own `request-id`, for Microsoft's support. */
  readonly requestId?: string;
  /** Why there is no sign-in; absent where that is not known. */
  readonly signIn?: SignInFault;
  /** Error number of the sign-in service, for example `AADSTS7000222`. */
  readonly aadsts?: string;
  /** What has no rows; absent where it is tries or resets. */
  readonly report?: ReadyReport;
  /** It was Teams that did not say, not Graph. */
  readonly teams?: true;
  /** One technical sentence for the log and the terminal, without personal data. */
  readonly detail?: string;
}

/** A fault of the world or of the product; it is thrown and meets one sink per turn or run. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;

  constructor(code: ProblemCode, facts: ProblemFacts = {}, cause?: unknown) {
    super(facts.detail ?? code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
  }
}

/** Every thrown thing as an AppError; what nobody foresaw is `INTERNAL`, with the original as its cause. */
export function asAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError("INTERNAL", {}, thrown);
}

/** A problem of Microsoft Graph or of what it allows, not of the store and not of the product. */
export function isGraphProblem(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.code.startsWith("GRAPH-");
}
