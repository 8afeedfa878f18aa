import { describe, expect, test } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import type { Purged, PurgeLimits } from "../../src/ports/retention.ts";
import { createRetention, type Retention } from "../../src/retention/retention.ts";
import { movableClock } from "../digest/movable-clock.ts";
import { recordingLog } from "../graph/setup.ts";
import { newTenant } from "../store/readings.ts";

const DAY = 86_400_000;
const START = new Date("2026-05-31T06:30:00.000Z");
const PURGED: Purged = { cells: 1, deliveries: 2, audit: 3, places: 4 };

function retaining(purge: (limits: PurgeLimits) => Promise<Purged> = async () => PURGED) {
  const asked: PurgeLimits[] = [];
  const clock = movableClock(START);
  const log = recordingLog();
  const tenantId = newTenant();
  const store = {
    purge(limits: PurgeLimits) {
      asked.push(limits);
      return purge(limits);
    },
    forget: () => expect.unreachable("nobody is forgotten"),
  };
  const retention: Retention = createRetention({
    ...{ store, tenantId, clock, log },
    keepHistory: 25,
    keepAudit: 3,
  });
  return { retention, asked, clock, log, tenantId };
}

describe("the retention", () => {
  test("deletes at the start what is older than its months, and places 30 days after the removal", async () => {
    const { retention, asked, clock, tenantId, log } = retaining();

    retention.start();
    const slept = await clock.asleep();
    await retention.stop();

    expect(slept).toBe(DAY);
    expect(asked).toEqual([
      {
        tenantId,
        historyBefore: new Date("2024-04-30T06:30:00.000Z"),
        auditBefore: new Date("2026-02-28T06:30:00.000Z"),
        removedBefore: new Date("2026-05-01T06:30:00.000Z"),
        signal: expect.any(AbortSignal),
      },
    ]);
    expect(log.text()).toContain(JSON.stringify(PURGED));
  });

  test("deletes once a day from then on, by the day that it is", async () => {
    const { retention, asked, clock } = retaining();

    retention.start();
    await clock.wake();
    await clock.wake();
    await retention.stop();

    expect(asked.map(({ removedBefore }) => removedBefore.toISOString().slice(0, 10))).toEqual([
      "2026-05-01",
      "2026-05-02",
      "2026-05-03",
    ]);
  });

  test("logs a fault and tries again the next day", async () => {
    let runs = 0;
    const { retention, clock, log } = retaining(async () => {
      runs += 1;
      if (runs === 1) {
        throw new AppError("STORE-UNAVAILABLE", { detail: "the disk is full" });
      }
      return PURGED;
    });

    retention.start();
    await clock.wake();
    await retention.stop();

    expect(runs).toBe(2);
    expect(log.text()).toMatch(/tried again in a day.*STORE-UNAVAILABLE.*the disk is full/);
  });

  test("waits at a stop for what is being deleted, which is no fault", async () => {
    let release: (() => void) | undefined;
    const { retention, asked, log } = retaining(async ({ signal }) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      signal?.throwIfAborted();
      return PURGED;
    });
    retention.start();

    let isStopped = false;
    const stopping = retention.stop().then(() => {
      isStopped = true;
    });
    await new Promise(setImmediate);
    const wasStopped = isStopped;
    release?.();
    await stopping;

    expect(wasStopped).toBe(false);
    expect(asked).toHaveLength(1);
    expect(log.text()).toBe("");
  });

  test("stops where it was never started", async () => {
    await expect(retaining().retention.stop()).resolves.toBeUndefined();
  });
});
