import {
  PERIODS,
  type PersonAttempt,
  type PersonIndex,
  type UsageCell,
  type UsageHistory,
  type UsageSum,
  type UsageSummary,
} from "../ports/usage.ts";
import { createByNames } from "./by-names.ts";
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

/** Names are kept once, and a counter for each quarter that has any: by the number of the quarter since 1970. */
interface Kind extends PersonAttempt {
  readonly counts: Map<number, number>;
}

/** Every time zone and every hour begins on a quarter of an hour. */
const QUARTER = 15 * 60_000;

/**
 * Folds events into counters by quarter of an hour, so that memory follows the length of the longest
 * period and not the number of events. Earlier events are in no period and are dropped.
 * @param persons counts who failed; its `readAt` is this one
 */
export function foldEvents(readAt: Date, persons?: PersonIndex): EventFold {
  const begin = beginOf("D30", readAt);
  const end = endOfHour(readAt);
  const reasonFor = createFailureReasons();
  const kinds: Kind[] = [];
  const kindOf = createByNames((feature, method, reason): Kind => {
    // Only a success has no reason.
    const kind = { feature, method, isSuccess: reason === "", reason, counts: new Map<number, number>() };
    kinds.push(kind);
    return kind;
  });
  let future = 0;
  let oldest = Number.POSITIVE_INFINITY;

  /** Every count of the quarters from `from` on. */
  function* counted(from: number): Iterable<UsageCell> {
    for (const { counts, ...kind } of kinds) {
      for (const [quarter, count] of counts) {
        const at = quarter * QUARTER;
        if (at >= from) {
          yield { quarter: new Date(at), ...kind, count };
        }
      }
    }
  }

  return {
    add({ userPrincipalName = "", feature, method, isSuccess, reason, at: date }) {
      const at = date.getTime();
      oldest = Math.min(oldest, at);
      if (at >= end) {
        future += 1;
      } else if (at >= begin) {
        const kind = kindOf(feature, method, isSuccess ? "" : reasonFor(reason));
        const quarter = Math.floor(at / QUARTER);
        kind.counts.set(quarter, (kind.counts.get(quarter) ?? 0) + 1);
        persons?.add(userPrincipalName, kind, date);
      }
    },

    summaries() {
      return PERIODS.map((period) => {
        const total = createTally();
        const sums = new Map<string, UsageSum>();
        for (const { quarter: _quarter, ...sum } of counted(beginOf(period, readAt))) {
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
      const cells = [...counted(from)].filter(({ quarter }) => quarter.getTime() < to);
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
