import type { Clock } from "../kernel/clock.ts";
import { type Lane, type QuotaLedger, type QuotaRecord, UNUSED, type Waiting } from "../ports/quota.ts";
import { countedIn, decide, type WaitingUntil } from "./quota-decision.ts";

/** A mistaken header must not silence the product until somebody restarts it. */
const LONGEST_PAUSE = 60 * 60_000;

/** Who waits may come so much late to the slot, as a part of the window, before others no longer count on them. */
const GRACE = 1 / 20;

interface Asking {
  readonly lane: Lane;
  /** Tells this process from others that use the same record. */
  readonly who: string;
  /** The lanes in which somebody else waits in this process. */
  readonly beside: readonly Lane[];
  /** Milliseconds. */
  readonly window: number;
}

type Reply =
  | { readonly kind: "take" }
  | { readonly kind: "wait"; readonly milliseconds: number }
  /** `until` by the clock of the record, to know a pause again; `milliseconds` from now. */
  | { readonly kind: "paused"; readonly milliseconds: number; readonly until: number };

interface Step<T> {
  readonly record: QuotaRecord;
  readonly result: T;
}

/** Takes a slot where there is one for the lane, and else notes who waits. */
export function ask(record: QuotaRecord, now: number, asking: Asking): Step<Reply> {
  const { lane, window } = asking;
  const known = upToDate(record, now, window);
  if (known.pausedUntil > now) {
    const until = known.pausedUntil;
    return { record: known, result: { kind: "paused", milliseconds: until - now, until } };
  }
  const waiting = beside(known.waiting, now, asking);
  const decision = decide(known.departures, lane, now, window, waitingUntil(waiting));
  return decision.kind === "take"
    ? {
        record: { ...known, waiting, departures: [...known.departures, { at: now, lane }] },
        result: decision,
      }
    : {
        record: { ...known, waiting: withMe(waiting, now + decision.milliseconds, asking) },
        result: decision,
      };
}

/** Graph asked for silence for so many milliseconds. */
export function pause(record: QuotaRecord, now: number, milliseconds: number): Step<undefined> {
  const until = now + Math.min(milliseconds, LONGEST_PAUSE);
  return { record: { ...record, pausedUntil: Math.max(record.pausedUntil, until) }, result: undefined };
}

/** The record of a process that has Graph's quota for itself. */
export function ledgerInMemory(clock: Clock): QuotaLedger {
  let record = UNUSED;
  return {
    async change(step) {
      const { record: next, result } = step(record, clock.now().getTime());
      record = next;
      return result;
    },
  };
}

/** Nothing in it reaches farther ahead than it could from now: the clock may have been set back. */
function upToDate(
  { departures, waiting, pausedUntil }: QuotaRecord,
  now: number,
  window: number,
): QuotaRecord {
  return {
    departures: countedIn(departures, now, window),
    waiting: waiting
      .filter(({ until }) => until > now)
      .map((one) => ({ ...one, until: Math.min(one.until, now + 2 * window) })),
    pausedUntil: Math.min(pausedUntil, now + LONGEST_PAUSE),
  };
}

/** Those of other processes, and of this one the lanes in which somebody else waits: each is there once. */
function beside(
  waiting: readonly Waiting[],
  now: number,
  { who, beside: lanes, window }: Asking,
): readonly Waiting[] {
  const here = (lane: Lane): Waiting =>
    waiting.find((one) => one.who === who && one.lane === lane) ?? { who, lane, until: now + GRACE * window };
  return [...waiting.filter((one) => one.who !== who), ...lanes.map(here)];
}

function withMe(waiting: readonly Waiting[], at: number, { who, lane, window }: Asking): readonly Waiting[] {
  const others = waiting.filter((one) => one.who !== who || one.lane !== lane);
  return [...others, { who, lane, until: at + GRACE * window }];
}

function waitingUntil(waiting: readonly Waiting[]): WaitingUntil {
  const latest = (lane: Lane): number =>
    Math.max(0, ...waiting.filter((one) => one.lane === lane).map(({ until }) => until));
  return { collection: latest("collection"), person: latest("person") };
}
