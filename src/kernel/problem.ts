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
  "GRAPH-RETIRED",
  "GRAPH-THROTTLED",
  "GRAPH-UNREACHABLE",
  "GRAPH-ANSWER",
  "GRAPH-PAGING",
  "GRAPH-REFUSED",
  "ACCESS-DENIED",
  "ACCESS-UNDECIDED",
  "STORE-UNAVAILABLE",
  "INTERNAL",
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

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
