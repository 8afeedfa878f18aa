import { PERIODS, type UsageSummary } from "../ports/usage.ts";
import { beginOf, endOfHour, summaryOf } from "./periods.ts";
import { createTally, type Tally } from "./tally.ts";

/** What is used of one event; who made it is never read. */
export interface UsageEvent {
  readonly feature: string;
  readonly method: string;
  readonly isSuccess: boolean;
  readonly at: Date;
}

export interface EventFold {
  add(event: UsageEvent): void;
  /** The rows of every period. */
  summaries(): readonly UsageSummary[];
  /** Events after the hour of the reading; they are in no period. */
  inTheFuture(): number;
}

/** Every time zone and every hour begins on a quarter of an hour. */
const QUARTER = 15 * 60_000;

/**
 * Folds events into counters by quarter of an hour, so that memory follows the length of the longest
 * period and not the number of events. Earlier events are in no period and are dropped.
 */
export function foldEvents(readAt: Date): EventFold {
  const quarters = new Map<number, Tally>();
  const begin = beginOf("D30", readAt);
  const end = endOfHour(readAt);
  let future = 0;

  return {
    add({ feature, method, isSuccess, at }) {
      const quarter = Math.floor(at.getTime() / QUARTER) * QUARTER;
      if (quarter >= end) {
        future += 1;
      } else if (quarter >= begin) {
        const tally = quarters.get(quarter) ?? createTally();
        quarters.set(quarter, tally);
        tally.add({ feature, method, successes: isSuccess ? 1 : 0, failures: isSuccess ? 0 : 1 });
      }
    },

    summaries() {
      return PERIODS.map((period) => {
        const total = createTally();
        for (const [quarter, tally] of quarters) {
          if (quarter >= beginOf(period, readAt)) {
            tally.rows().forEach(total.add);
          }
        }
        return summaryOf(period, readAt, total.rows());
      });
    },

    inTheFuture: () => future,
  };
}
