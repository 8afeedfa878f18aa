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
  | KeptQuarters
  /** Tries of the whole reading that Graph sent without a name: they count as tries, their people are not known. */
  | { readonly kind: "tries-without-a-person"; readonly count: number }
  /** There were too many different failures of people to keep apart. */
  | { readonly kind: "people-not-counted" };

/** Quarters that were settled, of which Graph sent fewer tries than are stored, so that the stored ones stay. */
export interface KeptQuarters {
  readonly kind: "kept-quarters";
  readonly count: number;
  /** The begin of the first one. */
  readonly from: Date;
  /** The end of the last one; not all between both are kept. */
  readonly to: Date;
}

/** People whose last failure of one kind lies within a period, each once. */
export interface Touched {
  readonly people: number;
  /** Of them, those who succeeded after that failure with the same feature, by any method, up to the reading. */
  readonly succeededLater: number;
}

/**
 * How many people failed; our own definition. Nobody may be added up over reasons, methods or features, since one person
 * can fail of several: so each level has its own count.
 */
export interface TouchedPeople {
  readonly features: readonly (Touched & { readonly feature: string })[];
  /** By the group of a reason (`reference/reasons.ts`). */
  readonly groups: readonly (Touched & { readonly feature: string; readonly group: string })[];
  readonly failures: readonly (Touched & Pick<UsageCell, "feature" | "method" | "reason">)[];
}

/** The rows of one period as read in one complete reading. */
export interface UsageSummary {
  readonly period: Period;
  readonly from: Date;
  readonly to: Date;
  readonly rows: readonly UsageRow[];
  /** The same tries with the reasons of failures, where the reader gives any. */
  readonly sums?: readonly UsageSum[];
  /** Where the reader gives single events, and all people could be told apart. */
  readonly people?: TouchedPeople;
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

/**
 * Who tried what within one collection, by hashes under a key that dies with it: never a name, and never stored. A
 * reading of events fills it, and a reading of people after it can ask it. The same try twice changes nothing.
 */
export interface PersonIndex {
  /** When the reading of events began, and so where its periods end. */
  readonly readAt: Date;
  /** Takes a try in, if it is in the longest period. */
  add(userPrincipalName: string, attempt: PersonAttempt, at: Date): void;
  /** All events were given: from now on it can be asked. */
  complete(): void;
  /** Undefined before all events were given, and where there was too much to keep apart. */
  touched(period: Period): TouchedPeople | undefined;
  /**
   * Tells in which periods somebody succeeded with a phone. Undefined as `touched`, and where a success with a phone had
   * no name: then somebody might be missing.
   */
  phoneUse(): ((userPrincipalName: string) => readonly Period[]) | undefined;
  notes(): readonly ReadingNote[];
}

export type PersonAttempt = Omit<UsageSum, "count">;

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadProgress) => void;
  /** Shared by the readings of one collection: events first, then people. */
  readonly persons?: PersonIndex;
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
