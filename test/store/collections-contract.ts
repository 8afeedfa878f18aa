import { describe, expect, test } from "vitest";
import { AppError } from "../../src/kernel/problem.ts";
import type { Claiming, Collected } from "../../src/ports/collections.ts";
import type { Store } from "../../src/store/store.ts";
import { newSource } from "./readings.ts";

const NOW = new Date("2026-11-20T09:00:00.000Z");
const LEASE = 60_000;
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

function by(holder: string, now: Date = NOW, since?: Date): Claiming {
  return { holder, now, lease: LEASE, ...(since && { since }) };
}

const COLLECTED: Collected = { reader: "events", readAt: NOW, pages: 12, rowsRead: 11_840 };

/** Who collects what: the same on every database, but for who else may be there. */
export function collectionsContract(open: () => Store): void {
  describe("who collects what", () => {
    test("knows nothing of what was never tried, and says so to who claims it first", async () => {
      const source = newSource();

      expect(await open().collections.states(source)).toEqual([]);
      expect(await open().collections.claim(source, "usage", by("one"))).toMatchObject({ kind: "claimed" });
    });

    test("is told how far the one that runs is", async () => {
      const { collections } = open();
      const source = newSource();
      await collections.claim(source, "people", by("one"));
      const progress = { pages: 3, rows: 3_000, waitingUntil: later(5_000) };

      expect(await collections.beat(source, "people", by("one", later(15_000)), progress)).toBe(true);

      const [state] = await collections.states(source);
      expect(state?.running).toEqual({ since: NOW, leaseUntil: later(15_000 + LEASE), progress });
    });

    test("lets a second process wait only where there can be one, and until the lease ends", async () => {
      const { collections, about } = open();
      const isShared = (await about()).kind === "server";
      const source = newSource();
      await collections.claim(source, "usage", by("one"));

      const early = await collections.claim(source, "usage", by("two", later(LEASE - 1)));
      expect(early.kind).toBe(isShared ? "running" : "claimed");

      const taken = await collections.claim(source, "usage", by("three", later(3 * LEASE)));
      expect(taken.kind).toBe("claimed");
      expect(await collections.beat(source, "usage", by("one"), { pages: 1, rows: 1 })).toBe(false);
    });

    test("takes a lease that no clock of now can have given for one that has ended", async () => {
      const { collections } = open();
      const source = newSource();
      await collections.claim(source, "usage", by("one", later(365 * 86_400_000)));

      expect((await collections.claim(source, "usage", by("two"))).kind).toBe("claimed");
    });

    test("keeps what a complete one brought, also after one that failed", async () => {
      const { collections } = open();
      const source = newSource();
      await collections.claim(source, "usage", by("one"));
      await collections.end(source, "usage", "one", later(1), { kind: "complete", collected: COLLECTED });
      await collections.claim(source, "usage", by("one", later(2)));
      const fault = {
        code: "GRAPH-THROTTLED",
        facts: { status: 429, retryAt: later(99), requestId: "r-1" },
      } as const;
      await collections.end(source, "usage", "one", later(3), { kind: "failed", fault });

      expect(await collections.states(source)).toEqual([
        {
          name: "usage",
          last: { at: later(3), fault },
          complete: { ...COLLECTED, at: later(1) },
          access: { at: later(1) },
        },
      ]);
    });

    test("remembers what Graph refuses, and forgets it with the next complete one", async () => {
      const { collections } = open();
      const source = newSource();
      const end = async (at: Date, kind: "complete" | "GRAPH-PERMISSION" | "GRAPH-UNREACHABLE") => {
        await collections.claim(source, "people", by("one", at));
        const outcome =
          kind === "complete"
            ? ({ kind, collected: COLLECTED } as const)
            : ({
                kind: "failed",
                fault: {
                  code: kind,
                  facts: kind === "GRAPH-PERMISSION" ? { permission: "AuditLog.Read.All" } : {},
                },
              } as const);
        await collections.end(source, "people", "one", at, outcome);
        return (await collections.states(source))[0]?.access;
      };

      const refusal = { code: "GRAPH-PERMISSION", permission: "AuditLog.Read.All" };
      expect(await end(later(1), "GRAPH-PERMISSION")).toEqual({ at: later(1), refusal });
      expect(await end(later(2), "GRAPH-UNREACHABLE")).toEqual({ at: later(1), refusal });
      expect(await end(later(3), "complete")).toEqual({ at: later(3) });
    });

    test("keeps a suspicion until a complete one", async () => {
      const { collections } = open();
      const source = newSource();
      const fault = { code: "GRAPH-SUSPICIOUS", facts: {} } as const;
      const suspect = { since: NOW, rowsRead: 7 };
      await collections.claim(source, "usage", by("one"));
      await collections.end(source, "usage", "one", NOW, { kind: "failed", fault, suspect });
      await collections.claim(source, "usage", by("one", later(1)));
      await collections.end(source, "usage", "one", later(1), { kind: "failed", fault });

      expect((await collections.states(source))[0]?.suspect).toEqual(suspect);

      const claim = await collections.claim(source, "usage", by("one", later(2)));
      expect(claim).toMatchObject({ kind: "claimed", before: { suspect } });
      await collections.end(source, "usage", "one", later(3), { kind: "complete", collected: COLLECTED });
      expect((await collections.states(source))[0]?.suspect).toBeUndefined();
    });

    test("answers with one that ended since, however it ended", async () => {
      const { collections } = open();
      const source = newSource();
      await collections.claim(source, "usage", by("one"));
      await collections.end(source, "usage", "one", later(10), { kind: "complete", collected: COLLECTED });

      const same = await collections.claim(source, "usage", by("two", later(20), later(10)));
      const newer = await collections.claim(source, "usage", by("two", later(20), later(11)));

      expect(same).toMatchObject({ kind: "ended", state: { complete: COLLECTED } });
      expect(newer.kind).toBe("claimed");
    });

    test("lets go without an outcome, and of nothing that another has taken", async () => {
      const { collections } = open();
      const source = newSource();
      await collections.claim(source, "usage", by("one"));
      await collections.release(source, "usage", "another");
      expect((await collections.states(source))[0]?.running).toBeDefined();

      await collections.release(source, "usage", "one");

      expect(await collections.states(source)).toEqual([{ name: "usage" }]);
    });

    test("one of many that claim at once gets it where there can be several", async () => {
      const { collections, about } = open();
      const isShared = (await about()).kind === "server";
      const source = newSource();
      const holders = Array.from({ length: 8 }, (_, index) => `holder-${index}`);

      const claims = await Promise.all(
        holders.map((holder) => collections.claim(source, "usage", by(holder))),
      );

      const claimed = claims.filter(({ kind }) => kind === "claimed");
      expect(claimed).toHaveLength(isShared ? 1 : holders.length);
    });

    test("does not mix tenants, hosts and reports", async () => {
      const { collections } = open();
      const source = newSource();
      await collections.claim(source, "usage", by("one"));

      expect(await collections.states({ ...source, graphHost: "graph.microsoft.us" })).toEqual([]);
      expect(await collections.states(newSource())).toEqual([]);
      expect((await collections.claim(source, "people", by("two"))).kind).toBe("claimed");
    });

    test("a fault of the product has no text of its cause in the store", async () => {
      const { collections } = open();
      const source = newSource();
      await collections.claim(source, "usage", by("one"));
      const { code, facts } = new AppError("INTERNAL", {}, new Error("canary@contoso.com"));
      await collections.end(source, "usage", "one", NOW, { kind: "failed", fault: { code, facts } });

      expect(JSON.stringify(await collections.states(source))).not.toContain("canary");
    });
  });
}
