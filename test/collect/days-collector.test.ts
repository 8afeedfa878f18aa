import { describe, expect, test } from "vitest";
import { createDaysCollector } from "../../src/collect/days-collector.ts";
import { AppError } from "../../src/kernel/problem.ts";
import type { DailyReport, DaysReading, DaysStore } from "../../src/ports/days.ts";
import type { ReadOptions } from "../../src/ports/usage.ts";
import { NOW, recordingLog, testClock } from "../graph/setup.ts";
import { loneSite } from "./site.ts";

const LICENCE = new AppError("GRAPH-LICENCE", { status: 403 });
const EMPTY = new AppError("GRAPH-NOT-COLLECTED");

const CONTENTS = {
  passwords: { resetsByAdmin: 1, resetsSelfService: 2, changesSelfService: 3 },
  signIns: { total: 3, singleFactor: 1, multiFactor: 2 },
} as const;

function memoryStore(kept = 0): DaysStore & { readonly saved: readonly string[] } {
  const saved: string[] = [];
  const read: Partial<Record<DailyReport, Date>> = {};
  return {
    saved,
    async save(_source, { report, readAt }) {
      saved.push(report);
      read[report] = readAt;
      return { kept };
    },
    days: async () => [],
    lastRead: async () => ({ ...read }),
  };
}

/** Readers that fail of what is named; it can be changed between two readings. */
function collecting(failing: { passwords?: unknown; signIns?: unknown } = {}, store = memoryStore()) {
  const clock = testClock();
  const log = recordingLog();
  let readings = 0;
  function reader<Report extends DailyReport>(report: Report, counts: (typeof CONTENTS)[Report]) {
    return {
      async read({ onProgress, signal }: ReadOptions): Promise<DaysReading<Report>> {
        readings += 1;
        onProgress({ pages: 1, rows: 10 });
        await new Promise((go) => setImmediate(go));
        signal.throwIfAborted();
        if (failing[report]) {
          throw failing[report];
        }
        return { report, readAt: clock.now(), pages: 1, rowsRead: 1, days: [{ day: "2025-07-16", counts }] };
      },
    };
  }
  const readers = {
    passwords: reader("passwords", CONTENTS.passwords),
    signIns: reader("signIns", CONTENTS.signIns),
  };
  const collector = createDaysCollector({ readers, store, site: loneSite({ clock, log }) });
  return { collector, store, clock, log, readings: () => readings };
}

describe("collecting days", () => {
  test("reads both reports once for all who ask meanwhile, and counts the pages of both", async () => {
    const { collector, store, readings } = collecting();
    const [first, second] = [collector.collect(NOW), collector.collect(NOW)];

    const read = await first.done;

    expect(read).toEqual({ readAt: NOW, passwords: { readAt: NOW }, signIns: { readAt: NOW } });
    expect(await second.done).toEqual(read);
    expect(first.progress()).toEqual({ pages: 2, rows: 20 });
    expect(store.saved).toEqual(["passwords", "signIns"]);
    expect(await collector.collect(NOW).done).toEqual(read);
    expect(readings()).toBe(2);
  });

  test.each([
    ["passwords", "signIns"],
    ["signIns", "passwords"],
  ] as const)("keeps the other report where that of %s fails, and says why", async (failed, other) => {
    const { collector, store, log } = collecting({ [failed]: LICENCE });

    const read = await collector.collect(NOW).done;

    const problem = { code: "GRAPH-LICENCE", at: NOW };
    expect(read).toEqual({ readAt: NOW, [failed]: { problem }, [other]: { readAt: NOW } });
    expect(store.saved).toEqual([other]);
    expect(log.text()).toContain("GRAPH-LICENCE");
  });

  test("rejects with the first problem where neither report comes, and knows nothing", async () => {
    const { collector, store } = collecting({ passwords: LICENCE, signIns: EMPTY });

    await expect(collector.collect(NOW).done).rejects.toBe(LICENCE);

    expect(store.saved).toEqual([]);
    expect(await collector.latest()).toBeUndefined();
  });

  test("changes nothing that is stored by an empty report, and names the problem until the report comes", async () => {
    const failing: { passwords?: unknown } = {};
    const { collector, clock, store } = collecting(failing);
    await collector.collect(NOW).done;
    await clock.sleep(1_000);
    failing.passwords = EMPTY;

    const empty = await collector.collect(clock.now()).done;
    await clock.sleep(1_000);
    failing.passwords = undefined;
    const whole = await collector.collect(clock.now()).done;

    expect(empty.passwords).toMatchObject({ readAt: NOW, problem: { code: "GRAPH-SUSPICIOUS" } });
    expect(store.saved).toEqual(["passwords", "signIns", "signIns", "passwords", "signIns"]);
    expect(whole.passwords).toEqual({ readAt: clock.now() });
  });

  test("logs how many days were kept", async () => {
    const { collector, log } = collecting({}, memoryStore(3));

    await collector.collect(NOW).done;

    expect(log.text()).toContain('"report":"passwords","kept":3');
  });

  test("is rejected as a whole by a store that does not answer", async () => {
    const store = { ...memoryStore(), save: () => Promise.reject(new AppError("STORE-UNAVAILABLE")) };
    const { collector, readings } = collecting({}, store);

    await expect(collector.collect(NOW).done).rejects.toMatchObject({ code: "STORE-UNAVAILABLE" });

    expect(readings()).toBe(2);
  });

  test("stops what is under way, which is nobody's fault", async () => {
    const { collector, store } = collecting();
    const { done } = collector.collect(NOW);
    const rejected = expect(done).rejects.toMatchObject({ name: "CollectionStopped" });

    await collector.stop();

    await rejected;
    expect(store.saved).toEqual([]);
  });
});
