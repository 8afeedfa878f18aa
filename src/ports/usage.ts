import type { TenantId } from "../kernel/ids.ts";

/** Where rows come from: the retired beta API, its delegated successor, or events counted by us. */
export const READER_IDS = ["legacy", "activity", "events"] as const;
export type ReaderId = (typeof READER_IDS)[number];

/** The 24, 168 or 720 whole hours before the hour of the reading, and that hour so far. */
export const PERIODS = ["D1", "D7", "D30"] as const;
export type Period = (typeof PERIODS)[number];

/**
 * One row of Graph's `credentialUsageSummary`: tries with one method for one feature.
 * `feature` and `method` are Graph's own words; values that nobody knows yet are kept.
 */
export interface UsageRow {
  readonly feature: string;
  readonly method: string;
  readonly successes: number;
  readonly failures: number;
}

/** Something a person should know about how the numbers came to be. */
export type ReadingNote =
  /** For want of this permission; readings of an earlier version do not name it. */
  | { readonly kind: "legacy-instead-of-events"; readonly permission?: string }
  | { readonly kind: "events-in-the-future"; readonly count: number }
  | KeptQuarters;

/** Quarters that were settled, of which Graph sent fewer tries than are stored, so that the stored ones stay. */
export interface KeptQuarters {
  readonly kind: "kept-quarters";
  readonly count: number;
  /** The begin of the first one. */
  readonly from: Date;
  /** The end of the last one; not all between both are kept. */
  readonly to: Date;
}

/** The rows of one period as read in one complete reading. */
export interface UsageSummary {
  readonly period: Period;
  readonly from: Date;
  readonly to: Date;
  readonly rows: readonly UsageRow[];
  /** The same tries with the reasons of failures, where the reader gives any. */
  readonly sums?: readonly UsageSum[];
}

/** Tries of one quarter of an hour; every time zone begins on a quarter. Sums of cells are aggregates, not people. */
export interface UsageCell {
  readonly quarter: Date;
  readonly feature: string;
  readonly method: string;
  readonly isSuccess: boolean;
  /** Of a failure: a known reason's id or Graph's text with everything personal masked; "" for a success. */
  readonly reason: string;
  readonly count: number;
}

/** Sums of cells over some time. */
export type UsageSum = Omit<UsageCell, "quarter">;

/** The quarters that lie wholly inside a reading. */
export interface UsageHistory {
  readonly from: Date;
  /** The end of the last whole quarter. */
  readonly to: Date;
  readonly cells: readonly UsageCell[];
}

/** One complete reading of Graph: never partial. `events` gives all three periods, the others the one asked for. */
export interface UsageReading {
  readonly reader: ReaderId;
  /** When the reading began; the end of every window. */
  readonly readAt: Date;
  readonly summaries: readonly UsageSummary[];
  /** Milliseconds that the reading took; absent where it was not measured. */
  readonly took?: number;
  readonly pages: number;
  /** Rows that Graph sent. */
  readonly rowsRead: number;
  readonly notes: readonly ReadingNote[];
  /** Only single events can be placed in time. */
  readonly history?: UsageHistory;
}

export interface ReadProgress {
  readonly pages: number;
  readonly rows: number;
  /** Graph asked us to wait until then. */
  readonly waitingUntil?: Date;
}

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadProgress) => void;
}

export interface UsageReader {
  /** Rejects with an AppError; an answer without any row is GRAPH-NOT-COLLECTED or GRAPH-RETIRED. */
  read(period: Period, options: ReadOptions): Promise<UsageReading>;
}

/** What the store keeps of a reading, and the answers come from. */
export interface UsageSnapshot extends UsageSummary {
  readonly reader: ReaderId;
  readonly readAt: Date;
  /** Milliseconds; readings of an earlier version do not tell. */
  readonly took?: number;
  readonly pages: number;
  readonly rowsRead: number;
  readonly notes: readonly ReadingNote[];
}

/** Whose numbers: a tenant as one Graph host reports it, so that a trial never mixes with the real thing. */
export interface UsageSource {
  readonly tenantId: TenantId;
  readonly graphHost: string;
}

/** Time that stored cells cover without a gap. */
export interface HistorySpan {
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  /** When the newest reading of it began. */
  readonly readAt: Date;
}

export interface SnapshotStore {
  /**
   * Saves all summaries of a reading in one transaction; each replaces the one of the same period and reader, unless
   * that is of a newer reading. What the store keeps against the reading stands in the notes that it gives back.
   */
  save(source: UsageSource, reading: UsageReading): Promise<void>;
  /** The newest snapshot of a period among these readers. */
  latest(
    source: UsageSource,
    period: Period,
    readers: readonly ReaderId[],
  ): Promise<UsageSnapshot | undefined>;
  /** Sums of the stored cells from `from` (included) to `to` (not included). */
  sums(source: UsageSource, from: Date, to: Date): Promise<readonly UsageSum[]>;
  /** The time that stored cells cover without a gap up to the newest reading; undefined when there are none. */
  covered(source: UsageSource): Promise<HistorySpan | undefined>;
  /** All time that stored cells cover, the oldest first; what lies between two spans is not known. */
  spans(source: UsageSource): Promise<readonly HistorySpan[]>;
}
