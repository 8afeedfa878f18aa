import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { TenantId, UserId } from "../../src/kernel/ids.ts";
import { AUDIT_ACTS, AUDIT_PLACES, type AuditEntry, NAMELESS } from "../../src/ports/audit.ts";
import type { Store } from "../../src/store/store.ts";
import { newUser } from "../digest/subscriptions.ts";
import { newTenant, READ_AT } from "./readings.ts";

const LATER = new Date(READ_AT.getTime() + 1);

/** A refused look at people, by somebody in a tenant that no other test has. */
export function auditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: READ_AT,
    tenantId: newTenant(),
    who: newUser(),
    what: "refused",
    command: "people",
    place: "channel",
    outcome: "refused",
    correlationId: randomUUID().slice(0, 8),
    ...changes,
  };
}

/** What every store must do with the audit. */
export function auditContract(store: () => Store): void {
  const since = (tenantId: TenantId, from = new Date(0), limit = 100) =>
    store().audit.since(tenantId, from, limit);

  async function recorded(tenantId: TenantId, ...changes: readonly Partial<AuditEntry>[]) {
    const entries = changes.map((change) => auditEntry({ tenantId, ...change }));
    for (const entry of entries) {
      await store().audit.record(entry);
    }
    return entries;
  }

  async function pages(tenantId: TenantId, from: Date, to: Date) {
    const found: (readonly AuditEntry[])[] = [];
    for await (const page of store().audit.each(tenantId, from, to)) {
      found.push(page);
    }
    return found;
  }

  describe("the audit", () => {
    test.each<Partial<AuditEntry>>([
      { detail: "without-mfa", target: newUser(), conversationId: "19:place@thread.tacv2;“x'" },
      { target: "forgotten" },
      ...NAMELESS.map((who) => ({ who })),
      ...AUDIT_ACTS.map((what) => ({ what })),
      ...AUDIT_PLACES.map((place) => ({ place })),
    ])("gives back what was recorded (%#)", async (changes) => {
      const entry = auditEntry(changes);

      await store().audit.record(entry);

      expect(await since(entry.tenantId)).toStrictEqual([entry]);
    });

    test("lists the newest first, of the same time the last one, from a time on and no more than asked for", async () => {
      const tenantId = newTenant();
      const [one, two, three] = await recorded(tenantId, { at: LATER }, { at: READ_AT }, { at: LATER });
      await recorded(newTenant(), { at: LATER });

      expect(await since(tenantId)).toEqual([three, one, two]);
      expect(await since(tenantId, LATER)).toEqual([three, one]);
      expect(await since(tenantId, READ_AT, 1)).toEqual([three]);
      expect(await since(tenantId, new Date(LATER.getTime() + 1))).toEqual([]);
    });

    test("gives all of a time in order, in pages, and each line once", async () => {
      const tenantId = newTenant();
      const at = (index: number): Date => new Date(READ_AT.getTime() + Math.floor(index / 400));
      const entries = Array.from({ length: 1_100 }, (_, index) => ({ at: at(index), command: `${index}` }));
      await recorded(tenantId, { at: new Date(READ_AT.getTime() - 1) }, ...entries, { at: at(1_200) });
      await recorded(newTenant(), { at: READ_AT });

      const found = await pages(tenantId, READ_AT, at(1_200));

      expect(found.flat().map(({ command }) => command)).toEqual(entries.map(({ command }) => command));
      expect(found.every((page) => page.length > 0 && page.length <= 500)).toBe(true);
      expect(await pages(newTenant(), READ_AT, LATER)).toEqual([]);
    });

    test.each<Partial<AuditEntry>>([
      { target: "adele@example.com" as UserId },
      { who: "Adele Vance" as UserId },
      { what: "looked" as "names" },
      { at: new Date(Number.NaN) },
    ])("refuses a line that could not be read again (%#)", async (changes) => {
      const entry = auditEntry(changes);

      await expect(store().audit.record(entry)).rejects.toThrow();
      expect(await since(entry.tenantId)).toEqual([]);
    });
  });
}
