import { describe, expect, test } from "vitest";
import {
  PEOPLE_READERS,
  type PeopleCounts,
  type PeopleReading,
  type PeopleStore,
} from "../../src/ports/people.ts";
import type { UsageSource } from "../../src/ports/usage.ts";
import type { Store } from "../../src/store/store.ts";
import { newSource, newTenant, READ_AT } from "./readings.ts";

/** Counts whose figures tell them from others. */
export function peopleCounts(people: number, changes: Partial<PeopleCounts> = {}): PeopleCounts {
  return {
    people,
    ssprRegistered: 6,
    ssprEnabled: 5,
    ssprCapable: 4,
    mfaRegistered: 3,
    mfaCapable: 3,
    passwordlessCapable: 2,
    phoneOnly: 1,
    methods: { email: 2, mobilePhone: 1 },
    leftOut: { guests: 7, serviceAccounts: 8 },
    ...changes,
  };
}

export function peopleReading(people: number, changes: Partial<PeopleReading> = {}): PeopleReading {
  return {
    reader: "details",
    readAt: READ_AT,
    took: 28_123,
    pages: 12,
    rowsRead: 11_987,
    scopes: { members: peopleCounts(people) },
    ...changes,
  };
}

/** What every store must do with counts of people. */
export function peopleContract(store: () => Store): void {
  describe("the counts of people", () => {
    const latest = (source: UsageSource, readers: Parameters<PeopleStore["latest"]>[1] = PEOPLE_READERS) =>
      store().people.latest(source, readers);

    test("are none before the first reading", async () => {
      expect(await latest(newSource())).toBeUndefined();
    });

    test.each([
      ["as they were saved", peopleReading(6)],
      [
        "for every scope, with every rule, with groups and with notes",
        peopleReading(6, {
          scopes: {
            members: peopleCounts(1, { leftOut: { guests: 1, otherTypes: 2, excludedGroups: 3 } }),
            guests: peopleCounts(2, { leftOut: { members: 4 } }),
            admins: peopleCounts(3, { leftOut: { notAdmins: 5 } }),
            everyone: peopleCounts(4, { leftOut: {} }),
          },
          excludeGroups: ["7a3b2d95-a4e8-4a1f-9c66-2a1cad8ef302"],
          notes: [
            { kind: "groups-not-left-out", groups: 2 },
            { kind: "legacy-instead", permission: "AuditLog.Read.All" },
            { kind: "legacy-instead" },
          ],
        }),
      ],
      [
        "without the figures that an API does not have",
        peopleReading(6, { reader: "legacy", scopes: { everyone: { people: 3, leftOut: {} } } }),
      ],
      [
        "with counts above the whole",
        peopleReading(6, { scopes: { everyone: peopleCounts(23_123, { ssprRegistered: 23_423 }) } }),
      ],
      [
        "with methods that nobody knows yet",
        peopleReading(6, {
          scopes: { members: peopleCounts(1, { methods: { "Ünbekannt '🔑": 1, "": 2, constructor: 3 } }) },
        }),
      ],
    ])("are given back %s", async (_what, saved) => {
      const source = newSource();

      await store().people.save(source, saved);

      expect(await latest(source)).toEqual(saved);
    });

    test("are replaced by a newer reading and by none that began earlier", async () => {
      const source = newSource();
      await store().people.save(source, peopleReading(1));
      await store().people.save(source, peopleReading(2, { readAt: new Date(READ_AT.getTime() + 1) }));

      await store().people.save(source, peopleReading(3));

      expect((await latest(source))?.scopes.members?.people).toBe(2);
    });

    test("come from the newest among the readers asked for", async () => {
      const source = newSource();
      const later = new Date(READ_AT.getTime() + 1);
      await store().people.save(source, peopleReading(1));
      await store().people.save(source, peopleReading(2, { reader: "summaries", readAt: later }));

      const found = await Promise.all([
        latest(source),
        latest(source, ["details"]),
        latest(source, ["legacy"]),
        latest(source, []),
      ]);

      expect(found.map((reading) => reading?.reader)).toEqual(["summaries", "details", undefined, undefined]);
    });

    test("keep tenants and Graph hosts apart", async () => {
      const source = newSource();
      await store().people.save(source, peopleReading(1));

      const others = await Promise.all([
        latest({ ...source, tenantId: newTenant() }),
        latest({ ...source, graphHost: "127.0.0.1:4000" }),
      ]);

      expect(others).toEqual([undefined, undefined]);
    });

    test.each([Number.NaN, -1, 1.5])("are refused with the count %d", async (count) => {
      const source = newSource();

      const saving = store().people.save(source, peopleReading(count));

      await expect(saving).rejects.toThrow();
      expect(await latest(source)).toBeUndefined();
    });
  });
}
