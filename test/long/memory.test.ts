import { expect, onTestFinished, test } from "vitest";
import type { GraphClient } from "../../src/graph/graph-client.ts";
import { createPeopleLists } from "../../src/graph/people-lists.ts";
import { createPeopleReader } from "../../src/graph/people-reader.ts";
import { createUsageReader } from "../../src/graph/usage-reader.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { ReadOptions } from "../../src/ports/usage.ts";
import { SERVICE_ACCOUNTS_GROUP } from "../../src/sample-tenant/viewers.ts";
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

/** Reads everything and resolves with the number of rows. */
type Read = (client: GraphClient, options: ReadOptions) => Promise<number>;

const READINGS: readonly (readonly [what: string, read: Read])[] = [
  [
    "events",
    async (client, options) => {
      const parts = { client, clock: systemClock, log: recordingLog(), mode: "events" } as const;
      return (await createUsageReader(parts).read("D30", options)).rowsRead;
    },
  ],
  [
    "people",
    async (client, options) => {
      const parts = { client, clock: systemClock, log: recordingLog(), mode: "events" } as const;
      const excludeGroups = [SERVICE_ACCOUNTS_GROUP];
      return (await createPeopleReader({ ...parts, excludeGroups }).read(options)).rowsRead;
    },
  ],
  [
    "a list of people",
    async (client, options) => {
      const lists = createPeopleLists({ client, mode: "auto", excludeGroups: [] });
      let rows = 0;
      for await (const page of lists.registered("without-mfa", "everyone", options)) {
        rows += page.length;
      }
      return rows;
    },
  ],
];

async function growthOf(people: number, read: Read): Promise<Growth> {
  const child = await startChild(TENANT, String(people));
  onTestFinished(() => child.kill());
  const { url, token } = (await child.next()) as { url: string; token: string };
  const client = clientOf(url, { clock: systemClock, credential: tokenCredential(token) });
  const before = heapInUse();
  let fullest = before;
  const rows = await read(client, {
    signal: new AbortController().signal,
    onProgress: () => {
      fullest = Math.max(fullest, heapInUse());
    },
  });
  return { rows, bytes: fullest - before };
}

test.each(READINGS)(
  "a reading of %s of 100,000 people takes no more memory than of 2,500",
  async (what, read) => {
    expect(globalThis.gc).toBeTypeOf("function");
    // What is loaded once is no part of a reading.
    await growthOf(2_500, read);

    const small = await growthOf(2_500, read);
    const large = await growthOf(100_000, read);

    const ratio = large.bytes / small.bytes;
    const told = [small, large].map(({ rows, bytes }) => `${rows} rows: ${Math.round(bytes / 1024)} KB`);
    process.stdout.write(`Memory of ${what}: ${told.join(", ")}, ratio ${ratio.toFixed(2)}\n`);
    expect(large.rows).toBeGreaterThan(30 * small.rows);
    expect(small.bytes).toBeGreaterThan(0);
    expect(ratio).toBeLessThan(FLAT);
  },
);
