import { expect, test } from "vitest";
import { createReadiness } from "../../src/http/readiness.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { AppError, type ProblemCode } from "../../src/kernel/problem.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const HOUR_AGO = new Date(NOW.getTime() - 3_600_000);
const COMPLETE = { name: "usage", complete: { readAt: HOUR_AGO } };
const ABOUT = { kind: "embedded", schema: 7 };

/** Nobody's patience ends unless the test says so. */
function clockOf(sleep: Clock["sleep"] = () => new Promise(() => undefined)): Clock {
  return { now: () => NOW, sleep };
}

type Parts = Parameters<typeof createReadiness>[0];

function readinessOf(parts: Partial<Parts> = {}) {
  return createReadiness({
    about: async () => ABOUT,
    schema: 7,
    token: () => "ok",
    collections: async () => [COMPLETE],
    clock: clockOf(),
    storeWithin: 2_000,
    ...parts,
  });
}

function withProblem(code: ProblemCode): Parts["collections"] {
  return async () => [{ ...COMPLETE, last: { fault: { code } } }];
}

test("is ready where the store answers, and tells token and age of the numbers", async () => {
  const report = await readinessOf()();

  expect(report).toEqual({
    ready: true,
    status: "ready",
    store: { state: "ok", kind: "embedded" },
    graph: { token: "ok" },
    collections: { usage: { readAt: "2026-11-24T11:00:00.000Z", ageSeconds: 3_600 } },
  });
});

test("is ready without Graph, and says what it failed of", async () => {
  const report = await readinessOf({
    token: () => "GRAPH-SIGN-IN",
    collections: withProblem("GRAPH-SIGN-IN"),
  })();

  expect(report).toMatchObject({
    ready: true,
    graph: { token: "GRAPH-SIGN-IN" },
    collections: { usage: { ageSeconds: 3_600, problem: "GRAPH-SIGN-IN" } },
  });
});

test("is ready where nothing has been read yet", async () => {
  const report = await readinessOf({
    collections: async () => [],
  })();

  expect(report).toMatchObject({ ready: true, collections: {} });
});

test("is not ready where the store fails, and says no more of it than its code", async () => {
  const about = async () => {
    throw new AppError("STORE-UNAVAILABLE", { detail: "the disk is full" });
  };

  const report = await readinessOf({ about })();

  expect(report).toMatchObject({
    ready: false,
    status: "store",
    store: { state: "STORE-UNAVAILABLE" },
    collections: {},
  });
  expect(JSON.stringify(report)).not.toContain("disk");
});

test("is not ready where the store hangs, and asks it once however often it is probed", async () => {
  let asked = 0;
  const about = () => {
    asked += 1;
    return new Promise<never>(() => undefined);
  };
  const readiness = readinessOf({ about, clock: clockOf(async () => undefined) });

  const reports = [await readiness(), await readiness()];

  expect(reports.map(({ status }) => status)).toEqual(["store", "store"]);
  expect(asked).toBe(1);
});

test("asks a store that has come back anew", async () => {
  const answers = [Promise.reject(new AppError("STORE-UNAVAILABLE")), Promise.resolve(ABOUT)];
  const readiness = readinessOf({ about: () => answers.shift() ?? Promise.resolve(ABOUT) });

  const reports = [await readiness(), await readiness()];

  expect(reports.map(({ ready }) => ready)).toEqual([false, true]);
});

test("is not ready where a newer version has changed the tables", async () => {
  const report = await readinessOf({ about: async () => ({ ...ABOUT, schema: 8 }) })();

  expect(report).toMatchObject({ ready: false, status: "migrations", store: { state: "ok" } });
});
