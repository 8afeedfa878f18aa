import type { TenantId } from "../kernel/ids.ts";

/**
 * The hours (UTC, as milliseconds since 1970) from one time to another that must stay quarters. Both times are whole
 * hours.
 */
export type SplitHours = (from: Date, to: Date, signal?: AbortSignal) => Promise<ReadonlySet<number>>;

export interface FoldLimits {
  readonly tenantId: TenantId;
  readonly now: Date;
  readonly splitHours: SplitHours;
  /** Ends the folding between two days of the history with the signal's reason; what is folded stays folded. */
  readonly signal?: AbortSignal;
}

export interface FoldingStore {
  /**
   * Folds quarters of an hour that are older than 60 days into their hours, a day at a time; a folded hour stands at its
   * first quarter. Sums from whole hours to whole hours, and from or to any quarter of a split hour, stay what they were.
   * Resolves with how many cells went into others. Folding again changes nothing.
   */
  fold(limits: FoldLimits): Promise<{ readonly cells: number }>;
}
