import {
  PERIODS,
  type PersonIndex,
  type UsageCell,
  type UsageHistory,
  type UsageSum,
  type UsageSummary,
} from "../ports/usage.ts";
import { createFailureReasons } from "./failure-reasons.ts";
import { beginOf, endOfHour, summaryOf } from "./periods.ts";
import { createTally } from "./tally.ts";

/** What is used of one event. */
export interface UsageEvent {
  /** Only handed on to the index, which hashes it; absent or empty where Graph gives none. */
  readonly userPrincipalName?: string;
  readonly feature: string;
  readonly method: string;
  readonly isSuccess: boolean;
  /** Graph's text for a failure; empty where it gives none. */
  readonly reason: string;
  readonly at: Date;
}

export interface EventFold {
  add(event: UsageEvent): void;
  /** The rows of every period. */
  summaries(): readonly UsageSummary[];
  /** The quarters for which nothing can be missing, or undefined when there is none. */
  history(): UsageHistory | undefined;
  /** Events after the hour of the reading; they are in no period. */
  inTheFuture(): number;
}

type Kind = Omit<UsageSum, "count">;

/** Every time zone and every hour begins on a quarter of an hour. */
const QUARTER = 15 * 60_000;

/**
 * Folds events into counters by quarter of an hour, so that memory follows the length of the longest
 * period and not the number of events. Earlier events are in no period and are dropped.
 * @param persons counts who failed; its `readAt` is this one
 */
export function foldEvents(readAt: Date, persons?: PersonIndex): EventFold {
  const kinds: Kind[] = [];
  const indexOfKind = new Map<string, number>();
  /** Counts by the index of their kind: names are kept once and not for every quarter. */
  const quarters = new Map<number, Map<number, number>>();
  const reasonFor = createFailureReasons();
  const begin = beginOf("D30", readAt);
  const end = endOfHour(readAt);
  let future = 0;
  let oldest = Number.POSITIVE_INFINITY;

  function kindOf({ feature, method, isSuccess, reason }: UsageEvent): Kind {
    return { feature, method, isSuccess, reason: isSuccess ? "" : reasonFor(reason) };
  }

  function indexOf(kind: Kind): number {
    const key = JSON.stringify(Object.values(kind));
    const index = indexOfKind.get(key) ?? kinds.push(kind) - 1;
    indexOfKind.set(key, index);
    return index;
  }

  /** Every count of the quarters from `from` on. */
  function* counts(from: number): Iterable<UsageCell> {
    for (const [quarter, ofKinds] of quarters) {
      if (quarter >= from) {
        const at = new Date(quarter);
        for (const [index, count] of ofKinds) {
          const kind = kinds[index];
          if (kind) {
            yield { quarter: at, ...kind, count };
          }
        }
      }
    }
  }

  return {
    add(event) {
      const at = event.at.getTime();
      const quarter = quarterOf(at);
      oldest = Math.min(oldest, at);
      if (quarter >= end) {
        future += 1;
      } else if (quarter >= begin) {
        const ofKinds = quarters.get(quarter) ?? new Map<number, number>();
        quarters.set(quarter, ofKinds);
        const kind = kindOf(event);
        const index = indexOf(kind);
        ofKinds.set(index, (ofKinds.get(index) ?? 0) + 1);
        persons?.add(event.userPrincipalName ?? "", kind, event.at);
      }
    },

    summaries() {
      return PERIODS.map((period) => {
        const total = createTally();
        const sums = new Map<string, UsageSum>();
        for (const { quarter: _quarter, ...sum } of counts(beginOf(period, readAt))) {
          const { feature, method, isSuccess, reason, count } = sum;
          total.add({ feature, method, successes: isSuccess ? count : 0, failures: isSuccess ? 0 : count });
          const key = JSON.stringify([feature, method, isSuccess, reason]);
          sums.set(key, { ...sum, count: count + (sums.get(key)?.count ?? 0) });
        }
        const sorted = [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum);
        const people = persons?.touched(period);
        return { ...summaryOf(period, readAt, total.rows()), sums: sorted, ...(people && { people }) };
      });
    },

    history() {
      const from = historyBegin(oldest, begin);
      const to = quarterOf(readAt.getTime());
      if (from >= to) {
        return undefined;
      }
      const cells = [...counts(from)].filter(({ quarter }) => quarter.getTime() < to);
      return { from: new Date(from), to: new Date(to), cells };
    },

    inTheFuture: () => future,
  };
}

/**
 * Where the time begins that a reading answers for. How far back `userEventsSummary` goes is not documented, and it
 * may be shorter than 30 days: collecting that has just begun, a licence that is new. Only an event shows that Graph
 * still had that time, so it begins with the first whole quarter after the oldest one, the quarter of that one being
 * cut in the middle perhaps; and never before the 30 days that are counted. Taking 30 days for granted would turn time
 * that Graph has forgotten into zeros, and put them over what was stored of it before.
 */
function historyBegin(oldest: number, begin: number): number {
  return oldest < begin ? begin : quarterOf(oldest + QUARTER - 1);
}

function quarterOf(time: number): number {
  return Math.floor(time / QUARTER) * QUARTER;
}
