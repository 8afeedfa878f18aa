import { describe, expect, test } from "vitest";
import { PEOPLE_READERS, type PeopleReading } from "../../src/ports/people.ts";
import type { PeopleDays } from "../../src/ports/people-history.ts";
import type { UsageSource } from "../../src/ports/usage.ts";
import type { Store } from "../../src/store/store.ts";
import { peopleCounts, peopleReading } from "./people-contract.ts";
import { newSource } from "./readings.ts";
import { limits } from "./retention-contract.ts";

const EVER = new Date(0);
const FAR = new Date("2100-01-01T00:00:00Z");
const at = (text: string): Date => new Date(text);

function people(days: PeopleDays | undefined): readonly number[] | undefined {
  return days?.days.map(({ counts }) => counts.people);
}

/** What every store must do with the counts of people of each day. */
export function peopleHistoryContract(store: () => Store): void {
  async function saved(...readings: readonly PeopleReading[]): Promise<UsageSource> {
    const source = newSource();
    for (const reading of readings) {
      await store().people.save(source, reading);
    }
    return source;
  }

  async function daily(source: UsageSource, from = EVER, to = FAR): Promise<PeopleDays | undefined> {
    return store().peopleHistory.daily(source, PEOPLE_READERS, from, to);
  }

  describe("the history of people", () => {
    test("is none before the first reading", async () => {
      expect(await daily(newSource())).toBeUndefined();
    });

    test("has the last count of each day, the oldest day first", async () => {
      const source = await saved(
        peopleReading(3, { readAt: at("2026-11-20T00:00:00Z") }),
        peopleReading(1, { readAt: at("2026-11-19T08:00:00Z") }),
        peopleReading(2, { readAt: at("2026-11-19T23:59:59.999Z") }),
      );

      expect(await daily(source)).toEqual({
        reader: "details",
        scope: "members",
        days: [
          { readAt: at("2026-11-19T23:59:59.999Z"), counts: peopleCounts(2) },
          { readAt: at("2026-11-20T00:00:00Z"), counts: peopleCounts(3) },
        ],
        others: 0,
      });
      expect(people(await daily(source, at("2026-11-19T23:59:59.999Z")))).toEqual([2, 3]);
      expect(people(await daily(source, at("2026-11-20T00:00:00Z")))).toEqual([3]);
    });

    test("keeps the newer count of a day when an older reading ends later", async () => {
      const source = await saved(
        peopleReading(2, { readAt: at("2026-11-19T09:00:00Z") }),
        peopleReading(1, { readAt: at("2026-11-19T08:00:00Z") }),
      );

      expect(people(await daily(source))).toEqual([2]);
    });

    test("does not take a count of a clock that was ahead for the newest", async () => {
      const source = await saved(
        peopleReading(7, { readAt: at("2026-11-19T23:00:00Z"), took: 1_000 }),
        peopleReading(9, { readAt: at("2027-11-19T08:00:00Z"), took: 1_000, reader: "legacy" }),
        peopleReading(2, { readAt: at("2026-11-19T08:00:00Z"), took: 1_000 }),
      );

      expect(people(await daily(source, EVER, at("2026-11-19T09:00:00Z")))).toEqual([2]);
    });

    test("leaves out days that were counted otherwise, and says how many", async () => {
      const everyone = { everyone: peopleCounts(9) };
      const source = await saved(
        peopleReading(1, { readAt: at("2026-11-16T08:00:00Z"), reader: "legacy", scopes: everyone }),
        peopleReading(2, { readAt: at("2026-11-17T08:00:00Z") }),
        peopleReading(3, { readAt: at("2026-11-18T08:00:00Z"), excludeGroups: ["g"] }),
        peopleReading(4, { readAt: at("2026-11-19T08:00:00Z") }),
      );

      const days = await daily(source);

      expect(people(days)).toEqual([2, 4]);
      expect(days?.others).toBe(2);
    });

    test("has everyone where the report does not tell members apart", async () => {
      const everyone = { everyone: peopleCounts(9) };
      const source = await saved(peopleReading(1, { reader: "legacy", scopes: everyone }));

      expect(await daily(source)).toMatchObject({ scope: "everyone", days: [{ counts: { people: 9 } }] });
    });

    test("is apart for every tenant and host", async () => {
      const source = await saved(peopleReading(1));

      expect(await daily({ ...source, graphHost: "graph.microsoft.us" })).toBeUndefined();
      expect(await daily({ ...newSource(), graphHost: source.graphHost })).toBeUndefined();
    });

    test("ends where it has been kept long enough", async () => {
      const source = await saved(
        peopleReading(1, { readAt: at("2026-11-18T08:00:00Z") }),
        peopleReading(2, { readAt: at("2026-11-19T08:00:00Z") }),
      );

      await store().retention.purge(limits(source.tenantId, { historyBefore: at("2026-11-19T08:00:00Z") }));

      expect(people(await daily(source))).toEqual([2]);
    });
  });
}
