import { describe, expect, test } from "vitest";
import { createRegistrationCollector } from "../../src/collect/registration-collector.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { RegistrationReading, RegistrationStore } from "../../src/ports/registration.ts";
import type { ReadOptions } from "../../src/ports/usage.ts";
import { NOW, recordingLog, testClock } from "../graph/setup.ts";
import { newSource } from "../store/readings.ts";
import { registrations } from "../store/registration-contract.ts";

const SOURCE = newSource();

/** A reader whose readings end when the test says so. */
function controlledReader() {
  const readings: {
    readonly options: ReadOptions;
    readonly end: (reading: RegistrationReading) => void;
    readonly fail: (reason: unknown) => void;
  }[] = [];
  const read = (options: ReadOptions) =>
    new Promise<RegistrationReading>((end, fail) => {
      options.signal.addEventListener("abort", () => fail(options.signal.reason));
      readings.push({ options, end, fail });
    });
  return { read, readings };
}

function memoryStore(): RegistrationStore & { readonly saved: readonly RegistrationReading[] } {
  const saved: RegistrationReading[] = [];
  return {
    saved,
    save: async (_source, reading) => {
      saved.push(reading);
    },
    latest: async () => saved.at(-1),
  };
}

function collecting(changes: { readonly store?: RegistrationStore } = {}) {
  const reader = controlledReader();
  const store = memoryStore();
  const clock = testClock();
  const log = recordingLog();
  const parts = { reader, store, source: async () => SOURCE, clock, log, ...changes };
  return { collector: createRegistrationCollector(parts), reader, store, clock, log };
}

/** The reading that is under way; it begins in a turn of its own. */
async function begun({ readings }: ReturnType<typeof controlledReader>, number = 1) {
  await expect.poll(() => readings.length).toBe(number);
  const reading = readings[number - 1];
  if (!reading) {
    throw new Error("no reading has begun");
  }
  return reading;
}

describe("collecting registrations", () => {
  test("reads once for all who ask meanwhile, and saves it once", async () => {
    const { collector, reader, store } = collecting();
    const asked = [collector.collect(NOW), collector.collect(NOW)];

    (await begun(reader)).end(registrations(6));
    const done = await Promise.all(asked.map((one) => one.done));

    expect(done).toEqual([registrations(6), registrations(6)]);
    expect(reader.readings).toHaveLength(1);
    expect(store.saved).toEqual([registrations(6)]);
    expect(await collector.latest()).toEqual(registrations(6));
  });

  test("tells how far the reading is to all who wait", async () => {
    const { collector, reader } = collecting();
    const first = collector.collect(NOW);
    const before = first.progress();

    (await begun(reader)).options.onProgress({ pages: 3, rows: 2_500 });

    expect(before).toEqual({ pages: 0, rows: 0 });
    expect(first.progress()).toEqual({ pages: 3, rows: 2_500 });
    expect(collector.collect(NOW).progress()).toEqual({ pages: 3, rows: 2_500 });
  });

  test("does not repeat a reading that ended after the question", async () => {
    const { collector, reader } = collecting();
    const first = collector.collect(NOW);
    (await begun(reader)).end(registrations(6));
    await first.done;

    const again = await collector.collect(NOW).done;

    expect(again).toEqual(registrations(6));
    expect(reader.readings).toHaveLength(1);
  });

  test("reads anew for a question that comes after the end of the last reading", async () => {
    const { collector, reader, clock } = collecting();
    const first = collector.collect(NOW);
    (await begun(reader)).end(registrations(6));
    await first.done;
    await clock.sleep(1);

    const second = collector.collect(clock.now());
    (await begun(reader, 2)).end(registrations(7));

    expect(await second.done).toEqual(registrations(7));
  });

  test("rejects all who wait when the reading fails, and reads anew for the next", async () => {
    const { collector, reader, store, log } = collecting();
    const asked = [collector.collect(NOW), collector.collect(NOW)];
    (await begun(reader)).fail(new AppError("GRAPH-THROTTLED"));

    const outcomes = await Promise.allSettled(asked.map((one) => one.done));
    const next = collector.collect(NOW);
    (await begun(reader, 2)).end(registrations(6));

    const refused = { status: "rejected", reason: { code: "GRAPH-THROTTLED" } };
    expect(outcomes).toMatchObject([refused, refused]);
    expect(await next.done).toEqual(registrations(6));
    expect(store.saved).toHaveLength(1);
    expect(log.text()).toContain("collecting registrations failed");
  });

  test("has failed when the numbers cannot be saved", async () => {
    const failing: RegistrationStore = {
      save: async () => {
        throw new AppError("STORE-UNAVAILABLE");
      },
      latest: async () => undefined,
    };
    const { collector, reader } = collecting({ store: failing });

    const collection = collector.collect(NOW);
    (await begun(reader)).end(registrations(6));

    await expect(collection.done).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });
  });

  test("stops what is under way and saves nothing of it", async () => {
    const { collector, reader, store } = collecting();
    const { done } = collector.collect(NOW);
    const outcome = Promise.allSettled([done]);
    await begun(reader);

    await collector.stop();

    expect(await outcome).toMatchObject([{ status: "rejected" }]);
    expect(store.saved).toEqual([]);
  });

  test("stops when nothing is under way", async () => {
    const { collector } = collecting();

    await expect(collector.stop()).resolves.toBeUndefined();
  });
});
