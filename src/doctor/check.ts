import { DeadlineError, within } from "../graph/within.ts";
import { AppError, asAppError, type ProblemCode } from "../kernel/problem.ts";
import type { ProblemDetails, Words } from "../reference/words/words.ts";
import type { Outcome, Row } from "./row.ts";

export interface Check {
  readonly id: string;
  /** What is looked at, before the colon. */
  readonly subject: string;
  /** What its silence means. */
  readonly late: ProblemCode;
  /** Rejects with an AppError for what a problem code says already. */
  readonly run: (signal: AbortSignal) => Promise<Outcome>;
}

/** Runs a check to its end or its deadline (milliseconds); what it throws is a row, too. */
export async function rowOf({ id, subject, late, run }: Check, deadline: number, words: Words): Promise<Row> {
  try {
    return { id, ...(await within(deadline, run)) };
  } catch (thrown) {
    const detail = `This check was ended after ${deadline / 1000} s.`;
    const fault = thrown instanceof DeadlineError ? new AppError(late, { detail }) : asAppError(thrown);
    return { id, ...outcomeOfFault(subject, fault, words) };
  }
}

/** A fault in the words of the problem cards; the remedy is for who sits at a terminal. */
export function outcomeOfFault(subject: string, { code, facts }: AppError, words: Words): Outcome {
  const details = detailsOf(facts);
  const remedy = words.doctor.remedies[code] ?? words.problems[code].todo;
  const said = words.problems[code].title(details);
  const detail = isTold(code) ? facts.detail : undefined;
  return {
    state: "problem",
    what: `${subject}: ${[said, details.answer && `(${details.answer})`].filter(Boolean).join(" ")}.${detail ? ` ${detail}` : ""}`,
    remedy: remedy(details),
    code,
    ...(facts.requestId !== undefined && { requestId: facts.requestId }),
  };
}

/** The details of these say what the words cannot: which file, which host, which statement. */
function isTold(code: ProblemCode): boolean {
  return ["STORE-UNAVAILABLE", "GRAPH-UNREACHABLE", "GRAPH-ANSWER", "GRAPH-PAGING", "INTERNAL"].includes(
    code,
  );
}

function detailsOf(facts: AppError["facts"]): ProblemDetails {
  const answer = [facts.status, facts.graphCode, facts.aadsts].filter((part) => part !== undefined).join(" ");
  return {
    permission: facts.permission ?? "AuditLog.Read.All",
    ...(facts.permission !== undefined && { missing: facts.permission }),
    ...(facts.signIn && { signIn: facts.signIn }),
    ...(facts.report && { report: facts.report }),
    ...(facts.retryAt && { retryAt: facts.retryAt.toISOString() }),
    ...(answer !== "" && { answer }),
  };
}
