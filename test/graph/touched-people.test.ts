import { describe, expect, it } from "vitest";
import { createPersonIndex } from "../../src/graph/person-index.ts";
import { eventsReader } from "../../src/graph/readers/events.ts";
import { detailsReader } from "../../src/graph/readers/people-details.ts";
import { startLoopbackGraph } from "../support/loopback-graph.ts";
import { EVENTS_PATH, event, PEOPLE_PATH, person } from "./samples.ts";
import { CANARY, clientOf, NOW, readOptions, testClock } from "./setup.ts";

const HOUR = 3_600_000;
const KEY = new Uint8Array(16).fill(5);

function tried(userPrincipalName: string | null, hours: number, changes: object = {}) {
  return {
    ...event(new Date(NOW.getTime() - hours * HOUR)),
    feature: "reset",
    authMethod: "mobileSMS",
    userPrincipalName,
    ...changes,
  };
}

const FAILED = { isSuccess: false, failureReason: "A system error has occurred." };
const EVENTS = [
  tried("Ann@contoso.net", 2),
  tried("ann@Contoso.net", 3, FAILED),
  tried("bob@contoso.net", 200, { authMethod: "officePhone" }),
  tried("bob@contoso.net", 100, FAILED),
  tried("eve@contoso.net", 1, { authMethod: "email" }),
];

async function graphWith(events: readonly object[], people?: readonly object[]) {
  const graph = await startLoopbackGraph(
    { path: EVENTS_PATH, answer: { json: { value: events } } },
    ...(people ? [{ path: PEOPLE_PATH, answer: { json: { value: people } } }] : []),
  );
  const clock = testClock();
  return { client: clientOf(graph.baseUrl, { clock }), clock, excludeGroups: [] };
}

describe("a reading of events", () => {
  it("counts people who failed and who succeeded later, by their names in whatever case", async () => {
    const parts = await graphWith(EVENTS);

    const { summaries, notes } = await eventsReader(parts).read("D30", readOptions());

    const bySystem = { feature: "reset", people: 1, succeededLater: 1 };
    const both = { feature: "reset", people: 2, succeededLater: 1 };
    const one = { method: "mobileSMS", reason: "system-error" };
    expect(summaries.map(({ people }) => people)).toEqual([
      {
        features: [bySystem],
        groups: [{ ...bySystem, group: "system" }],
        failures: [{ ...bySystem, ...one }],
      },
      { features: [both], groups: [{ ...both, group: "system" }], failures: [{ ...both, ...one }] },
      { features: [both], groups: [{ ...both, group: "system" }], failures: [{ ...both, ...one }] },
    ]);
    expect(notes).toEqual([]);
  });

  it("does not take the id of an event for a person", async () => {
    const parts = await graphWith([
      tried("ann@contoso.net", 3, { ...FAILED, id: "one" }),
      tried("ann@contoso.net", 2, { ...FAILED, id: "two" }),
      tried("bob@contoso.net", 1, { ...FAILED, id: "two" }),
    ]);

    const { summaries } = await eventsReader(parts).read("D30", readOptions());

    expect(summaries[2]?.people?.features[0]?.people).toBe(2);
  });

  it.each([[null], [""]])(
    "counts tries of %j as tries, and says that their people are not known",
    async (name) => {
      const parts = await graphWith([tried(name, 1, FAILED), tried("bob@contoso.net", 1, FAILED)]);

      const { summaries, notes } = await eventsReader(parts).read("D30", readOptions());

      expect(summaries[0]?.rows[0]?.failures).toBe(2);
      expect(summaries[0]?.people?.features[0]?.people).toBe(1);
      expect(notes).toEqual([{ kind: "tries-without-a-person", count: 1 }]);
    },
  );
});

describe("readings that share an index", () => {
  const ROWS = [
    person({ userPrincipalName: "ANN@contoso.net", methodsRegistered: ["mobilePhone", "fido2SecurityKey"] }),
    person({
      userPrincipalName: "bob@contoso.net",
      isAdmin: true,
      methodsRegistered: ["officePhone", "email"],
    }),
    person({ userPrincipalName: "eve@contoso.net", methodsRegistered: ["fido2SecurityKey"] }),
  ];

  async function scopesOf(rows: readonly object[], events = EVENTS) {
    const parts = await graphWith(events, rows);
    const options = { ...readOptions(), persons: createPersonIndex(NOW, KEY) };
    await eventsReader(parts).read("D30", options);
    return (await detailsReader(parts).read(options)).scopes;
  }

  it("tell who used a phone, and who of them has something better", async () => {
    const { members, guests, admins } = await scopesOf(ROWS);

    expect(members?.phoneUsers).toEqual({
      D1: { people: 1, withStrong: 1 },
      D7: { people: 1, withStrong: 1 },
      D30: { people: 2, withStrong: 1 },
    });
    expect(admins?.phoneUsers?.D30).toEqual({ people: 1, withStrong: 0 });
    expect(guests?.phoneUsers?.D30).toEqual({ people: 0, withStrong: 0 });
  });

  it.each([
    ["microsoftAuthenticatorPush", 1],
    ["softwareOneTimePasscode", 1],
    ["windowsHelloForBusiness", 1],
    ["temporaryAccessPass", 0],
    ["email", 0],
    ["mobilePhone", 0],
    ["quantumKey", 0],
  ])("take %s for better than a phone %d times", async (method, withStrong) => {
    const { members } = await scopesOf([
      person({ userPrincipalName: "ann@contoso.net", methodsRegistered: [method, "mobilePhone"] }),
    ]);

    expect(members?.phoneUsers?.D30).toEqual({ people: 1, withStrong });
  });

  it("tell nothing where the events were not read, or a success with a phone has no name", async () => {
    const unread = await graphWith(EVENTS, ROWS);
    const persons = createPersonIndex(NOW, KEY);
    const options = { ...readOptions(), persons };
    const first = await eventsReader(unread).read("D30", readOptions());

    const { scopes } = await detailsReader(unread).read(options);
    const nameless = await scopesOf(ROWS, [...EVENTS, tried("", 1)]);

    expect(first.summaries[0]?.people).toBeDefined();
    expect([scopes.members?.phoneUsers, nameless.members?.phoneUsers]).toEqual([undefined, undefined]);
  });

  it("hold no name", async () => {
    const parts = await graphWith([tried(`${CANARY}@contoso.net`, 1, FAILED)], [person()]);
    const persons = createPersonIndex(NOW, KEY);
    const options = { ...readOptions(), persons };

    const reading = await eventsReader(parts).read("D30", options);
    const people = await detailsReader(parts).read(options);

    expect(reading.summaries[2]?.people?.features[0]?.people).toBe(1);
    expect(JSON.stringify([reading, people])).not.toContain(CANARY);
  });
});
