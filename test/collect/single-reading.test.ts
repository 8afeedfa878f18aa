import { describe, expect, test } from "vitest";
import { createSingleReading } from "../../src/collect/single-reading.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { Collected } from "../../src/ports/collections.ts";
import { NOW, recordingLog, testClock } from "../graph/setup.ts";
import { loneSite } from "./site.ts";

const EXPIRED = () => new AppError("GRAPH-PAGING", { status: 400 });
const EMPTY = () => new AppError("GRAPH-NOT-COLLECTED", {});

/** Reads these one after the other; a function throws. */
function reading(answers: readonly (number | (() => Error))[]) {
  const left = [...answers];
  const saved: Collected[] = [];
  const clock = testClock();
  const log = recordingLog();
  const site = loneSite({ clock, log });
  const single = createSingleReading<void, Collected, Collected>({
    name: "usage",
    async read() {
      const answer = left.shift();
      if (typeof answer !== "number") {
        throw answer?.() ?? new Error("nobody expected one more reading");
      }
      return { reader: "events", readAt: clock.now(), pages: 1, rowsRead: answer };
    },
    save: async (fresh) => {
      saved.push(fresh);
    },
    stored: async () => saved.at(-1),
    site,
  });
  const state = async () => (await site.collections.states(await site.source()))[0];
  const read = () => single.start(undefined, clock.now()).reading;
  return { single, read, saved, left, log, clock, state };
}

describe("a reading", () => {
  test("begins again once when a link to a page has expired", async () => {
    const { read, saved, log } = reading([EXPIRED, 500]);

    expect(await read()).toMatchObject({ rowsRead: 500 });
    expect(saved).toHaveLength(1);
    expect(log.text()).toContain("read again");
  });

  test("does not begin a third time", async () => {
    const { read, saved, left } = reading([EXPIRED, EXPIRED, 500]);

    await expect(read()).rejects.toMatchObject({ code: "GRAPH-PAGING" });
    expect([saved, left]).toEqual([[], [500]]);
  });

  test("does not begin again for pages that repeat themselves", async () => {
    const { read, left } = reading([() => new AppError("GRAPH-PAGING", {}), 500]);

    await expect(read()).rejects.toMatchObject({ code: "GRAPH-PAGING" });
    expect(left).toEqual([500]);
  });

  test("that is much smaller than the one before is refused, and written down", async () => {
    const { read, saved, state } = reading([10_000, 4_000]);
    await read();

    await expect(read()).rejects.toMatchObject({ code: "GRAPH-SUSPICIOUS" });

    expect(saved).toHaveLength(1);
    expect(await state()).toMatchObject({
      last: { fault: { code: "GRAPH-SUSPICIOUS" } },
      complete: { rowsRead: 10_000 },
      suspect: { rowsRead: 4_000 },
    });
  });

  test("without a row is suspicious after one with rows, and not collected without one", async () => {
    const first = reading([EMPTY]);
    const second = reading([10, EMPTY]);
    await second.read();

    await expect(first.read()).rejects.toMatchObject({ code: "GRAPH-NOT-COLLECTED" });
    await expect(second.read()).rejects.toMatchObject({ code: "GRAPH-SUSPICIOUS" });
  });

  test("that stays small is saved a day later", async () => {
    const { read, saved, clock, state } = reading([10_000, 4_000, 4_100]);
    await read();
    await expect(read()).rejects.toMatchObject({ code: "GRAPH-SUSPICIOUS" });
    await clock.sleep(24 * 3_600_000);

    await read();

    expect(saved.map(({ rowsRead }) => rowsRead)).toEqual([10_000, 4_100]);
    expect((await state())?.suspect).toBeUndefined();
  });

  test("that ended before the clock was set back is no answer to who asks after that", async () => {
    const { single, read, clock } = reading([500]);
    await read();
    const ended = clock.now();
    expect(single.endedSince(ended)).toMatchObject({ rowsRead: 500 });

    await clock.sleep(-3_600_000);

    expect(single.endedSince(clock.now())).toBeUndefined();
  });

  test("is written down with what it failed of", async () => {
    const { read, state } = reading([() => new AppError("GRAPH-UNREACHABLE", { status: 503 })]);

    await expect(read()).rejects.toMatchObject({ code: "GRAPH-UNREACHABLE" });

    expect(await state()).toMatchObject({
      last: { at: NOW, fault: { code: "GRAPH-UNREACHABLE", facts: { status: 503 } } },
    });
  });
});
