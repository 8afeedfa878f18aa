import { describe, expect, onTestFinished, test } from "vitest";
import { toUserId } from "../../src/kernel/ids.ts";
import type { AuditEntry, AuditLog } from "../../src/ports/audit.ts";
import {
  type AuditLine,
  type AuditRange,
  createRecords,
  LINES_A_CALL,
  markAfter,
  type Records,
} from "../../src/records/records.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { movableClock } from "../digest/movable-clock.ts";
import { newSubscription, newUser } from "../digest/subscriptions.ts";
import { recordingLog } from "../graph/setup.ts";
import { auditEntry } from "../store/audit-contract.ts";
import { newTenant } from "../store/readings.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");

async function recordsOnStore() {
  const store: Store = await openStore("memory");
  onTestFinished(() => store.close());
  const tenantId = newTenant();
  const log = recordingLog();
  const records = createRecords({
    ...store,
    ...{ log, tenantId: async () => tenantId, clock: movableClock(NOW) },
  });
  return { store, tenantId, log, records };
}

describe("forgetting a person", () => {
  test("takes the id out of digests and audit, and writes down that somebody was forgotten", async () => {
    const { store, tenantId, log, records } = await recordsOnStore();
    const person = newUser();
    const subscription = newSubscription({ tenantId, setBy: person });
    await store.subscriptions.put(subscription);
    await store.audit.record(auditEntry({ tenantId, who: person }));
    await store.audit.record(auditEntry({ tenantId, target: person }));

    const forgotten = await records.forget(person);

    expect(forgotten).toEqual({ subscriptions: 1, audit: 2 });
    const left = await store.subscriptions.get(tenantId, subscription.address.conversationId);
    expect([left?.state.kind, left?.setBy]).toEqual(["active", undefined]);
    const lines = await store.audit.since(tenantId, new Date(0), 9);
    expect(lines[0]).toMatchObject({
      at: NOW,
      who: "operator",
      what: "forgotten",
      place: "terminal",
      outcome: "subscriptions=1 audit=2",
    });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines) + log.text()).not.toContain(person);
    expect(log.text()).toContain('"what":"forgotten"');
  });

  test("leaves what belongs to somebody else", async () => {
    const { store, tenantId, records } = await recordsOnStore();
    const entry = auditEntry({ tenantId });
    await store.audit.record(entry);

    const forgotten = await records.forget(newUser());

    expect(forgotten).toEqual({ subscriptions: 0, audit: 0 });
    expect(await store.audit.since(tenantId, new Date(0), 9)).toContainEqual(entry);
  });
});

describe("the audit for whoever runs the product", () => {
  test("begins with writing down who looks, and with which bounds", async () => {
    const { store, tenantId, log, records } = await recordsOnStore();
    const entry = auditEntry({ tenantId });
    await store.audit.record(entry);

    const to = new Date("2026-11-21T00:00:00.000Z");
    const lines = await records.audit({ to });

    expect(lines).toEqual([{ ...entry, at: entry.at.toISOString() }]);
    const [newest] = await store.audit.since(tenantId, new Date(0), 9);
    expect(newest).toMatchObject({
      at: NOW,
      who: "operator",
      what: "audit",
      detail: "csv until=2026-11-21T00:00:00.000Z",
      outcome: "answered",
    });
    expect(log.text()).toContain('"what":"audit"');
  });

  test.each([1, 700, 20_000])("gives each line once in calls, %i lines of the same time", async (same) => {
    const who = toUserId("0b7c5e16-0d6f-4a51-9c3e-6a1f5b2d4e01") ?? "unknown";
    const entries = Array.from({ length: 2 * LINES_A_CALL + 300 }, (_, index) =>
      auditEntry({ at: new Date(NOW.getTime() + Math.floor(index / same)), command: `${index}`, who }),
    );
    const recorded: AuditEntry[] = [];
    const records = recordsOf(entries, recorded);

    const { lines, calls } = await all(records, {});

    expect(lines.map(({ command }) => command)).toEqual(entries.map(({ command }) => command));
    expect(calls).toBe(3);
    expect(recorded).toHaveLength(1);
  });

  test("ends where a call is full and nothing is left", async () => {
    const entries = Array.from({ length: LINES_A_CALL }, () => auditEntry({ at: NOW }));

    const { lines, calls } = await all(recordsOf(entries, []), { from: NOW });

    expect([lines.length, calls]).toEqual([LINES_A_CALL, 2]);
  });
});

/** On lines in memory, in pages of 500 as the store gives them. */
function recordsOf(entries: readonly AuditEntry[], recorded: AuditEntry[]): Records {
  const audit: AuditLog = {
    record: async (entry) => void recorded.push(entry),
    since: () => expect.unreachable("the newest are not asked for"),
    async *each(_tenantId, from, to) {
      const within = entries.filter(({ at }) => at >= from && at < to);
      for (let first = 0; first < within.length; first += 500) {
        yield within.slice(first, first + 500);
      }
    },
  };
  return createRecords({
    ...{ audit, log: recordingLog(), tenantId: async () => newTenant(), clock: movableClock(NOW) },
    retention: { forget: () => expect.unreachable("nobody is forgotten") },
  });
}

/** As the command line asks, call after call. */
async function all(
  records: Records,
  range: AuditRange,
): Promise<{ readonly lines: readonly AuditLine[]; readonly calls: number }> {
  const lines: AuditLine[] = [];
  let asked = range;
  for (let calls = 1; ; calls += 1) {
    const some = await records.audit(asked);
    lines.push(...some);
    const after = markAfter(some, asked.after);
    if (some.length < LINES_A_CALL || !after) {
      return { lines, calls };
    }
    asked = { ...range, after };
  }
}
