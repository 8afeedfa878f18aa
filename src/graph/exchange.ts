import type { ReadyReport } from "../kernel/problem.ts";

/** One Graph API as far as its problems and its quota go. */
export interface Endpoint {
  /** For the log: the last part of the path, without parameters. */
  readonly name: string;
  /** The least privileged permission that its documentation names. */
  readonly permission: string;
  /** Whose throttling limit it counts against. */
  readonly bucket: "reports" | "directory";
  /** Microsoft has announced its end, so its absence has an explanation. */
  readonly retired?: true;
  /** What it reports on, where nobody has to switch that on. */
  readonly report?: ReadyReport;
}

/** An answer of Graph, of whatever status. */
export interface Answer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: string;
}
