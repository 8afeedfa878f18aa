import { randomUUID } from "node:crypto";
import { type TenantId, toTenantId } from "../../src/kernel/ids.ts";
import type { UsageReading, UsageSource } from "../../src/ports/usage.ts";

/** A source that no other test has: tests share one database, as tenants do. */
export function newSource(graphHost = "graph.microsoft.com"): UsageSource {
  return { tenantId: newTenant(), graphHost };
}

export function newTenant(): TenantId {
  const tenantId = toTenantId(randomUUID());
  if (!tenantId) {
    throw new Error("a random UUID is a GUID");
  }
  return tenantId;
}

export const READ_AT = new Date("2026-11-20T09:14:15.926Z");

/** A reading of the last day; every figure in it is `count`. */
export function reading(count: number, changes: Partial<UsageReading> = {}): UsageReading {
  const readAt = changes.readAt ?? READ_AT;
  return {
    reader: "events",
    readAt,
    summaries: [
      {
        period: "D1",
        from: new Date("2026-11-19T09:00:00.000Z"),
        to: readAt,
        rows: [{ feature: "reset", method: "email", successes: count, failures: count }],
      },
    ],
    pages: count,
    rowsRead: count,
    notes: [],
    ...changes,
  };
}

/** A reading of all periods. */
export function readingOfAllPeriods(count: number, changes: Partial<UsageReading> = {}): UsageReading {
  const base = reading(count, changes);
  const summaries = (["D1", "D7", "D30"] as const).flatMap((period) =>
    base.summaries.map((summary) => ({ ...summary, period })),
  );
  return { ...base, summaries };
}
