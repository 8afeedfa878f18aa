import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCollectSchedule, nextDue } from "../../src/collect/schedule.ts";
import { AppError, type ProblemCode } from "../../src/kernel/problem.ts";
import type { CollectionName, CollectionState } from "../../src/ports/collections.ts";
import { NOW, recordingLog, testClock } from "../graph/setup.ts";
import { newSource } from "../store/readings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY = 6 * HOUR;
const ago = (milliseconds: number): Date => new Date(NOW.getTime() - milliseconds);

function ended(at: Date, code?: ProblemCode, facts = {}): CollectionState {
  return { name: "usage", last: { at, ...(code && { fault: { code, facts } }) } };
}

const isDue = (state: CollectionState | undefined): boolean => nextDue(state, NOW, EVERY) <= NOW;

describe("a collection is due", () => {
  test.each([
    ["that was never tried", undefined, true],
    ["that ended just now", ended(NOW), false],
    ["a minute too early", ended(ago(EVERY - MINUTE)), false],
    ["after its time", ended(ago(EVERY)), true],
    ["that failed a minute ago", ended(ago(MINUTE), "GRAPH-UNREACHABLE"), false],
    ["that failed half an hour ago", ended(ago(30 * MINUTE), "GRAPH-UNREACHABLE"), true],
    ["whose answer was suspicious", ended(ago(5 * HOUR), "GRAPH-SUSPICIOUS"), false],
    ["whose answer was suspicious six hours ago", ended(ago(EVERY), "GRAPH-SUSPICIOUS"), true],
    [
      "that Graph wants later",
      ended(ago(HOUR), "GRAPH-THROTTLED", { retryAt: new Date(NOW.getTime() + 1) }),
      false,
    ],
    [
      "that Graph wants much too late",
      ended(ago(EVERY), "GRAPH-THROTTLED", { retryAt: new Date(NOW.getTime() + 99 * HOUR) }),
      true,
    ],
    ["that ended in the future by a clock a little ahead", ended(ago(-MINUTE)), false],
    ["that ended in the future by a wrong clock", ended(ago(-2 * MINUTE)), true],
  ])("or not: one %s: %#", (_which, state, due) => {
    expect(isDue(state)).toBe(due);
  });

  test("within its time at the latest, whatever the clock was set to and however the last one ended", () => {
    const step = fc.integer({ min: -400 * 24 * HOUR, max: 400 * 24 * HOUR });
    const code = fc.constantFrom<ProblemCode | undefined>(
      undefined,
      "GRAPH-THROTTLED",
      "GRAPH-SUSPICIOUS",
      "INTERNAL",
    );
    fc.assert(
      fc.property(step, fc.option(step), code, (at, retryAt, fault) => {
        const facts = retryAt === null ? {} : { retryAt: ago(-retryAt) };
        const due = nextDue(ended(ago(-at), fault, facts), NOW, EVERY);

        return due.getTime() <= NOW.getTime() + EVERY + MINUTE;
      }),
    );
  });
});

function scheduled(states: readonly CollectionState[], collect?: () => Promise<void>) {
  const begun: CollectionName[] = [];
  let wake: (() => void) | undefined;
  const log = recordingLog();
  const run = (name: CollectionName) => ({
    name,
    collect() {
      begun.push(name);
      return { progress: () => ({ pages: 0, rows: 0 }), done: collect?.() ?? Promise.resolve() };
    },
  });
  const schedule = createCollectSchedule({
    collections: [run("usage"), run("people")],
    store: { states: async () => states },
    source: async () => newSource(),
    every: EVERY,
    wakeUps: {
      async start(woken) {
        wake = woken;
        woken();
      },
      stop: async () => undefined,
    },
    cohort: { during: (collection) => collection() },
    clock: testClock(),
    log,
  });
  return { schedule, begun, log, wake: () => wake?.() };
}

describe("the schedule", () => {
  test("collects what is due at the start, one after the other", async () => {
    const { schedule, begun } = scheduled([{ name: "people", last: { at: NOW } }]);

    await schedule.start();
    await expect.poll(() => begun).toEqual(["usage"]);
    await schedule.stop();

    expect(begun).toEqual(["usage"]);
  });

  test("does not begin again while it runs, and does with the next wake-up", async () => {
    const gates: (() => void)[] = [];
    const { schedule, begun, wake } = scheduled([], () => new Promise((resolve) => gates.push(resolve)));
    await schedule.start();
    await expect.poll(() => gates.length).toBe(1);
    wake();
    wake();
    gates.shift()?.();
    await expect.poll(() => gates.length).toBe(1);
    gates.shift()?.();
    await expect.poll(() => begun).toEqual(["usage", "people"]);

    await expect
      .poll(() => {
        wake();
        return begun.length;
      })
      .toBe(3);
    const stopped = schedule.stop();
    gates.shift()?.();
    await stopped;

    expect(begun).toEqual(["usage", "people", "usage"]);
  });

  test("goes on with the next report after one that failed, and says so", async () => {
    const { schedule, begun, log } = scheduled([], () => Promise.reject(new AppError("GRAPH-LICENCE")));

    await schedule.start();
    await expect.poll(() => begun).toEqual(["usage", "people"]);
    await schedule.stop();

    expect(log.text()).toContain("GRAPH-LICENCE");
  });
});
