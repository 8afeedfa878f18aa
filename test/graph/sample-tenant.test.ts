import { describe, expect, it, onTestFinished } from "vitest";
import { createQuota } from "../../src/graph/quota.ts";
import { createUsageReader, type ReportMode } from "../../src/graph/usage-reader.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { UsageReading } from "../../src/ports/usage.ts";
import type { SampleTenant, SampleTenantOptions } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { clientOf, QUICK, readOptions, recordingLog, tokenCredential } from "./setup.ts";

async function open(options: SampleTenantOptions): Promise<SampleTenant> {
  const tenant = await startSampleTenant(options);
  onTestFinished(() => tenant.close());
  return tenant;
}

function read(tenant: SampleTenant, kind: "app" | "delegated", mode: ReportMode, quotaWindow = 1) {
  const timings = { ...QUICK, quotaWindow };
  const clock = systemClock;
  const credential = tokenCredential(tenant.token(kind));
  const client = clientOf(tenant.url, { clock, timings, credential, quota: createQuota({ timings, clock }) });
  return createUsageReader({ client, clock, log: recordingLog(), mode }).read("D30", readOptions());
}

/** Successes and failures of each feature in the last 30 days, which have no other name in any report. */
function totals({ summaries }: UsageReading): Readonly<Record<string, readonly [number, number]>> {
  const sums: Record<string, [number, number]> = {};
  for (const row of summaries.find(({ period }) => period === "D30")?.rows ?? []) {
    const [successes, failures] = sums[row.feature] ?? [0, 0];
    sums[row.feature] = [successes + row.successes, failures + row.failures];
  }
  return sums;
}

describe("reading the sample tenant", () => {
  it("gives the same numbers with every reader", async () => {
    const tenant = await open({ quota: 1_000, int64AsText: true });

    const legacy = await read(tenant, "app", "legacy");
    const activity = await read(tenant, "delegated", "auto");
    const events = await read(tenant, "app", "auto");

    expect([legacy.reader, activity.reader, events.reader]).toEqual(["legacy", "activity", "events"]);
    expect(Object.keys(totals(events)).sort()).toEqual(["registration", "reset"]);
    expect(totals(legacy)).toEqual(totals(events));
    expect(totals(activity)).toEqual(totals(events));
  });

  it("never asks faster than the tenant allows", async () => {
    const tenant = await open({ people: 40, pageSize: 4, quotaWindow: 200 });

    const reading = await read(tenant, "app", "events", 600);

    expect(reading.pages).toBeGreaterThan(5);
    expect(tenant.requests.map(({ status }) => status)).toEqual(Array(reading.pages).fill(200));
  });
});
