import type { ReadOptions, UsageSource } from "./usage.ts";

/** Graph's two reports that have one row a day; each may be missing without the other. */
export const DAILY_REPORTS = ["passwords", "signIns"] as const;
export type DailyReport = (typeof DAILY_REPORTS)[number];

/** What the row of one day counts. */
export interface DayCounts {
  /** `userPasswordResetsAndChangesSummary`. */
  readonly passwords: {
    readonly resetsByAdmin: number;
    readonly resetsSelfService: number;
    readonly changesSelfService: number;
  };
  /** `userMfaSignInSummary`; its documented example shows that the parts need not add up to the total. */
  readonly signIns: {
    readonly total: number;
    readonly singleFactor: number;
    readonly multiFactor: number;
  };
}

/** One day (UTC); the running one has what Graph knows of it so far. */
export interface Day<Report extends DailyReport> {
  /** "2026-11-09". */
  readonly day: string;
  readonly counts: DayCounts[Report];
}

/** One complete reading of one report: at least one day, and no day twice. */
export interface DaysReading<Report extends DailyReport> {
  readonly report: Report;
  /** When the reading began. */
  readonly readAt: Date;
  /** Milliseconds until it had ended; absent where nobody has measured it. */
  readonly took?: number;
  readonly pages: number;
  /** Rows that Graph sent. */
  readonly rowsRead: number;
  readonly days: readonly Day<Report>[];
}

export interface DaysReader<Report extends DailyReport> {
  /** Rejects with an AppError; an answer without any row is GRAPH-NOT-COLLECTED. */
  read(options: ReadOptions): Promise<DaysReading<Report>>;
}

/** A day as it is stored, and the reading that it comes from. */
export interface StoredDay<Report extends DailyReport> extends Day<Report> {
  readonly readAt: Date;
}

export interface DaysStore {
  /**
   * Puts the days of a reading in the place of older readings of them. A day that Graph no longer returns stays, and
   * so does one that ended 72 hours before the reading or earlier and of which any count would become smaller;
   * resolves with how many days were kept for that.
   */
  save<Report extends DailyReport>(
    source: UsageSource,
    reading: DaysReading<Report>,
  ): Promise<{ readonly kept: number }>;
  /** The stored days from the day of an instant on, the oldest first. */
  days<Report extends DailyReport>(
    source: UsageSource,
    report: Report,
    from: Date,
  ): Promise<readonly StoredDay<Report>[]>;
  /** When each report was read last; absent where nothing of it is stored. */
  lastRead(source: UsageSource): Promise<Readonly<Partial<Record<DailyReport, Date>>>>;
}
