import type { Feature } from "../../language/question.ts";
import type { Period } from "../../ports/usage.ts";

export interface PeriodWords {
  readonly button: string;
  /** Stands before both ends: "Last 30 days". */
  readonly rolling: string;
  /** Within a sentence: "in the last 30 days". */
  readonly within: string;
}

export interface FeatureWords {
  readonly name: string;
  /** A row of the table by feature. */
  readonly row: string;
  readonly sentence: (percent: string, successes: string, tries: string) => string;
  /** Below 20 tries: counts only. */
  readonly few: (successes: string, tries: string, one: boolean) => string;
  readonly none: string;
  readonly worst: (method: string, failures: string, tries: string) => string;
  readonly chart: string;
}

export interface UsageWords {
  readonly byMethod: string;
  readonly byFeature: string;
  /** Joins what a view is narrowed to: "SSPR usage by method · SMS". */
  readonly narrowed: (title: string, to: string) => string;
  readonly subtitle: (period: string, range: string) => string;
  readonly headline: (within: string, sentences: readonly string[]) => string;
  readonly columns: Readonly<Record<"method" | "feature" | "ok" | "failed" | "rate", string>>;
  readonly notUsed: (names: readonly string[]) => string;
  readonly more: (count: number) => string;
  readonly moreFeatures: (names: readonly string[], others: number) => string;
  readonly shortened: string;
  readonly tries: string;
  readonly failed: string;
  readonly noRate: string;
  readonly noTries: (within: string) => string;
  /** Said beside another feature that has tries with the method that was asked for. */
  readonly noneWith: Readonly<Record<Feature, (method: string, within: string) => string>>;
  readonly noTriesHeadline: (title: string, within: string) => string;
  /** Why nothing may be counted yet; absent where the period is so long that a lag explains nothing. */
  readonly lag: Readonly<Partial<Record<Period, string>>>;
  /** Nothing about password resets was counted at all. */
  readonly neverCollected: string;
  /** `moment` is a time with its zone. */
  readonly footer: (reader: string, read: string) => string;
  readonly footerRefreshed: (reader: string, read: string, refreshed: string) => string;
  readonly corrected: (said: string, read: string) => string;
  readonly refined: string;
  /** In place of newer numbers: when reading them failed, and of what. */
  readonly newerFailed: (at: string, title: string, code: string, age: string) => string;
  readonly old: (age: string) => string;
  /** Refresh was pressed before Graph may be asked again; `after` is a time with its zone. */
  readonly readAgain: (age: string, after: string) => string;
  /** `permission` is the missing one. */
  readonly legacyInsteadOfEvents: (permission: string) => string;
  readonly eventsInTheFuture: (count: string, one: boolean) => string;
  /** Which quarters of an hour; `from` and `to` are times with their zone. */
  readonly kept: (count: string, one: boolean, from: string, to: string) => string;
  readonly keptQuarters: (kept: string) => string;
}
