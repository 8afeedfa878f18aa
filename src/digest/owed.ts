import type { Subscription } from "../ports/digest.ts";
import { firstOwed, nextDue } from "./calendar.ts";

const DAY = 24 * 60 * 60_000;

/** No schedule has its next run further off: a week, and one more where this week has its digest already. */
export const FURTHEST = 15 * DAY;

/**
 * The same subscription where nothing is wrong with it. A pause that is over ends, and what would have been due during
 * it is not owed; a run that is too far off comes back. Nothing of that by a clock that may be wrong.
 */
export function inReach(stored: Subscription, now: Date): Subscription {
  const { state, schedule } = stored;
  if (state.kind === "paused" && state.until && state.until <= now) {
    const first = nextDue(schedule, new Date(state.until.getTime() - 1));
    const due = new Date(Math.max(first.getTime(), stored.nextDue.getTime()));
    return { ...stored, state: { kind: "active" }, nextDue: firstOwed(schedule, due, now) };
  }
  if (state.kind !== "active") {
    return stored;
  }
  // A clock that was wrong has moved it there.
  const isFar = stored.nextDue.getTime() - now.getTime() > FURTHEST;
  const owed = isFar ? nextDue(schedule, now) : firstOwed(schedule, stored.nextDue, now);
  return isSame(owed, stored.nextDue) ? stored : { ...stored, nextDue: owed };
}

export function isDue({ state, nextDue: dueAt }: Subscription, now: Date): boolean {
  return state.kind === "active" && dueAt <= now;
}

export function isSame(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime();
}
