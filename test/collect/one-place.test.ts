import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inOnePlace, type Placed, type Site } from "../../src/collect/one-place.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { Collected } from "../../src/ports/collections.ts";
import { createCollectionStore } from "../../src/store/collections.ts";
import type { Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { recordingLog } from "../graph/setup.ts";
import { newSource } from "../store/readings.ts";

const LEASE = 400;
let database: Database;

beforeAll(async () => {
  database = await openPglite("memory");
  await migrate(database);
});
afterAll(() => database.close());

/** Processes on one store, each with its own name. */
function processes() {
  const source = newSource();
  const saved: Collected[] = [];
  return {
    saved,
    site(holder: string): Site {
      return {
        collections: createCollectionStore(database, true),
        source: async () => source,
        holder,
        timings: { collectionLease: LEASE },
        clock: systemClock,
        log: recordingLog(),
      };
    },
    placed(changes: Partial<Placed<Collected>> = {}): Placed<Collected> {
      return {
        name: "usage",
        since: new Date(),
        signal: new AbortController().signal,
        progress: () => ({ pages: 2, rows: 2_000 }),
        onProgress: () => undefined,
        work: () => expect.unreachable("another process is at it"),
        stored: async () => saved.at(-1),
        ...changes,
      };
    },
    /** Reads for so long and saves. */
    working(site: Site, milliseconds: number, readAt = new Date()): Placed<Collected>["work"] {
      return async (_before, signal) => {
        await delay(milliseconds, undefined, { signal });
        const collected = { reader: "events", readAt, pages: 3, rowsRead: 3_000 };
        saved.push(collected);
        const end = { kind: "complete", collected } as const;
        await site.collections.end(source, "usage", site.holder, new Date(), end);
        return collected;
      };
    },
    failing(site: Site, milliseconds: number): Placed<Collected>["work"] {
      return async () => {
        await delay(milliseconds);
        const fault = { code: "GRAPH-LICENCE", facts: { status: 403 } } as const;
        await site.collections.end(source, "usage", site.holder, new Date(), { kind: "failed", fault });
        throw new AppError(fault.code, fault.facts);
      };
    },
  };
}

describe("a collection", () => {
  test("runs in one process, and the others take what it brought and see how far it is", async () => {
    const { site, placed, working, saved } = processes();
    const one = site("one");
    const seen: unknown[] = [];

    const here = inOnePlace(one, placed({ work: working(one, LEASE) }));
    await delay(LEASE / 4);
    const there = inOnePlace(site("two"), placed({ onProgress: (progress) => seen.push(progress) }));

    expect(await there).toEqual(await here);
    expect(saved).toHaveLength(1);
    expect(seen).toContainEqual({ pages: 2, rows: 2_000 });
  });

  test("that fails elsewhere has failed here too", async () => {
    const { site, placed, failing } = processes();
    const one = site("one");
    const here = inOnePlace(one, placed({ work: failing(one, LEASE / 2) })).catch(String);
    await delay(LEASE / 8);

    await expect(inOnePlace(site("two"), placed())).rejects.toMatchObject({
      code: "GRAPH-LICENCE",
      facts: { status: 403 },
    });
    await here;
  });

  test("is not repeated where one ended after the question", async () => {
    const { site, placed, working, saved } = processes();
    const one = site("one");
    const since = new Date();
    await inOnePlace(one, placed({ since, work: working(one, 1) }));

    expect(await inOnePlace(site("two"), placed({ since }))).toEqual(saved[0]);
  });

  test("is repeated where what is stored answers another question", async () => {
    const { site, placed, working, saved } = processes();
    const [one, two] = [site("one"), site("two")];
    const since = new Date();
    await inOnePlace(one, placed({ since, work: working(one, 1) }));

    const again = placed({ since, work: working(two, 1), stored: async () => undefined });
    await inOnePlace(two, again);

    expect(saved).toHaveLength(2);
  });

  test("of a process that died is taken over when its lease ends", async () => {
    const { site, placed, working, saved } = processes();
    const dead = site("dead");
    const source = await dead.source();
    const claiming = { holder: "dead", now: new Date(), lease: LEASE };
    await dead.collections.claim(source, "usage", claiming);
    const two = site("two");

    await inOnePlace(two, placed({ work: working(two, 1) }));

    expect(saved).toHaveLength(1);
  });

  test("that takes longer than its lease stays where it is", async () => {
    const { site, placed, working, saved } = processes();
    const one = site("one");
    const here = inOnePlace(one, placed({ work: working(one, 3 * LEASE) }));
    await delay(LEASE / 8);

    await inOnePlace(site("two"), placed());
    await here;

    expect(saved).toHaveLength(1);
  });

  test("that was taken away ends here, and its outcome is that of the other process", async () => {
    const { site, placed, working, saved } = processes();
    const [slow, quick] = [site("slow"), site("quick")];
    const here = inOnePlace(slow, placed({ work: working(slow, 10 * LEASE) }));
    await delay(LEASE / 8);
    const later = { holder: "quick", now: new Date(Date.now() + 2 * LEASE), lease: LEASE };
    await quick.collections.claim(await quick.source(), "usage", later);

    await working(quick, 1)(undefined, new AbortController().signal);

    expect(await here).toEqual(saved[0]);
    expect(saved).toHaveLength(1);
  });

  test("ends when the process stops, also while it waits for another one", async () => {
    const { site, placed, working } = processes();
    const [one, two] = [site("one"), site("two")];
    const stopping = new AbortController();
    const { signal } = stopping;
    const ends = [
      inOnePlace(one, placed({ signal, work: working(one, 10 * LEASE) })),
      inOnePlace(two, placed({ signal })),
    ];
    const outcomes = Promise.allSettled(ends);
    await delay(LEASE / 8);

    stopping.abort();

    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
