/**
 * Something looks for work about once a minute. A wake-up carries nothing: what is due, and who is at it, stands in the
 * store, so that one too many does no harm and one that is lost is made up for by the next.
 */
export interface WakeUps {
  /** Wakes at once and then about once a minute. `wake` returns at once and does its work beside. */
  start(wake: () => void): Promise<void>;
  stop(): Promise<void>;
}
