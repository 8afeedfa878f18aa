import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQuota, type Quota } from "../../src/graph/quota.ts";
import { ledgerInMemory } from "../../src/graph/quota-record.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { Departure, Lane, QuotaLedger } from "../../src/ports/quota.ts";
import { NOW, problemFrom } from "./setup.ts";

const WINDOW = 10_000;
const CAP = 60_000;

/** Sleeps on the same timers as the quota, which the tests move. */
const clock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  vi.useRealTimers();
});

function quotaOf(ledger?: QuotaLedger): Quota {
  return createQuota({ timings: { quotaWindow: WINDOW, retryCap: CAP }, clock, ...(ledger && { ledger }) });
}

/** Lets requests arrive at these times after now, and notes when each may leave. */
function arriving(quota: Quota, lane: Lane, times: readonly number[], departures: Departure[]): void {
  for (const time of times) {
    setTimeout(async () => {
      await quota.enter(lane, new AbortController().signal, () => undefined);
      departures.push({ at: Date.now(), lane });
    }, time);
  }
}

/** The most departures in any window that begins with one of them. */
function mostInWindow(departures: readonly Departure[]): number {
  const counts = departures.map(
    ({ at }) => departures.filter((other) => other.at >= at && other.at < at + WINDOW).length,
  );
  return Math.max(0, ...counts);
}

const arrivals = fc.array(fc.nat(4 * WINDOW), { maxLength: 25, size: "max" });

describe("the quota", () => {
  it("lets at most 5 requests go in any window", async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, arrivals, async (ofCollections, ofPersons) => {
        const quota = quotaOf();
        const departures: Departure[] = [];
        arriving(quota, "collection", ofCollections, departures);
        arriving(quota, "person", ofPersons, departures);

        await vi.advanceTimersByTimeAsync(30 * WINDOW);

        expect(departures).toHaveLength(ofCollections.length + ofPersons.length);
        expect(mostInWindow(departures)).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the window when timers fire late", async () => {
    const departures: Departure[] = [];
    arriving(quotaOf(), "collection", [...Array(8).fill(0), ...Array(8).fill(WINDOW - 1)], departures);
    await vi.advanceTimersByTimeAsync(WINDOW - 1);

    vi.setSystemTime(Date.now() + 500);
    await vi.advanceTimersByTimeAsync(5 * WINDOW);

    expect(departures).toHaveLength(16);
    expect(mostInWindow(departures)).toBeLessThanOrEqual(5);
  });

  it("lets a person pass at once while a collection waits", async () => {
    const quota = quotaOf();
    const departures: Departure[] = [];
    arriving(quota, "collection", Array(12).fill(0), departures);
    arriving(quota, "person", [1], departures);

    await vi.advanceTimersByTimeAsync(2);

    expect(departures.map(({ lane }) => lane)).toEqual([...Array(4).fill("collection"), "person"]);
  });

  it("lets five persons go who come one after the other in a window", async () => {
    const departures: Departure[] = [];
    arriving(quotaOf(), "person", [0, 10, 20, 30, 40, 50], departures);

    await vi.advanceTimersByTimeAsync(60);

    expect(departures).toHaveLength(5);
  });

  it("leaves the next slot to a person, also to one who comes after a collection", async () => {
    const departures: Departure[] = [];
    const quota = quotaOf();
    arriving(quota, "person", [0, 0, 0, 0, 0], departures);
    arriving(quota, "collection", [1, 1, 1], departures);
    arriving(quota, "person", [WINDOW - 1], departures);

    await vi.advanceTimersByTimeAsync(2 * WINDOW);

    expect(departures.slice(5).map(({ lane }) => lane)).toEqual(["person", ...Array(3).fill("collection")]);
  });

  it("lets a collection leave once in a window in which persons never stop asking", async () => {
    const departures: Departure[] = [];
    const quota = quotaOf();
    arriving(quota, "collection", Array(9).fill(0), departures);
    arriving(quota, "person", Array(60).fill(1), departures);

    await vi.advanceTimersByTimeAsync(5 * WINDOW);

    const later = departures.filter(({ at }) => at > NOW.getTime() + WINDOW);
    expect(later.filter(({ lane }) => lane === "collection").length).toBeGreaterThanOrEqual(3);
    expect(mostInWindow(later.filter(({ lane }) => lane === "person"))).toBe(4);
  });

  it("uses what it has: a collection of 12 requests takes two windows and no longer", async () => {
    const departures: Departure[] = [];
    arriving(quotaOf(), "collection", Array(12).fill(0), departures);

    await vi.advanceTimersByTimeAsync(2 * WINDOW + 10);

    expect(departures).toHaveLength(12);
  });

  it("makes everybody wait out a pause and tells until when, and bursts with nobody afterwards", async () => {
    const quota = quotaOf();
    const departures: Departure[] = [];
    const told: Date[] = [];
    arriving(quota, "collection", Array(8).fill(0), departures);
    await vi.advanceTimersByTimeAsync(1);
    const until = new Date(Date.now() + 40_000);
    await quota.pause(until);

    const entered = quota.enter("person", new AbortController().signal, (date) => told.push(date));
    arriving(quota, "collection", Array(8).fill(20_000), departures);
    await vi.advanceTimersByTimeAsync(39_000);
    const before = departures.length;
    await vi.advanceTimersByTimeAsync(80_000);
    await entered;

    expect(told).toEqual([until]);
    expect(before).toBe(4);
    expect(departures).toHaveLength(16);
    expect(mostInWindow(departures)).toBeLessThanOrEqual(5);
  });

  it("refuses at once what would have to wait for longer than the cap, without a slot", async () => {
    const quota = quotaOf();
    const retryAt = new Date(Date.now() + CAP + 1);
    await quota.pause(retryAt);

    const problem = await problemFrom(
      quota.enter("collection", new AbortController().signal, () => undefined),
      "GRAPH-THROTTLED",
    );

    expect(problem.facts).toEqual({ retryAt });
  });

  it("believes in no pause of more than an hour", async () => {
    const quota = quotaOf();
    await quota.pause(new Date("9999-12-31T23:59:59Z"));

    await vi.advanceTimersByTimeAsync(3_600_000);

    await expect(
      quota.enter("person", new AbortController().signal, () => undefined),
    ).resolves.toBeUndefined();
  });

  it("gives the slot of who gives up to the next one", async () => {
    const quota = quotaOf();
    const departures: Departure[] = [];
    arriving(quota, "person", Array(5).fill(0), departures);
    await vi.advanceTimersByTimeAsync(1);
    const gaveUp = new AbortController();
    const entering = quota.enter("person", gaveUp.signal, () => undefined);
    const outcome = entering.catch((reason: unknown) => reason);
    arriving(quota, "person", Array(5).fill(0), departures);
    await vi.advanceTimersByTimeAsync(1);

    gaveUp.abort("enough");
    await vi.advanceTimersByTimeAsync(WINDOW);

    expect(await outcome).toBe("enough");
    expect(departures).toHaveLength(10);
  });

  it("keeps no slot for a person who has given up", async () => {
    const quota = quotaOf();
    const departures: Departure[] = [];
    arriving(quota, "person", Array(5).fill(0), departures);
    await vi.advanceTimersByTimeAsync(WINDOW / 2);
    const gaveUp = new AbortController();
    const outcome = quota.enter("person", gaveUp.signal, () => undefined).catch((reason: unknown) => reason);
    arriving(quota, "collection", [0], departures);
    await vi.advanceTimersByTimeAsync(1);

    gaveUp.abort("enough");
    await vi.advanceTimersByTimeAsync(WINDOW / 2);

    expect(await outcome).toBe("enough");
    expect(departures.at(-1)).toEqual({ at: NOW.getTime() + WINDOW, lane: "collection" });
  });

  it("lets nothing go that is not written down", async () => {
    const fault = new AppError("STORE-UNAVAILABLE", { detail: "gone" });
    const quota = quotaOf({ change: () => Promise.reject(fault) });

    const entering = quota.enter("person", new AbortController().signal, () => undefined);
    const pausing = quota.pause(new Date(NOW.getTime() + 1));

    await expect(entering).rejects.toBe(fault);
    await expect(pausing).rejects.toBe(fault);
  });

  it("lets a collection wait for a database that is away for a moment, and no longer than a minute", async () => {
    const fault = new AppError("STORE-UNAVAILABLE", { detail: "gone" });
    const memory = ledgerInMemory(clock);
    const ledger = (backAt: number): QuotaLedger => ({
      change: (step) => (Date.now() < backAt ? Promise.reject(fault) : memory.change(step)),
    });
    const enter = (backAt: number) =>
      quotaOf(ledger(backAt)).enter("collection", new AbortController().signal, () => undefined);
    const soon = enter(NOW.getTime() + 30_000);
    const never = enter(NOW.getTime() + 600_000).catch((thrown: unknown) => thrown);

    await vi.advanceTimersByTimeAsync(65_000);

    await expect(soon).resolves.toBeUndefined();
    expect(await never).toBe(fault);
  });

  it("waits no longer than a window after the clock was set back by a day", async () => {
    const quota = quotaOf();
    const departures: Departure[] = [];
    arriving(quota, "collection", Array(6).fill(0), departures);
    await vi.advanceTimersByTimeAsync(1);

    vi.setSystemTime(NOW.getTime() - 86_400_000);
    await vi.advanceTimersByTimeAsync(2 * WINDOW);

    expect(departures).toHaveLength(6);
  });
});
