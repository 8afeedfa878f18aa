import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { PERIODS, READER_IDS } from "../../src/ports/usage.ts";
import { openStore } from "../../src/store/pglite.ts";
import { type Child, startChild } from "../support/child.ts";
import { dataDirectory, emptyDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { newSource } from "./readings.ts";

const KEEP_SAVING = new URL("./fixtures/keep-saving.mjs", import.meta.url);

async function prepared(make: () => Promise<TemporaryDirectory>): Promise<string> {
  const directory = await make();
  onTestFinished(() => directory.remove());
  return directory.path;
}

async function started(directory: string, tenantId: string, first: number): Promise<Child> {
  const child = await startChild(KEEP_SAVING, directory, tenantId, String(first));
  onTestFinished(() => child.kill());
  return child;
}

describe("a process that is killed", () => {
  test("in the midst of saving loses nothing that was saved and shows no half of a reading", {
    timeout: 60_000,
  }, async () => {
    const directory = await prepared(dataDirectory);
    const source = newSource();
    let saved = 0;

    // Different pauses, so that the kill meets different moments of a save.
    for (const pause of [0, 3, 7, 12]) {
      const child = await started(directory, source.tenantId, saved + 1);
      await child.next();
      for (let saves = 0; saves < 5; saves += 1) {
        saved = Number(await child.next());
      }
      await delay(pause);
      await child.kill();
      saved = Math.max(saved, ...child.rest().map(Number));

      const store = await openStore(directory);
      const found = await Promise.all(
        PERIODS.map((period) => store.snapshots.latest(source, period, READER_IDS)),
      );
      const sums = await store.snapshots.sums(source, new Date(0), new Date(1_000_000_000));
      const covered = await store.snapshots.covered(source);
      await store.close();

      const number = found[0]?.pages ?? 0;
      // What was on its way when the kill came may be there too, but then the whole of it.
      expect([saved, saved + 1]).toContain(number);
      const figures = found.flatMap((snapshot) => [
        snapshot?.readAt.getTime(),
        ...(snapshot?.rows.map((row) => row.successes) ?? []),
      ]);
      expect(figures).toHaveLength(3 * 61);
      expect(new Set(figures)).toEqual(new Set([number]));
      expect(sums.map(({ count }) => count)).toEqual([100 * number]);
      expect(covered?.readAt.getTime()).toBe(number);
      saved = number;
    }
  });

  test("while it makes its database leaves a directory that can be opened", { timeout: 60_000 }, async () => {
    const directory = await prepared(emptyDirectory);
    const child = await started(directory, newSource().tenantId, 1);
    await expect
      .poll(() => readdir(join(directory, "database.new")).catch(() => []), { timeout: 30_000, interval: 1 })
      .toContain("base");
    await child.kill();

    const left = await readdir(directory);
    const store = await openStore(directory);
    await store.close();

    expect(left).toEqual(["database.new"]);
    expect(await readdir(directory)).toEqual(["database"]);
  });
});
