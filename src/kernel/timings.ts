/**
 * Every duration that a person or Microsoft set, in milliseconds and in one place, so that tests can
 * run the same rules at another pace.
 */
export interface Timings {
  /** Microsoft's window for the reports: 5 requests in 10 s per app and tenant
   *  (learn.microsoft.com/graph/throttling-limits, "Identity and access reports"). A little is added
   *  because Microsoft counts arrivals and we count departures. */
  readonly quotaWindow: number;
  /** First pause before a request is tried again; it doubles with each try. */
  readonly retryBase: number;
  /** The longest time Graph may ask us to wait before we answer "throttled until …" instead. */
  readonly retryCap: number;
  /** Deadline of one Graph request. */
  readonly graphDeadline: number;
  /** How long a question may hold its turn before the card says how far the reading is. */
  readonly answerWithin: number;
  /** When a turn ends at the latest; Teams gives up after 10 to 15 seconds. */
  readonly turnLimit: number;
  /** How long the check of roles may take. */
  readonly accessDeadline: number;
  /** Deadline of one POST to Teams. */
  readonly sendDeadline: number;
  /** How long a process that posts digests may be silent before its claims lapse; it says each minute that it lives. */
  readonly deliveryLease: number;
  /**
   * Between two requests of digests to Teams. Microsoft allows 50 in a second for an app and tenant
   * (learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit): this is 48, so that timers that are a little
   * early or late, and now and then an answer, stay below it.
   */
  readonly requestSpacing: number;
  /** Between two digests into one conversation: 1,800 in an hour are allowed, and more in shorter spans (ibidem). */
  readonly conversationSpacing: number;
  /** How long a process that collects may be silent before another one takes the collection over. */
  readonly collectionLease: number;
  /** How often a waiting card is edited at most. */
  readonly progressEvery: number;
  /** A long reading is told of less and less often, but at least this often. */
  readonly progressSlowest: number;
  /** How long options alone refine the last answer of a personal chat. */
  readonly refineWithin: number;
  /** How long a granted permission is remembered. */
  readonly rememberAccess: number;
  /** How long an activity is known as handled. */
  readonly rememberActivity: number;
}

export const TIMINGS: Timings = {
  quotaWindow: 10_200,
  retryBase: 1_000,
  retryCap: 60_000,
  graphDeadline: 30_000,
  answerWithin: 4_000,
  turnLimit: 9_000,
  accessDeadline: 3_000,
  sendDeadline: 10_000,
  deliveryLease: 180_000,
  requestSpacing: 20.8,
  conversationSpacing: 2_100,
  collectionLease: 60_000,
  progressEvery: 5_000,
  progressSlowest: 60_000,
  refineWithin: 10 * 60_000,
  rememberAccess: 5 * 60_000,
  rememberActivity: 5 * 60_000,
};
