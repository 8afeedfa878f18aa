import type { ProblemCode } from "../../kernel/problem.ts";
import type { CollectionName } from "../../ports/collections.ts";
import type { ServiceChangeId } from "../service-changes.ts";

/** Texts of the reports over time (`trend`, `compare`), of `health`, and of what Microsoft announced. */
export interface HistoryWords {
  readonly titles: Readonly<
    Record<"usage" | "method" | "registration" | "helpdesk" | "compare" | "health", string>
  >;
  /** Each within a sentence, without its full stop. */
  readonly changes: Readonly<Record<ServiceChangeId, string>>;
  readonly announced: AnnouncedWords;
  readonly news: Readonly<Record<"reset" | "registration", ChangeNewsWords>>;
  readonly otherNews: (label: string) => ChangeNewsWords;
  readonly rates: RateWords;
  readonly needsEvents: (reader: string) => string;
  readonly trend: TrendWords;
  readonly compare: CompareWords;
  readonly health: HealthWords;
  readonly shortened: string;
}

/** What was announced for a day, never as the cause of a figure; `source` comes from `message`. */
export interface AnnouncedWords {
  readonly since: (day: string, text: string, source: string) => string;
  readonly from: (day: string, text: string, source: string) => string;
  readonly first: (day: string, first: string) => string;
  /** Stands after a sentence; `message` is Microsoft's id, where it has one. */
  readonly message: (message: string | undefined) => string;
  /** Within the row of its week, for a change without a message id. */
  readonly mark: string;
}

/** `now` and `before` come from `rates.of`; `than` says when `before` was. */
export interface ChangeNewsWords {
  readonly more: (now: string, before: string, than: string) => string;
  readonly less: (now: string, before: string, than: string) => string;
  readonly same: (now: string, before: string, than: string) => string;
  readonly alone: (now: string) => string;
  readonly few: (successes: string, tries: string, one: boolean) => string;
  readonly none: string;
}

export interface RateWords {
  readonly of: (percent: string, tries: string) => string;
  /** The same in a cell. */
  readonly cell: (percent: string, tries: string) => string;
  readonly few: (successes: string, tries: string) => string;
  readonly none: string;
}

export interface TrendWords {
  readonly subtitle: (weeks: number, range: string, zone: string) => string;
  readonly week: (number: number, day: string) => string;
  readonly marked: (week: string, mark: string) => string;
  readonly columns: Readonly<Record<"week" | "ok" | "failed" | "rate", string>>;
  readonly axis: string;
  /** A line of one method. */
  readonly methodLine: (method: string, line: string) => string;
  readonly charts: Readonly<Record<"usage" | "registration", string>>;
  readonly methodChart: (method: string) => string;
  readonly thanFirst: (week: number) => string;
  readonly oneWeek: (week: number) => string;
  readonly noWeek: string;
  readonly noWeekWhy: (since: string) => string;
  /** Nothing of the weeks that were asked for is whole. */
  readonly lastGap: string;
  readonly beforeFew: (week: number) => string;
  readonly fewerWeeks: (asked: number, since: string) => string;
  readonly gaps: {
    readonly begins: (weeks: readonly number[], at: string) => string;
    readonly ends: (weeks: readonly number[], at: string) => string;
    readonly unsure: (weeks: readonly number[]) => string;
    readonly uncounted: (weeks: readonly number[]) => string;
  };
  readonly noTries: (weeks: readonly number[]) => string;
  readonly noTriesWith: (method: string, weeks: readonly number[]) => string;
  readonly mayGrow: (week: number) => string;
  readonly earlier: (weeks: number) => string;
  readonly gapCell: string;
  readonly methodsMore: (count: number) => string;
  readonly methodClear: (
    method: string,
    direction: "more" | "less",
    now: string,
    before: string,
    than: string,
  ) => string;
  readonly noMethodChange: (than: string) => string;
  readonly methodCells: string;
  readonly registration: RegistrationTrendWords;
}

export interface RegistrationTrendWords {
  readonly columns: Readonly<Record<"capable" | "mfa" | "phone", string>>;
  readonly headline: (capable: string, whole: string, percent: string | undefined, change: string) => string;
  readonly people: (count: string, change: string) => string;
  /** Each begins with a comma, or is empty. */
  readonly change: {
    readonly up: (by: string, week: number) => string;
    readonly down: (by: string, week: number) => string;
    readonly same: (week: number) => string;
    readonly first: string;
  };
  readonly cell: (count: string, percent: string) => string;
  readonly running: (week: number, at: string) => string;
  readonly keptSince: (day: string) => string;
  readonly others: (days: string, one: boolean) => string;
  readonly shares: string;
  readonly last: string;
}

export interface CompareWords {
  readonly subtitle: (range: string, before: string) => string;
  readonly columns: Readonly<Record<"method" | "now" | "before" | "change", string>>;
  readonly all: string;
  readonly changes: Readonly<Record<"more" | "less" | "same", string>>;
  /** Within a sentence: "in the 7 days before". */
  readonly before: Readonly<Record<"D1" | "D7" | "D30", string>>;
  readonly notStored: Readonly<Record<"D1" | "D7" | "D30", (since: string) => string>>;
  readonly nothingToCompare: Readonly<Record<"D1" | "D7" | "D30", (since: string) => string>>;
  readonly shorter: Readonly<Record<"D1" | "D7", (since: string) => string>>;
  readonly beforeFew: (before: string) => string;
  readonly cells: string;
  readonly noise: string;
}

export interface HealthWords {
  readonly headline: (tries: string | undefined, people: string | undefined) => string;
  readonly nothing: string;
  readonly subtitle: (at: string) => string;
  readonly names: Readonly<
    Record<
      | "graph"
      | "tries"
      | "people"
      | "history"
      | "gaps"
      | "kept"
      | "notRead"
      | "days"
      | "store"
      | "tenant"
      | "version"
      | "digest",
      string
    >
  >;
  readonly graph: (host: string, setting: string) => string;
  readonly reading: (reader: string, at: string, age: string, pages: string, rows: string) => string;
  readonly took: (reading: string, time: string) => string;
  readonly seconds: (count: string, one: boolean) => string;
  readonly never: string;
  readonly history: (from: string, to: string) => string;
  readonly noHistory: string;
  readonly gap: (from: string, to: string) => string;
  /** The newest gaps, and how many more there are. */
  readonly gaps: (gaps: readonly string[], more: number) => string;
  /** `kept` says which quarters of an hour. */
  readonly kept: (kept: string) => string;
  readonly notRead: (since: string, age: string) => string;
  readonly days: (since: string, days: string, one: boolean) => string;
  readonly collecting: CollectingWords;
  readonly stores: Readonly<Record<"embedded" | "server", (schema: string) => string>>;
  readonly noDigest: string;
  readonly digestPaused: string;
  readonly fromStore: string;
  readonly whole: string;
}

/** How numbers come in. */
export interface CollectingWords {
  readonly names: Readonly<Record<"schedule" | "running" | "access" | "problem", string>>;
  readonly reports: Readonly<Record<CollectionName, string>>;
  readonly every: (time: string, next: string | undefined) => string;
  readonly hours: (count: string, one: boolean) => string;
  readonly minutes: (count: string, one: boolean) => string;
  readonly off: string;
  readonly running: (report: string, since: string, pages: string, rows: string) => string;
  /** Of reports of which the same was seen; `at` is when, for the one that was asked least lately. */
  readonly access: (reports: readonly string[], seen: string, at: string) => string;
  readonly allowed: string;
  /** `permission` is empty where Graph named none. */
  readonly refusals: (code: ProblemCode, permission: string) => string;
  readonly notSeen: string;
  readonly problem: (report: string, code: string, at: string) => string;
  readonly noProblem: string;
}
