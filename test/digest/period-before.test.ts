import { describe, expect, it } from "vitest";
import { periodBefore } from "../../src/digest/period-before.ts";
import { toTenantId } from "../../src/kernel/ids.ts";
import type { HistorySpan, UsageSource, UsageSum } from "../../src/ports/usage.ts";
import { NOW, snapshotOf } from "../views/samples.ts";

const DAY = 86_400_000;
const FROM = new Date("2026-11-14T13:00:00Z");
const WEEK_BEFORE = new Date("2026-11-07T13:00:00Z");
const SUM: UsageSum = { feature: "reset", method: "email", isSuccess: true, reason: "", count: 4 };

function sourceOf(): UsageSource {
  const tenantId = toTenantId("7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01");
  if (!tenantId) {
    throw new Error("the tenant's id is a GUID");
  }
  return { tenantId, graphHost: "graph.microsoft.com" };
}

function earlier(since: Date | undefined, reader: "events" | "legacy" = "events") {
  const asked: (readonly [Date, Date])[] = [];
  const covered: HistorySpan | undefined = since && { from: since, to: NOW, readAt: NOW };
  const store = {
    covered: async () => covered,
    sums: async (_source: UsageSource, from: Date, to: Date) => {
      asked.push([from, to]);
      return [SUM];
    },
  };
  const snapshot = snapshotOf([], { period: "D7", from: FROM, reader });
  return { asked, found: periodBefore(snapshot, store, sourceOf()) };
}

describe("the period before a snapshot", () => {
  it("ends where the snapshot begins and is as long as its period", async () => {
    const { asked, found } = earlier(WEEK_BEFORE);

    expect(await found).toEqual({
      since: WEEK_BEFORE,
      rows: [{ feature: "reset", method: "email", successes: 4, failures: 0 }],
    });
    expect(asked).toEqual([[WEEK_BEFORE, FROM]]);
  });

  it("has no rows where not all of it is stored", async () => {
    const since = new Date(WEEK_BEFORE.getTime() + DAY / 96);

    expect(await earlier(since).found).toEqual({ since });
  });

  it("is not known where nothing is stored, or the report has no times", async () => {
    expect(await earlier(undefined).found).toEqual({});
    expect(await earlier(WEEK_BEFORE, "legacy").found).toEqual({});
  });
});
