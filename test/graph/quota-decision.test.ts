import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countedIn, decide, type WaitingUntil } from "../../src/graph/quota-decision.ts";
import type { Departure, Lane } from "../../src/ports/quota.ts";

const WINDOW = 10_000;
const FIFTH = WINDOW / 5;

/** A request that wants to leave from `at` on. */
type Arrival = Departure;

interface Left extends Departure {
  readonly arrived: number;
}

/** Lets all of them leave, each lane in the order of its arrivals; a look at the clock may come late. */
function leave(arrivals: readonly Arrival[], late: (look: number) => number = () => 0): readonly Left[] {
  const pending = [...arrivals].sort((one, other) => one.at - other.at);
  const left: Left[] = [];
  let now = 0;
  for (let look = 0; pending.length > 0; look += 1) {
    const head = (lane: Lane) => pending.find((arrival) => arrival.lane === lane && arrival.at <= now);
    let next = pending.find(({ at }) => at > now)?.at ?? Number.POSITIVE_INFINITY;
    const until = { person: head("person") ? now + 1 : 0, collection: head("collection") ? now + 1 : 0 };
    let gone: Arrival | undefined;
    for (const arrival of [head("person"), head("collection")].filter((found) => found !== undefined)) {
      const decision = decide(left, arrival.lane, now, WINDOW, until);
      if (decision.kind === "take") {
        gone = arrival;
        break;
      }
      until[arrival.lane] = now + decision.milliseconds + 1;
      next = Math.min(next, now + decision.milliseconds);
    }
    if (gone) {
      pending.splice(pending.indexOf(gone), 1);
      left.push({ at: now, lane: gone.lane, arrived: gone.at });
    } else {
      now = next + late(look);
    }
  }
  return left;
}

/** The most in any window that begins with one of them. */
function mostInWindow(departures: readonly Departure[]): number {
  const counts = departures.map(
    ({ at }) => departures.filter((other) => other.at >= at && other.at < at + WINDOW).length,
  );
  return Math.max(0, ...counts);
}

const of = (lane: Lane, times: readonly number[]): readonly Arrival[] => times.map((at) => ({ at, lane }));
const times = fc.array(fc.nat(4 * WINDOW), { maxLength: 25, size: "max" });
const NEVER = Number.NEGATIVE_INFINITY;
const NOBODY: WaitingUntil = { person: NEVER, collection: NEVER };

describe("a departure under Graph's quota", () => {
  it("is never the sixth of any window, whoever comes whenever, and whenever anybody looks", () => {
    fc.assert(
      fc.property(times, times, fc.array(fc.nat(900), { minLength: 1 }), (collections, persons, late) => {
        const arrivals = [...of("collection", collections), ...of("person", persons)];

        const left = leave(arrivals, (look) => late[look % late.length] ?? 0);

        expect(left).toHaveLength(arrivals.length);
        expect(mostInWindow(left)).toBeLessThanOrEqual(5);
      }),
    );
  });

  it("of a person comes within a fifth of the window, whatever collections did before", () => {
    fc.assert(
      fc.property(
        times,
        fc.array(fc.integer({ min: WINDOW + FIFTH, max: 3 * WINDOW }), { maxLength: 4 }),
        (collections, pauses) => {
          const persons = pauses.map((_, index) => pauses.slice(0, index + 1).reduce((a, b) => a + b));

          const left = leave([...of("collection", collections), ...of("person", persons)]);

          const waits = left.filter(({ lane }) => lane === "person").map(({ at, arrived }) => at - arrived);
          expect(Math.max(0, ...waits)).toBeLessThanOrEqual(FIFTH);
        },
      ),
    );
  });

  it("of a collection alone uses the whole window, however long Graph takes for a page", () => {
    fc.assert(
      fc.property(fc.nat(FIFTH), (latency) => {
        const departures: Departure[] = [];
        for (let now = 0; now < 30 * WINDOW; ) {
          const decision = decide(departures, "collection", now, WINDOW, NOBODY);
          if (decision.kind === "take") {
            departures.push({ at: now, lane: "collection" });
          }
          now += decision.kind === "take" ? latency : decision.milliseconds;
        }

        const settled = departures.filter(({ at }) => at >= 2 * WINDOW).length;
        expect(settled / (28 * 5)).toBeGreaterThanOrEqual(0.98);
      }),
    );
  });

  it("of a collection comes to one in each fifth of the window, after four at once", () => {
    const at = leave(of("collection", Array(40).fill(0))).map((departure) => departure.at);

    const gaps = at.slice(-20).map((time, index, all) => time - (all[index - 1] ?? time - FIFTH));
    expect(at.slice(0, 5)).toEqual([0, 0, 0, 0, WINDOW - FIFTH]);
    expect(new Set(gaps)).toEqual(new Set([FIFTH]));
  });

  it("is a collection's in every window in which persons never stop asking", () => {
    const persons = Array.from({ length: 100 }, () => 0);

    const left = leave([...of("person", persons), ...of("collection", Array(20).fill(0))]);

    const together = left.slice(
      0,
      left.findLastIndex(({ lane }) => lane === "collection"),
    );
    const collections = together.filter(({ lane }) => lane === "collection").map(({ at }) => at);
    const gaps = collections.map((at, index) => at - (collections[index - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(WINDOW);
    expect(mostInWindow(together.filter(({ lane }) => lane === "person"))).toBe(4);
  });

  it("is a person's where both wait", () => {
    const left = leave([...of("collection", Array(9).fill(0)), ...of("person", [1, 2])]);

    expect(left.slice(0, 6).map(({ lane }) => lane)).toEqual([
      ...Array(4).fill("collection"),
      "person",
      "person",
    ]);
  });

  it("waits for one window at the longest where the clock was set back", () => {
    fc.assert(
      fc.property(times, fc.nat(365 * 86_400_000), (collections, back) => {
        const left = leave(of("collection", collections));
        const now = (left.at(-1)?.at ?? 0) - back;
        const remembered = countedIn(left, now, WINDOW);

        const soon = decide(remembered, "collection", now, WINDOW, NOBODY);
        const later = decide(remembered, "collection", now + WINDOW, WINDOW, NOBODY);

        expect(soon.kind === "take" ? 0 : soon.milliseconds).toBeLessThanOrEqual(WINDOW);
        expect(later).toEqual({ kind: "take" });
      }),
    );
  });
});
