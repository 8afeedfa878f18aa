import { z } from "zod";
import { AppError, PROBLEM_CODES, type ProblemFacts, READY_REPORTS } from "../kernel/problem.ts";

/** The process that has a data directory open. */
export interface Holder {
  /** As that process sees itself; in a container that is another number than outside. */
  readonly pid: number;
  readonly startedAt: Date;
  readonly version: string;
}

/** Answers a call of another process of this user. What it throws reaches the caller as an AppError. */
export type CallHandler = (name: string, argument: unknown) => Promise<unknown>;

/** In bytes. A call is a question; an answer is a card and its text. */
export const LIMITS = { call: 64 * 1024, answer: 8 * 1024 * 1024 } as const;

const date = z.iso.datetime().transform((text) => new Date(text));

export const holderSchema: z.ZodType<Holder> = z.object({
  pid: z.int(),
  startedAt: date,
  version: z.string(),
});

export const callSchema = z.strictObject({ name: z.string().min(1), argument: z.unknown().optional() });

const problemSchema = z.object({
  code: z.string(),
  permission: z.string().exactOptional(),
  retryAt: date.exactOptional(),
  status: z.number().exactOptional(),
  graphCode: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  report: z.enum(READY_REPORTS).exactOptional(),
  detail: z.string().exactOptional(),
});

export const answerSchema = z.union([
  z.strictObject({ problem: problemSchema }),
  z.strictObject({ answer: z.unknown().optional() }),
]);

/** A fault as JSON. One that nobody foresaw says what it was: the reader is the same user at a terminal. */
export function toProblem(thrown: unknown): { readonly problem: { readonly code: string } & ProblemFacts } {
  return thrown instanceof AppError
    ? { problem: { code: thrown.code, ...thrown.facts } }
    : { problem: { code: "INTERNAL", detail: String(thrown) } };
}

/** The fault on the other side; a code of another version is kept in the detail. */
export function fromProblem({ code, ...facts }: z.infer<typeof problemSchema>): AppError {
  const known = PROBLEM_CODES.find((candidate) => candidate === code);
  return known
    ? new AppError(known, facts)
    : new AppError("INTERNAL", {
        ...facts,
        detail: `${code}: ${facts.detail ?? "a problem of another version"}`,
      });
}

/** The value of a JSON text; of any other text undefined, which no schema of a message accepts. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
