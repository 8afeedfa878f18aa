import { expect, test } from "vitest";
import { createSingleReading } from "../../src/collect/single-reading.ts";
import type { Log } from "../../src/kernel/log.ts";
import { AppError } from "../../src/kernel/problem.ts";

const NOW = new Date("2026-11-21T13:32:00Z");
const quiet = (): void => undefined;
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => log };

test("a reading that failed is remembered with its time, also after one that did not", async () => {
  const outcomes = [new AppError("GRAPH-UNREACHABLE", { status: 503 }), undefined];
  const single = createSingleReading<void, string>({
    name: "usage",
    async readAndSave() {
      const fault = outcomes.shift();
      if (fault) {
        throw fault;
      }
      return "read";
    },
    facts: () => ({}),
    clock: { now: () => NOW, sleep: () => Promise.resolve() },
    log,
  });

  const before = single.lastProblem();
  const failed = single.start().reading;
  await expect(failed).rejects.toMatchObject({ code: "GRAPH-UNREACHABLE" });
  await single.start().reading;

  expect(before).toBeUndefined();
  expect(single.lastProblem()).toEqual({ code: "GRAPH-UNREACHABLE", at: NOW });
});
