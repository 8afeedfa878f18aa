import type { Departure, Lane } from "../ports/quota.ts";

/**
 * 5 requests in 10 s per app and tenant (learn.microsoft.com/graph/throttling-limits, "Identity and access
 * reports"). A refused request counts as well, so none may be tried on the off chance.
 */
const LIMIT = 5;

/** The most that persons alone take of a window while a collection waits. */
const PERSONS = LIMIT - 1;

type Decision = { readonly kind: "take" } | { readonly kind: "wait"; readonly milliseconds: number };

/** Until when somebody of a lane waits, as far as is known; a time that has passed means nobody. */
export type WaitingUntil = Readonly<Record<Lane, number>>;

/**
 * Whether the next request of a lane may leave now, or in how many milliseconds to ask again.
 *
 * - No window, wherever it begins, holds more than 5 departures.
 * - A collection takes the last free slot only when another one gets free within a fifth of the window. So a person
 *   who comes while nobody but collections was served waits for a fifth of the window at the most, and no slot is
 *   kept idle for them: a collection alone begins with four requests at once and comes to one each fifth, which is
 *   all that the window has.
 * - Where a person waits, a collection leaves them the next slot. Persons who keep asking get four slots of a window,
 *   and then the collection has its turn.
 *
 * @param used departures in any order, those of other windows too
 * @param window milliseconds
 */
export function decide(
  used: readonly Departure[],
  lane: Lane,
  now: number,
  window: number,
  waiting: WaitingUntil,
): Decision {
  const inside = countedIn(used, now, window);
  const at = Math.max(
    nthLatest(inside, LIMIT) + window,
    lane === "person"
      ? turnOfPerson(inside, now, window, waiting)
      : turnOfCollection(inside, now, window, waiting),
  );
  return at > now ? { kind: "wait", milliseconds: at - now } : { kind: "take" };
}

/**
 * The departures that count at `now`, the oldest first. One that lies in the future left before somebody set the
 * clock back: it counts from now on, and so for one window and no longer if the result is what is remembered.
 */
export function countedIn(used: readonly Departure[], now: number, window: number): readonly Departure[] {
  return used
    .map(({ at, lane }) => ({ at: Math.min(at, now), lane }))
    .filter(({ at }) => at > now - window)
    .sort((one, other) => one.at - other.at);
}

function turnOfPerson(
  inside: readonly Departure[],
  now: number,
  window: number,
  waiting: WaitingUntil,
): number {
  return waiting.collection > now ? nthLatest(ofPersons(inside), PERSONS) + window : now;
}

function turnOfCollection(
  inside: readonly Departure[],
  now: number,
  window: number,
  waiting: WaitingUntil,
): number {
  const personIsNext = waiting.person > now && ofPersons(inside).length < PERSONS;
  // With the last free slot gone, the next to get free is that of the fourth latest.
  return Math.max(
    nthLatest(inside, LIMIT - 1) + window - window / LIMIT,
    personIsNext ? waiting.person : now,
  );
}

function ofPersons(departures: readonly Departure[]): readonly Departure[] {
  return departures.filter(({ lane }) => lane === "person");
}

/** When the n-th latest left; long ago where there are fewer. */
function nthLatest(departures: readonly Departure[], n: number): number {
  return departures.at(-n)?.at ?? Number.NEGATIVE_INFINITY;
}
