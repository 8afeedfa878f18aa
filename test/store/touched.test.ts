import { describe, expect, onTestFinished, test } from "vitest";
import { personHasher } from "../../src/graph/person-hash.ts";
import { createPersonIndex } from "../../src/graph/person-index.ts";
import { eventsReader } from "../../src/graph/readers/events.ts";
import { detailsReader } from "../../src/graph/readers/people-details.ts";
import { READER_IDS, type UsageReading } from "../../src/ports/usage.ts";
import { openStore } from "../../src/store/pglite.ts";
import type { Store } from "../../src/store/store.ts";
import { EVENTS_PATH, event, PEOPLE_PATH, person } from "../graph/samples.ts";
import { CANARY, clientOf, NOW, readOptions, testClock } from "../graph/setup.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { textsInFiles, textsInTables } from "../support/find-texts.ts";
import { startLoopbackGraph } from "../support/loopback-graph.ts";
import { peopleCounts, peopleReading } from "./people-contract.ts";
import { newSource, reading } from "./readings.ts";

const KEY = new Uint8Array(16).fill(3);
const WHO = `${CANARY}@contoso.net`;
const PEOPLE = {
  features: [{ feature: "reset", people: 3, succeededLater: 2 }],
  groups: [{ feature: "reset", group: "system", people: 3, succeededLater: 2 }],
  failures: [{ feature: "reset", method: "email", reason: "system-error", people: 3, succeededLater: 2 }],
};

async function opened(): Promise<{ directory: string; store: Store }> {
  const directory = await dataDirectory();
  onTestFinished(() => directory.remove());
  const store = await openStore(directory.path);
  onTestFinished(() => store.close());
  return { directory: directory.path, store };
}

function withPeople(people: object): UsageReading {
  const { summaries, ...about } = reading(1);
  return {
    ...about,
    summaries: summaries.map((summary) => ({ ...summary, people: { ...PEOPLE, ...people } })),
  };
}

describe("what is stored of people who failed", () => {
  test("is given back as it was saved, and is absent where it was", async () => {
    const { store } = await opened();
    const [source, other] = [newSource(), newSource()];
    const notes = [{ kind: "tries-without-a-person", count: 2 }, { kind: "people-not-counted" }] as const;

    await store.snapshots.save(source, { ...withPeople({}), notes });
    await store.snapshots.save(other, reading(1));

    const saved = await store.snapshots.latest(source, "D1", READER_IDS);
    const without = await store.snapshots.latest(other, "D1", READER_IDS);
    expect(saved).toMatchObject({ people: PEOPLE, notes });
    expect(without).not.toHaveProperty("people");
  });

  test.each([
    ["a count that is none", { features: [{ feature: "reset", people: -1, succeededLater: 0 }] }],
    [
      "a name beside the counts",
      { features: [{ feature: "reset", people: 1, succeededLater: 0, who: WHO }] },
    ],
    ["a list of people", { persons: [WHO] }],
  ])("is refused with %s", async (_what, people) => {
    const { store } = await opened();

    const saving = store.snapshots.save(newSource(), withPeople(people));

    await expect(saving).rejects.toThrow();
  });

  test("has a place for those who used a phone, in the newest counts and in those of each day", async () => {
    const { store } = await opened();
    const source = newSource();
    const users = { people: 4, withStrong: 1 };
    const members = peopleCounts(9, { phoneUsers: { D1: users, D7: users, D30: users } });

    await store.people.save(source, peopleReading(9, { scopes: { members } }));

    expect((await store.people.latest(source, ["details"]))?.scopes.members).toEqual(members);
    const history = await store.peopleHistory.daily(source, ["details"], new Date(0), new Date());
    expect(history?.days[0]?.counts).toEqual(members);
  });

  test("holds neither a name nor a hash", async () => {
    const { directory, store } = await opened();
    const failed = { ...event(new Date(NOW.getTime() - 1_000)), isSuccess: false, userPrincipalName: WHO };
    const graph = await startLoopbackGraph(
      { path: EVENTS_PATH, answer: { json: { value: [failed, event(NOW)] } } },
      { path: PEOPLE_PATH, answer: { json: { value: [person()] } } },
    );
    const clock = testClock();
    const parts = { client: clientOf(graph.baseUrl, { clock }), clock, excludeGroups: [] };
    const options = { ...readOptions(), persons: createPersonIndex(NOW, KEY) };

    await store.snapshots.save(newSource(), await eventsReader(parts).read("D30", options));
    await store.people.save(newSource(), await detailsReader(parts).read(options));
    await store.close();

    const { h, l } = personHasher(KEY)(WHO);
    const halves = [h, l].flatMap((half) => [String(half), half.toString(16).padStart(8, "0")]);
    const texts = [CANARY, ...halves];
    expect(await textsInFiles(directory, [CANARY])).toEqual([]);
    const { rows, found } = await textsInTables(directory, texts);
    expect(rows).toBeGreaterThan(3);
    expect(found).toEqual([]);
  });
});
