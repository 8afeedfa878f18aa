import { describe, expect, test } from "vitest";
import { createPeopleCollector } from "../../src/collect/people-collector.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { PeopleReading, PeopleStore } from "../../src/ports/people.ts";
import type { ReadOptions } from "../../src/ports/usage.ts";
import { NOW, recordingLog, testClock } from "../graph/setup.ts";
import { peopleReading } from "../store/people-contract.ts";
import { newSource } from "../store/readings.ts";
import { loneSite } from "./site.ts";

const SOURCE = newSource();

/** A reader whose readings end when the test says so. */
function controlledReader() {
  const readings: {
    readonly options: ReadOptions;
    readonly end: (reading: PeopleReading) => void;
    readonly fail: (reason: unknown) => void;
  }[] = [];
  const read = (options: ReadOptions) =>
    new Promise<PeopleReading>((end, fail) => {
      options.signal.addEventListener("abort", () => fail(options.signal.reason));
      readings.push({ options, end, fail });
    });
  return { read, readings };
}

function memoryStore(): PeopleStore & { readonly saved: readonly PeopleReading[] } {
  const saved: PeopleReading[] = [];
  return {
    saved,
    save: async (_source, reading) => {
      saved.push(reading);
    },
    latest: async (_source, readers) => saved.findLast(({ reader }) => readers.includes(reader)),
  };
}

function collecting(
  changes: { readonly store?: PeopleStore; readonly excludeGroups?: readonly string[] } = {},
) {
  const reader = controlledReader();
  const store = memoryStore();
  const clock = testClock();
  const log = recordingLog();
  const readers = ["details", "legacy"] as const;
  const parts = {
    reader,
    readers,
    excludeGroups: [],
    store,
    site: loneSite({ clock, log }, SOURCE),
    ...changes,
  };
  return { collector: createPeopleCollector(parts), reader, store, clock, log };
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

describe("collecting people", () => {
  test("reads once for all who ask meanwhile, and saves it once", async () => {
    const { collector, reader, store } = collecting();
    const asked = [collector.collect(NOW), collector.collect(NOW)];

    (await begun(reader)).end(peopleReading(6));
    const done = await Promise.all(asked.map((one) => one.done));

    expect(done).toEqual([peopleReading(6), peopleReading(6)]);
    expect(reader.readings).toHaveLength(1);
    expect(store.saved).toEqual([peopleReading(6)]);
    expect(await collector.latest()).toEqual(peopleReading(6));
  });

  test("answers with what its own readers stored", async () => {
    const { collector, store } = collecting();
    await store.save(SOURCE, peopleReading(6, { reader: "legacy" }));
    await store.save(SOURCE, peopleReading(7, { reader: "summaries" }));

    expect(await collector.latest()).toMatchObject({ reader: "legacy" });
  });

  test.each([
    ["the same groups were left out", ["a", "b"], 7],
    ["none was left out before", undefined, undefined],
    ["another one was left out before", ["a", "c"], undefined],
  ] as const)("answers with stored counts only when %s", async (_when, stored, people) => {
    const { collector, store } = collecting({ excludeGroups: ["b", "a"] });
    await store.save(SOURCE, peopleReading(7, stored && { excludeGroups: stored }));

    expect((await collector.latest())?.scopes.members?.people).toBe(people);
  });

  test("answers with Graph's own sums whatever should be left out of them", async () => {
    const { collector, store } = collecting({ excludeGroups: ["a"] });
    await store.save(SOURCE, peopleReading(7, { reader: "legacy" }));

    expect(await collector.latest()).toBeDefined();
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
    (await begun(reader)).end(peopleReading(6));
    await first.done;

    const again = await collector.collect(NOW).done;

    expect(again).toEqual(peopleReading(6));
    expect(reader.readings).toHaveLength(1);
  });

  test("reads anew for a question that comes after the end of the last reading", async () => {
    const { collector, reader, clock } = collecting();
    const first = collector.collect(NOW);
    (await begun(reader)).end(peopleReading(6));
    await first.done;
    await clock.sleep(1);

    const second = collector.collect(clock.now());
    (await begun(reader, 2)).end(peopleReading(7));

    expect(await second.done).toEqual(peopleReading(7));
  });

  test("rejects all who wait when the reading fails, and reads anew for the next", async () => {
    const { collector, reader, store, log } = collecting();
    const asked = [collector.collect(NOW), collector.collect(NOW)];
    (await begun(reader)).fail(new AppError("GRAPH-THROTTLED"));

    const outcomes = await Promise.allSettled(asked.map((one) => one.done));
    const next = collector.collect(NOW);
    (await begun(reader, 2)).end(peopleReading(6));

    const refused = { status: "rejected", reason: { code: "GRAPH-THROTTLED" } };
    expect(outcomes).toMatchObject([refused, refused]);
    expect(await next.done).toEqual(peopleReading(6));
    expect(store.saved).toHaveLength(1);
    expect(log.text()).toContain("collecting people failed");
  });

  test("has failed when the numbers cannot be saved", async () => {
    const failing: PeopleStore = {
      save: async () => {
        throw new AppError("STORE-UNAVAILABLE");
      },
      latest: async () => undefined,
    };
    const { collector, reader } = collecting({ store: failing });

    const collection = collector.collect(NOW);
    (await begun(reader)).end(peopleReading(6));

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
