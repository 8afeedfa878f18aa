import type { People } from "./people.ts";
import type { Placed } from "./rows.ts";
import { HOUR, hourOf, toSeconds } from "./time.ts";
import { TRY_KINDS, type Try, triesOfHour } from "./tries.ts";

/** A row of userEventsSummary. */
export interface EventRow {
  readonly id: string;
  readonly feature: string;
  readonly userPrincipalName: string;
  readonly userDisplayName: string;
  readonly isSuccess: boolean;
  readonly authMethod: string;
  /** Empty when the try succeeded. */
  readonly failureReason: string;
  /** ISO 8601 in UTC. */
  readonly eventDateTime: string;
}

export interface Tally {
  readonly feature: string;
  readonly method: string;
  readonly successes: number;
  readonly failures: number;
}

/** What has happened, as far as the reports have it at a moment (`asOf`, Unix milliseconds). */
export interface EventLog {
  /** Newest first, from a position on; 0 is the beginning. */
  rows(asOf: number, from: number): Iterable<Placed<EventRow>>;
  /** Tries from `begin` up to, not including, `end`, and not after `asOf`. */
  tally(asOf: number, begin: number, end: number): readonly Tally[];
}

/** The service keeps a little more than the 30 days that the portal shows, so a reader has to look at dates. */
const KEPT_HOURS = 31 * 24;
/** Positions: hours back times this, plus the place within the hour. */
const HOUR_STRIDE = 1_000_000;
/** Hours whose counts are remembered: all that are kept, and what falls out while a demo runs for weeks. */
const REMEMBERED_HOURS = 2 * KEPT_HOURS;

/** @param lag the longest time, in milliseconds, until a try is in the reports */
export function createEventLog(people: People, lag: number): EventLog {
  const settled = new Map<number, Float64Array>();
  return { rows, tally };

  function* rows(asOf: number, from: number): Iterable<Placed<EventRow>> {
    let place = from % HOUR_STRIDE;
    for (let back = Math.floor(from / HOUR_STRIDE); back <= KEPT_HOURS; back++) {
      const tries = triesOfHour(people, hourOf(asOf) - back * HOUR, lag);
      for (; place < tries.length; place++) {
        const one = tries[place];
        if (one && isVisible(one, asOf)) yield [back * HOUR_STRIDE + place, toRow(people, one)];
      }
      place = 0;
    }
  }

  function tally(asOf: number, begin: number, end: number): readonly Tally[] {
    const sums = new Float64Array(TRY_KINDS.length * 2);
    for (let hour = hourOf(begin); hour < end && hour <= asOf; hour += HOUR) {
      for (const [index, count] of countsOf(hour, asOf).entries()) sums[index] = (sums[index] ?? 0) + count;
    }
    return TRY_KINDS.map((kind, index) => ({
      ...kind,
      successes: sums[index * 2] ?? 0,
      failures: sums[index * 2 + 1] ?? 0,
    }));
  }

  /** An hour whose last try has arrived never changes again, so its counts are kept instead of its tries. */
  function countsOf(hour: number, asOf: number): Float64Array {
    if (hour + HOUR + lag > asOf) return count(triesOfHour(people, hour, lag), asOf);
    const known = settled.get(hour);
    if (known) return known;
    const counts = count(triesOfHour(people, hour, lag), asOf);
    if (settled.size >= REMEMBERED_HOURS) settled.clear();
    settled.set(hour, counts);
    return counts;
  }
}

function count(tries: readonly Try[], asOf: number): Float64Array {
  const counts = new Float64Array(TRY_KINDS.length * 2);
  for (const one of tries) {
    const index = one.kind * 2 + (one.reason === "" ? 0 : 1);
    if (isVisible(one, asOf)) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function isVisible(one: Try, asOf: number): boolean {
  return one.visibleFrom <= asOf;
}

function toRow(people: People, one: Try): EventRow {
  const person = people.at(one.person);
  const kind = TRY_KINDS[one.kind];
  return {
    id: person.id,
    feature: kind?.feature ?? "",
    userPrincipalName: person.userPrincipalName,
    userDisplayName: person.displayName,
    isSuccess: one.reason === "",
    authMethod: kind?.method ?? "",
    failureReason: one.reason,
    eventDateTime: toSeconds(one.at),
  };
}
