import type { TenantId, UserId } from "../kernel/ids.ts";

export interface PurgeLimits {
  readonly tenantId: TenantId;
  /** Numbers and digests older than this go. Numbers are kept by the hour that it falls into. */
  readonly historyBefore: Date;
  readonly auditBefore: Date;
  /** All of a place goes from which the bot was removed before this. */
  readonly removedBefore: Date;
  /** Ends the purge between two batches with the signal's reason; what is deleted stays deleted. */
  readonly signal?: AbortSignal;
}

/** How many are gone. */
export interface Purged {
  readonly cells: number;
  /** Those that were too old; those of places are not counted. */
  readonly deliveries: number;
  readonly audit: number;
  readonly places: number;
}

export interface RetentionStore {
  /**
   * Deletes what has been kept long enough, a bounded number of rows at a time. A removed team stands for all of its
   * channels. A place with an active digest stays: the bot is back there, whatever Teams told of it.
   */
  purge(limits: PurgeLimits): Promise<Purged>;
  /**
   * A person's object id goes, all or nothing. Digests that the person set up for others go on without a name; all
   * that is stored of the person's own chat with the bot goes. Resolves with how many subscriptions and lines of the
   * audit named the person.
   */
  forget(
    tenantId: TenantId,
    userId: UserId,
  ): Promise<{ readonly subscriptions: number; readonly audit: number }>;
}
