import { expect, onTestFinished, test } from "vitest";
import { createUsageReader } from "../../src/graph/usage-reader.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { clientOf, recordingLog, tokenCredential } from "../graph/setup.ts";
import { startChild } from "../support/child.ts";

const TENANT = new URL("./fixtures/tenant.mjs", import.meta.url);

/**
 * The large tenant has forty times the rows, and a reading that kept them would grow as much. The counters grow
 * until every quarter of an hour has one for each method, which the small tenant does not reach.
 */
const FLAT = 10;

interface Growth {
  readonly rows: number;
  /** Bytes that were in use at the fullest moment of the reading, beyond those before it. */
  readonly bytes: number;
}

function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function growthOf(people: number): Promise<Growth> {
  const child = await startChild(TENANT, String(people));
  onTestFinished(() => child.kill());
  const { url, token } = (await child.next()) as { url: string; token: string };
  const client = clientOf(url, { clock: systemClock, credential: tokenCredential(token) });
  const reader = createUsageReader({ client, clock: systemClock, log: recordingLog(), mode: "events" });
  const before = heapInUse();
  let fullest = before;
  const { rowsRead } = await reader.read("D30", {
    signal: new AbortController().signal,
    onProgress: () => {
      fullest = Math.max(fullest, heapInUse());
    },
  });
  return { rows: rowsRead, bytes: fullest - before };
}

test("a reading of 100,000 people takes no more memory than one of 2,500", async () => {
  expect(globalThis.gc).toBeTypeOf("function");
  // What is loaded once is no part of a reading.
  await growthOf(2_500);

  const small = await growthOf(2_500);
  const large = await growthOf(100_000);

  const ratio = large.bytes / small.bytes;
  const told = [small, large].map(({ rows, bytes }) => `${rows} rows: ${Math.round(bytes / 1024)} KB`);
  process.stdout.write(`Memory of a reading: ${told.join(", ")}, ratio ${ratio.toFixed(2)}\n`);
  expect(large.rows).toBeGreaterThan(30 * small.rows);
  expect(small.bytes).toBeGreaterThan(0);
  expect(ratio).toBeLessThan(FLAT);
});
