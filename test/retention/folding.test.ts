import { describe, expect, test } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import type { FoldingStore, FoldLimits } from "../../src/ports/folding.ts";
import { createFolding } from "../../src/retention/folding.ts";
import { splitHours } from "../../src/retention/split-hours.ts";
import { movableClock } from "../digest/movable-clock.ts";
import { recordingLog } from "../graph/setup.ts";
import { newTenant } from "../store/readings.ts";

const DAY = 86_400_000;
const START = new Date("2026-05-31T06:30:00.000Z");

function folding(fold: FoldingStore["fold"] = async () => ({ cells: 7 })) {
  const asked: FoldLimits[] = [];
  const clock = movableClock(START);
  const log = recordingLog();
  const tenantId = newTenant();
  const store: FoldingStore = {
    fold(limits) {
      asked.push(limits);
      return fold(limits);
    },
  };
  return { folding: createFolding({ store, tenantId, clock, log }), asked, clock, log, tenantId };
}

describe("the folding", () => {
  test("folds at the start and once a day from then on", async () => {
    const run = folding();

    run.folding.start();
    await run.clock.wake();
    await run.folding.stop();

    expect(run.asked).toEqual(
      [START, new Date(START.getTime() + DAY)].map((now) => ({
        tenantId: run.tenantId,
        now,
        splitHours,
        signal: expect.any(AbortSignal),
      })),
    );
    expect(run.log.text()).toContain('"cells":7');
  });

  test("logs a fault and tries again the next day", async () => {
    const run = folding(async () => {
      throw new AppError("STORE-UNAVAILABLE", { detail: "the disk is full" });
    });

    run.folding.start();
    await run.clock.wake();
    await run.folding.stop();

    expect(run.asked).toHaveLength(2);
    expect(run.log.text()).toMatch(/could not be folded.*STORE-UNAVAILABLE.*the disk is full/);
  });

  test("ends with its signal at a stop, which is no fault", async () => {
    const run = folding(async ({ signal }) => {
      await new Promise((resolve) => signal?.addEventListener("abort", resolve));
      signal?.throwIfAborted();
      return { cells: 0 };
    });
    run.folding.start();

    await run.folding.stop();

    expect(run.log.text()).toBe("");
  });
});
