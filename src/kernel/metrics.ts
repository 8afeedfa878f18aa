import type { ProblemCode } from "./problem.ts";

/** What may be told apart in a turn: never who, where or what. */
const TURN_KINDS = ["message", "invoke", "installationUpdate", "conversationUpdate"] as const;
export type TurnKind = (typeof TURN_KINDS)[number] | "other";

/**
 * How a turn ended: `late` told Teams that the answer takes longer, and goes on; `refused` was not from Teams, or of
 * another tenant. Where too much is asked at once, `busy` told the person, and `overflow` only Teams.
 */
export type TurnOutcome = "answered" | "late" | "failed" | "refused" | "busy" | "overflow";

/** One request to Graph, repeated ones included. */
export interface GraphRequestEnd {
  /** The endpoint's name, never its parameters. */
  readonly endpoint: string;
  /** The class of the answer's status; `none` where no answer came. */
  readonly status: "2xx" | "3xx" | "4xx" | "5xx" | "none";
  readonly outcome: "ok" | ProblemCode;
}

/**
 * Counts what happens, for whoever watches the bot. Labels have few values, all of them known beforehand. Durations
 * are milliseconds.
 */
export interface Metrics {
  turn(kind: TurnKind, outcome: TurnOutcome, took: number): void;
  /** How many turns are being answered now, and how many wait for that. */
  turnsNow(running: number, waiting: number): void;
  graphRequest(end: GraphRequestEnd): void;
  /** A request has waited so long for its share of Graph's quota. */
  quotaWait(lane: string, waited: number): void;
  collection(report: string, outcome: "complete" | "stopped" | ProblemCode, took: number): void;
  delivery(kind: string, state: string): void;
}

export function turnKindOf(type: string): TurnKind {
  return TURN_KINDS.find((kind) => kind === type) ?? "other";
}
