import type { PeopleCounts, PeopleReaderId, PeopleScope } from "./people.ts";
import type { UsageSource } from "./usage.ts";

/** The last count of one day (UTC): sums, as a complete reading gave them. */
export interface PeopleDay {
  readonly readAt: Date;
  readonly counts: PeopleCounts;
}

/** Counts that can be compared: of one report and one scope, with the same groups left out. */
export interface PeopleDays {
  readonly reader: PeopleReaderId;
  /** Members where the report knows them. */
  readonly scope: PeopleScope;
  /** The oldest first; at least one. */
  readonly days: readonly PeopleDay[];
  /** Days that were counted otherwise, so that they are left out. */
  readonly others: number;
}

export interface PeopleHistory {
  /**
   * What is kept of these readers from `from` to `to`, both included, comparable with the newest; undefined where
   * nothing is. What lies after the present was counted while a clock was ahead: it must not stand for the newest.
   */
  daily(
    source: UsageSource,
    readers: readonly PeopleReaderId[],
    from: Date,
    to: Date,
  ): Promise<PeopleDays | undefined>;
}
