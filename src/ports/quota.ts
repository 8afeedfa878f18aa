/** Who a request is for: a reading in the background, or a person who waits for this very request. */
export const LANES = ["collection", "person"] as const;
export type Lane = (typeof LANES)[number];

/** A request that has left. Times are milliseconds since 1970 by the clock of the ledger. */
export interface Departure {
  readonly at: number;
  readonly lane: Lane;
}

/** In one process somebody of a lane waits, and asks again before `until`. */
export interface Waiting {
  readonly who: string;
  readonly lane: Lane;
  readonly until: number;
}

/** What is known of Graph's quota for one app in one tenant. No person is in it, only times. */
export interface QuotaRecord {
  /** Those that still count, the oldest first. */
  readonly departures: readonly Departure[];
  readonly waiting: readonly Waiting[];
  /** Graph asked for silence until then; 0 where it did not. */
  readonly pausedUntil: number;
}

export const UNUSED: QuotaRecord = { departures: [], waiting: [], pausedUntil: 0 };

/** A record that all who use the same quota change one after the other. */
export interface QuotaLedger {
  /**
   * Replaces the record by what `step` makes of it at `now`, and gives the step's result. Rejects with an AppError
   * (STORE-UNAVAILABLE) where the record cannot be reached; then nobody may take the step for done.
   */
  change<T>(
    step: (record: QuotaRecord, now: number) => { readonly record: QuotaRecord; readonly result: T },
  ): Promise<T>;
}
