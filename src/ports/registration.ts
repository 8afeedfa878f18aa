import type { ReadOptions, UsageSource } from "./usage.ts";

/**
 * People of the tenant as `userRegistrationDetails` counts them: enabled members, without the accounts that
 * `leftOut` names. No row about a person is kept.
 */
export interface RegistrationCounts {
  /** Everybody who is counted; the denominator of all figures but `capable`. */
  readonly people: number;
  /** In scope of self-service password reset (`isSsprEnabled`). */
  readonly inScope: number;
  /** In scope and registered with enough methods (`isSsprCapable`). */
  readonly capable: number;
  /** `isMfaRegistered`. */
  readonly mfaRegistered: number;
  /** `isPasswordlessCapable`. */
  readonly passwordless: number;
  /** A phone is the only registered method that can be a second factor. */
  readonly phoneOnly: number;
  readonly leftOut: {
    readonly guests: number;
    readonly serviceAccounts: number;
    /** Accounts of a type that is new at Microsoft, neither member nor guest; absent when there are none. */
    readonly otherTypes?: number;
  };
}

export interface RegistrationReading {
  readonly readAt: Date;
  readonly counts: RegistrationCounts;
  readonly pages: number;
  readonly rowsRead: number;
}

export interface RegistrationReader {
  /** Rejects with an AppError; never partial. */
  read(options: ReadOptions): Promise<RegistrationReading>;
}

export interface RegistrationStore {
  /** Replaces an older reading; an older one never replaces a newer one. */
  save(source: UsageSource, reading: RegistrationReading): Promise<void>;
  latest(source: UsageSource): Promise<RegistrationReading | undefined>;
}
