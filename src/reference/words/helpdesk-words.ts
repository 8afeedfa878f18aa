/** Texts about what Graph counts by day: resets by people and by administrators, and sign-ins. */
export interface HelpdeskWords {
  /** Of another trend's card. */
  readonly button: string;
  readonly columns: Readonly<
    Record<"selfService" | "byAdmins" | "share" | "signIns" | "multiFactor", string>
  >;
  readonly chart: string;
  readonly resets: ResetShareWords;
  readonly signIns: SignInWords;
  readonly calls: HelpdeskCallWords;
  readonly notRead: Readonly<Record<"passwords" | "signIns", string>>;
  /** The newest reading failed; older days may be there. */
  readonly failed: Readonly<Record<"passwords" | "signIns", (code: string, at: string) => string>>;
  readonly old: Readonly<Record<"passwords" | "signIns", (at: string) => string>>;
  readonly noWeekWhy: (since: string) => string;
  readonly fewerWeeks: (asked: number, since: string) => string;
  readonly noResets: (weeks: readonly number[]) => string;
  readonly utc: string;
  readonly counted: string;
  readonly reader: string;
  readonly digest: DigestResetWords;
}

/** Reset tries that ended with an administrator or in a block, by week. */
export interface HelpdeskCallWords {
  readonly columns: Readonly<Record<"asked" | "blocked" | "share", string>>;
  readonly news: (week: number, tries: string, asked: string, blocked: string, one: boolean) => string;
  /** A share of all tries beside that of the week before; `rates` are of so many tries. */
  readonly more: (now: string, before: string, beforeWeek: number) => string;
  readonly less: (now: string, before: string, beforeWeek: number) => string;
  readonly same: (beforeWeek: number) => string;
  readonly counted: string;
}

/** Each says what part of the resets of a week was self-service; `week` and `beforeWeek` are numbers. */
export interface ResetShareWords {
  readonly more: (percent: string, resets: string, week: number, was: string, beforeWeek: number) => string;
  readonly less: (percent: string, resets: string, week: number, was: string, beforeWeek: number) => string;
  readonly same: (percent: string, resets: string, week: number, was: string, beforeWeek: number) => string;
  /** There is nothing to compare with. */
  readonly alone: (percent: string, resets: string, week: number) => string;
  /** Too few for a share. */
  readonly few: (selfService: string, resets: string, week: number) => string;
  readonly none: (week: number) => string;
  /** Passwords that people knew and changed. */
  readonly changes: (changes: string, week: number) => string;
}

export interface SignInWords {
  readonly share: (percent: string, signIns: string, week: number) => string;
  /** Two shares beside each other; no change is claimed. */
  readonly shares: (
    percent: string,
    signIns: string,
    week: number,
    was: string,
    beforeWeek: number,
  ) => string;
  /** The parts do not add up, or there are too few sign-ins, so that there is no share. */
  readonly counts: (multiFactor: string, signIns: string, week: number) => string;
  readonly none: (week: number) => string;
  readonly doNotAddUp: (weeks: readonly number[]) => string;
}

export interface DigestResetWords {
  readonly line: (selfService: string, byAdmins: string, span: string) => string;
  readonly none: (span: string) => string;
  readonly spans: Readonly<Record<"week" | "days", string>>;
  readonly mayGrow: string;
}
