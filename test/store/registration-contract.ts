import { describe, expect, test } from "vitest";
import type { RegistrationReading } from "../../src/ports/registration.ts";
import type { Store } from "../../src/store/store.ts";
import { newSource, newTenant, READ_AT } from "./readings.ts";

/** A reading whose figures tell it from others. */
export function registrations(
  people: number,
  changes: Partial<RegistrationReading> = {},
): RegistrationReading {
  return {
    readAt: READ_AT,
    counts: {
      people,
      inScope: 5,
      capable: 4,
      mfaRegistered: 3,
      passwordless: 2,
      phoneOnly: 1,
      leftOut: { guests: 7, serviceAccounts: 8 },
    },
    pages: 12,
    rowsRead: 11_987,
    ...changes,
  };
}

/** What every store must do with the counts of registered people. */
export function registrationContract(store: () => Store): void {
  describe("the registrations", () => {
    test("are none before the first reading", async () => {
      expect(await store().registrations.latest(newSource())).toBeUndefined();
    });

    test.each([
      ["as they were saved", registrations(6)],
      [
        "with accounts of a new type",
        registrations(6, {
          counts: {
            ...registrations(6).counts,
            leftOut: { guests: 0, serviceAccounts: 0, otherTypes: 2 },
          },
        }),
      ],
    ])("are given back %s", async (_what, saved) => {
      const source = newSource();

      await store().registrations.save(source, saved);

      expect(await store().registrations.latest(source)).toEqual(saved);
    });

    test("are replaced by a newer reading and by none that began earlier", async () => {
      const source = newSource();
      await store().registrations.save(source, registrations(1));
      await store().registrations.save(source, registrations(2, { readAt: new Date(READ_AT.getTime() + 1) }));

      await store().registrations.save(source, registrations(3));

      expect((await store().registrations.latest(source))?.counts.people).toBe(2);
    });

    test("keep tenants and Graph hosts apart", async () => {
      const source = newSource();
      await store().registrations.save(source, registrations(1));

      const others = await Promise.all([
        store().registrations.latest({ ...source, tenantId: newTenant() }),
        store().registrations.latest({ ...source, graphHost: "127.0.0.1:4000" }),
      ]);

      expect(others).toEqual([undefined, undefined]);
    });

    test.each([Number.NaN, -1, 1.5])("are refused with the count %d", async (count) => {
      const source = newSource();

      const saving = store().registrations.save(source, registrations(count));

      await expect(saving).rejects.toThrow();
      expect(await store().registrations.latest(source)).toBeUndefined();
    });
  });
}
