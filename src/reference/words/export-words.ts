import type { LeftOutRule } from "../../ports/people.ts";

/** Texts about a file with the numbers or the names of a report. Counts and sizes arrive as finished text. */
export interface ExportWords {
  /** `report` is the title of the report. */
  readonly title: (report: string) => string;
  readonly headline: (title: string, rows: string) => string;
  readonly rows: (count: string, one: boolean) => string;
  readonly size: (figure: string, unit: "bytes" | "KB" | "MB") => string;
  readonly subtitle: (name: string, size: string) => string;
  readonly cancel: string;
  readonly remove: string;
  readonly starting: string;
  readonly sofar: (rows: string) => string;
  readonly stay: string;
  /** `until` is a time with its zone. */
  readonly accept: (until: string) => string;
  /** Stands in Teams' own card, which asks whether the file may be saved. */
  readonly consent: (report: string, rows: string) => string;
  readonly empty: string;
  readonly figures: Readonly<Record<"counted" | "leftOut" | "listed", string>>;
  readonly tries: (successes: string, failures: string) => string;
  readonly noTries: string;
  readonly footer: (read: string) => string;
  readonly uploading: (sent: string, size: string) => string;
  readonly uploaded: (name: string) => string;
  readonly written: (name: string) => string;
  readonly cancelled: string;
  readonly declined: string;
  readonly refused: string;
  readonly stopped: string;
  readonly expired: string;
  readonly gone: string;
  readonly askAgain: string;
  readonly untrusted: string;
  /** `status` is the HTTP status of the answer. */
  readonly notTaken: (status: string) => string;
  readonly unreachable: string;
  readonly unconfirmed: string;
  readonly busy: Readonly<Record<"own" | "all", (most: string) => string>>;
  readonly notInThisCloud: string;
  readonly inTheTerminal: string;
  readonly which: string;
  readonly addCsv: string;
  /** Why somebody is left out, without a count. */
  readonly rules: Readonly<Record<LeftOutRule, string>>;
}
