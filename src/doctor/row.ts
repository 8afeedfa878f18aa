import type { ProblemCode } from "../kernel/problem.ts";

export type RowState = "ok" | "problem" | "skipped";

/** What became of one check. Holds no secret, no token and no name of a person. */
export interface Row {
  /** Stable, for scripts: `token`, `report.usage`, `excluded-group.1`. */
  readonly id: string;
  readonly state: RowState;
  /** One or two sentences. */
  readonly what: string;
  /** What an administrator does about it. */
  readonly remedy?: string;
  readonly code?: ProblemCode;
  /** Graph's own, for Microsoft's support. */
  readonly requestId?: string;
}

/** Some rows, before it is said which. */
export type Outcome = Omit<Row, "id">;

export function ok(what: string): Outcome {
  return { state: "ok", what };
}

export function problem(what: string, remedy: string): Outcome {
  return { state: "problem", what, remedy };
}

export function skipped(what: string, remedy?: string): Outcome {
  return { state: "skipped", what, ...(remedy !== undefined && { remedy }) };
}
