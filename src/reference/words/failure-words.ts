import type { ReasonGroup, ReasonId } from "../reasons.ts";

export interface FailureWords {
  readonly byReason: string;
  readonly byMethod: string;
  readonly headline: (within: string, sentences: readonly string[]) => string;
  /** Of one feature; `percent` is absent below twenty tries. */
  readonly failed: (
    feature: string,
    failures: string,
    tries: string,
    percent: string | undefined,
    one: boolean,
  ) => string;
  readonly noneFailed: (feature: string, tries: string, one: boolean) => string;
  readonly most: (reason: string, count: string) => string;
  readonly helpdesk: (calls: string, asked: string, blocked: string, one: boolean) => string;
  readonly groups: Readonly<Record<ReasonGroup, GroupWords>>;
  /** People who failed; `later` of them succeeded afterwards, absent where it is not told. */
  readonly touched: (people: string, one: boolean, later: string | undefined) => string;
  /** The same of a whole feature. */
  readonly touchedInAll: (touched: string) => string;
  readonly eachOnce: string;
  readonly withoutAPerson: (tries: string, one: boolean) => string;
  readonly peopleNotCounted: string;
  /** Since the period before; `now` and `before` are shares of so many tries. */
  readonly changes: {
    readonly more: (name: string, now: string, before: string, than: string) => string;
    readonly less: (name: string, now: string, before: string, than: string) => string;
    readonly same: (than: string) => string;
    readonly few: (than: string) => string;
    readonly notStored: (than: string) => string;
    /** All failures, in place of the name of a group. */
    readonly all: string;
  };
  readonly whatHelps: string;
  /** The link to what Microsoft says of a group. */
  readonly page: string;
  /** What helps with one reason, where it is not what helps with its group. */
  readonly advice: Readonly<Partial<Record<ReasonId, string>>>;
  /** A reason as the beginning of a line. */
  readonly reason: (text: string) => string;
  /** A reason below the line of its group. */
  readonly within: (reason: string) => string;
  readonly newTexts: (texts: string, one: boolean) => string;
  readonly hiddenTexts: string;
  readonly columns: Readonly<Record<"reason" | "method" | "failed" | "tries" | "share" | "rate", string>>;
  readonly more: (count: number) => string;
  readonly noReasons: string;
  readonly noFailures: (within: string) => string;
  readonly allAccounts: string;
  readonly tooFew: string;
}

export interface GroupWords {
  readonly name: string;
  readonly meaning: string;
  /** What an administrator can do. */
  readonly advice: string;
}
