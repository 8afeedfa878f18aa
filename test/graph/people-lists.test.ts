import { describe, expect, it } from "vitest";
import { createPeopleLists } from "../../src/graph/people-lists.ts";
import { createQuota } from "../../src/graph/quota.ts";
import { type Exchange, startLoopbackGraph } from "../support/loopback-graph.ts";
import {
  EVENTS_PATH,
  event,
  filtered,
  GROUP,
  groupPath,
  LEGACY_PEOPLE_PATH,
  LEGACY_TRIES_PATH,
  legacyPerson,
  PEOPLE_PATH,
  person,
} from "./samples.ts";
import { CANARY, clientOf, NOW, problemFrom, QUICK, readOptions, recordingLog, testClock } from "./setup.ts";

const ID = "86462606-fde0-4fc4-9e0c-a20eb73e54c6";
const UPN = `${CANARY}@contoso.net`;
const ALWAYS = { from: new Date(0), to: new Date(8.64e15) };
const NOT_REGISTERED = filtered(PEOPLE_PATH, "isSsprRegistered eq false");

function rows(path: string, ...value: readonly unknown[]): Exchange {
  return { path, answer: { json: { value } } };
}

async function listsOf(
  mode: "auto" | "legacy",
  exchanges: readonly Exchange[],
  excludeGroups: string[] = [],
) {
  const graph = await startLoopbackGraph(...exchanges);
  return createPeopleLists({ client: clientOf(graph.baseUrl), mode, excludeGroups });
}

async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  const listed: Row[] = [];
  for await (const page of pages) {
    listed.push(...page);
  }
  return listed;
}

describe("a list of people", () => {
  it("gives everything that the report tells of a person", async () => {
    const lists = await listsOf("auto", [
      rows(filtered(PEOPLE_PATH, "isMfaRegistered eq false"), person({ methodsRegistered: ["email"] })),
    ]);

    const listed = await all(lists.registered("without-mfa", "members", readOptions()));

    expect(listed).toEqual([
      {
        id: ID,
        name: CANARY,
        userPrincipalName: UPN,
        userType: "member",
        isAdmin: false,
        ssprRegistered: false,
        ssprEnabled: false,
        ssprCapable: false,
        mfaRegistered: false,
        mfaCapable: false,
        passwordlessCapable: false,
        phoneOnly: false,
        methods: ["email"],
        rowUpdatedAt: new Date("2023-03-13T19:15:41.619Z"),
      },
    ]);
  });

  it("gives each page on as it comes, before the next one is asked for", async () => {
    const graph = await startLoopbackGraph();
    const link = `${NOT_REGISTERED}&$skiptoken=2`;
    const json = { value: [person()], "@odata.nextLink": graph.baseUrl + link };
    graph.expect({ path: NOT_REGISTERED, answer: { json } }, rows(link, person({ userType: "guest" })));
    const lists = createPeopleLists({ client: clientOf(graph.baseUrl), mode: "auto", excludeGroups: [] });
    const options = readOptions();
    const sizes: (readonly [rows: number, requests: number])[] = [];

    for await (const page of lists.registered("not-registered", "members", options)) {
      sizes.push([page.length, graph.requests.length]);
    }

    expect(sizes).toEqual([
      [1, 1],
      [0, 2],
    ]);
    expect(options.progress).toEqual([
      { pages: 1, rows: 1 },
      { pages: 2, rows: 2 },
    ]);
  });

  it("asks for no page that nobody wants", async () => {
    const graph = await startLoopbackGraph();
    const json = { value: [person()], "@odata.nextLink": `${graph.baseUrl}${NOT_REGISTERED}&$skiptoken=2` };
    graph.expect({ path: NOT_REGISTERED, answer: { json } });
    const lists = createPeopleLists({ client: clientOf(graph.baseUrl), mode: "auto", excludeGroups: [] });

    for await (const page of lists.registered("not-registered", "members", readOptions())) {
      expect(page).toHaveLength(1);
      break;
    }

    expect(graph.requests).toHaveLength(1);
  });

  it("shows the first page although readings have used up their share of the quota", async () => {
    const graph = await startLoopbackGraph(rows(NOT_REGISTERED, person()));
    const clock = testClock();
    const quota = createQuota({ timings: { ...QUICK, quotaWindow: 600_000 }, clock });
    const signal = new AbortController().signal;
    for (let request = 0; request < 4; request += 1) {
      await quota.enter("collection", signal, () => undefined);
    }
    const client = clientOf(graph.baseUrl, { clock, quota });
    const lists = createPeopleLists({ client, mode: "auto", excludeGroups: [] });

    const listed = await all(lists.registered("not-registered", "members", readOptions()));

    expect(listed).toHaveLength(1);
  });

  it.each([
    ["members", ["member", "admin"]],
    ["guests", ["guest"]],
    ["admins", ["admin"]],
    ["everyone", ["member", "admin", "guest", "other"]],
  ] as const)("of %s has nobody else", async (scope, names) => {
    const room = "11111111-2222-4333-8444-555555555555";
    const lists = await listsOf(
      "auto",
      [
        rows(groupPath(), { id: room }),
        rows(
          NOT_REGISTERED,
          person({ userDisplayName: "member" }),
          person({ userDisplayName: "admin", isAdmin: true }),
          person({ userDisplayName: "guest", userType: "guest" }),
          person({ userDisplayName: "other", userType: "agent" }),
          person({ userDisplayName: "room", id: room }),
          person({ userDisplayName: "On-Premises Directory Synchronization Service Account" }),
        ),
      ],
      [GROUP],
    );

    const listed = await all(lists.registered("not-registered", scope, readOptions()));

    expect(listed.map(({ name }) => name)).toEqual(names);
  });

  it("of phones has those alone who have nothing else", async () => {
    const lists = await listsOf("auto", [
      rows(
        filtered(PEOPLE_PATH, "isMfaRegistered eq true"),
        person({ isMfaRegistered: true, methodsRegistered: ["mobilePhone", "email"] }),
        person({ isMfaRegistered: true, methodsRegistered: ["mobilePhone", "fido2"] }),
      ),
    ]);

    const listed = await all(lists.registered("phone-only", "members", readOptions()));

    expect(listed.map(({ methods }) => methods)).toEqual([["mobilePhone", "email"]]);
  });

  it("may be empty where the report has somebody else", async () => {
    const lists = await listsOf("auto", [rows(NOT_REGISTERED), rows(PEOPLE_PATH, person())]);

    expect(await all(lists.registered("not-registered", "members", readOptions()))).toEqual([]);
  });
});

describe("a list of failures", () => {
  const FAILED = filtered(EVENTS_PATH, "isSuccess eq false");
  const failure = (changes: object) => ({ ...event(NOW), isSuccess: false, ...changes });

  it("has the tries of its time, with the reason's id or Graph's own words", async () => {
    const lists = await listsOf("auto", [
      rows(
        FAILED,
        failure({ eventDateTime: "2025-07-16T16:00:00Z", failureReason: "A system error has occurred." }),
        failure({ eventDateTime: "2025-07-15T00:00:00Z", failureReason: `Blue moon of ${UPN}` }),
        failure({ eventDateTime: "2025-07-14T23:59:59Z" }),
        failure({ eventDateTime: "2025-07-16T16:00:01Z" }),
      ),
    ]);
    const query = { from: new Date("2025-07-15T00:00:00Z"), to: new Date("2025-07-16T16:00:01Z") };

    const listed = await all(lists.failing(query, readOptions()));

    const who = { name: CANARY, userPrincipalName: UPN };
    const what = { feature: "registration", method: "email", isSuccess: false, ...who };
    expect(listed).toEqual([
      { ...what, at: new Date("2025-07-16T16:00:00Z"), reason: "system-error" },
      {
        ...what,
        at: new Date("2025-07-15T00:00:00Z"),
        reason: expect.stringMatching(/^Blue moon of (?!canary)/),
      },
    ]);
  });

  it("asks for one feature where one is wanted", async () => {
    const path = filtered(EVENTS_PATH, "isSuccess eq false and feature eq 'reset'");
    const lists = await listsOf("auto", [rows(path, failure({ feature: "reset" }))]);

    const listed = await all(lists.failing({ ...ALWAYS, feature: "reset" }, readOptions()));

    expect(listed).toMatchObject([{ feature: "reset", reason: "unspecified" }]);
  });

  it("may be empty where the report has other tries", async () => {
    const lists = await listsOf("auto", [rows(FAILED), rows(EVENTS_PATH, event(NOW))]);

    expect(await all(lists.failing(ALWAYS, readOptions()))).toEqual([]);
  });
});

describe("one person", () => {
  const byName = filtered(PEOPLE_PATH, `userPrincipalName eq '${UPN}'`);
  const tries = filtered(EVENTS_PATH, `userPrincipalName eq '${UPN}'`);

  it("is found by user principal name, with tries newest first and no reason for a success", async () => {
    const text = "User contacted an admin after trying the email verification option";
    const lists = await listsOf("auto", [
      rows(byName, person()),
      rows(
        tries,
        { ...event("2025-07-01T00:00:00Z"), isSuccess: true, failureReason: text },
        { ...event("2025-07-02T00:00:00Z"), isSuccess: false, failureReason: text },
      ),
    ]);

    const found = await lists.person(UPN, readOptions());

    expect(found?.person).toMatchObject({ id: ID, userPrincipalName: UPN });
    expect(found?.tries).toEqual([
      {
        at: new Date("2025-07-02T00:00:00Z"),
        feature: "registration",
        method: "email",
        isSuccess: false,
        reason: "asked-admin-email",
      },
      {
        at: new Date("2025-07-01T00:00:00Z"),
        feature: "registration",
        method: "email",
        isSuccess: true,
        reason: "",
      },
    ]);
  });

  it("is found by object id", async () => {
    const one = { path: `${PEOPLE_PATH}/${ID}`, answer: { json: person() } };
    const lists = await listsOf("auto", [one, rows(tries)]);

    const found = await lists.person(ID.toUpperCase(), readOptions());

    expect(found).toMatchObject({ person: { id: ID }, tries: [] });
  });

  it.each(["o'neill@contoso.net", "ann_fabrikam.example#EXT#@contoso.net", "a+b&c@contoso.net", "' or true"])(
    "is asked for by exactly the name that was said: %s",
    async (name) => {
      const filter = `userPrincipalName eq '${name.replaceAll("'", "''")}'`;
      const lists = await listsOf("auto", [
        rows(filtered(PEOPLE_PATH, filter), person({ userPrincipalName: name })),
        rows(filtered(EVENTS_PATH, filter)),
      ]);

      const found = await lists.person(name, readOptions());

      expect(found?.person.userPrincipalName).toBe(name);
    },
  );

  it("is nobody when the report does not have the name", async () => {
    const lists = await listsOf("auto", [rows(byName), rows(PEOPLE_PATH, person()), rows(tries)]);

    expect(await lists.person(UPN, readOptions())).toBeUndefined();
  });

  it("leaves no trace of the name when Graph fails", async () => {
    const log = recordingLog();
    const graph = await startLoopbackGraph(
      { path: byName, answer: { cut: "mid-body" }, times: 4 },
      { path: tries, answer: { cut: "mid-body" }, times: 4 },
    );
    const client = clientOf(graph.baseUrl, { log });

    await problemFrom(
      createPeopleLists({ client, mode: "auto", excludeGroups: [] }).person(UPN, readOptions()),
      "GRAPH-UNREACHABLE",
    );

    await expect.poll(() => graph.requests.length).toBe(8);
    expect(log.text()).not.toContain(CANARY);
  });
});

describe("the retired lists", () => {
  it("know everyone alone, and say so", async () => {
    const current = await listsOf("auto", []);
    const retired = await listsOf("legacy", []);

    expect(retired.scopes).toEqual(["everyone"]);
    expect(current.scopes).toEqual(["members", "guests", "admins", "everyone"]);
  });

  it("list people with what they tell", async () => {
    const path = filtered(LEGACY_PEOPLE_PATH, "isRegistered eq false");
    const lists = await listsOf("legacy", [
      rows(
        path,
        legacyPerson({ authMethods: ["email", "mobileSMS"], isEnabled: true, isMfaRegistered: true }),
      ),
    ]);

    const listed = await all(lists.registered("not-registered", "everyone", readOptions()));

    expect(listed).toEqual([
      {
        name: CANARY,
        userPrincipalName: UPN,
        ssprRegistered: false,
        ssprEnabled: true,
        ssprCapable: false,
        mfaRegistered: true,
        methods: ["email", "mobileSMS"],
      },
    ]);
  });

  it("show the documented success without the text that its sample has", async () => {
    const filter = "userPrincipalName eq 'userPrincipalName-value'";
    const lists = await listsOf("legacy", [
      rows(filtered(LEGACY_PEOPLE_PATH, filter), legacyPerson()),
      rows(filtered(LEGACY_TRIES_PATH, filter), {
        id: "id-value",
        feature: "registration",
        userPrincipalName: "userPrincipalName-value",
        userDisplayName: "userDisplayName-value",
        isSuccess: true,
        authMethod: "email",
        failureReason: "User contacted an admin after trying the email verification option",
        eventDateTime: "2019-04-01T00:00:00Z",
      }),
    ]);

    const found = await lists.person("userPrincipalName-value", readOptions());

    expect(found?.tries).toEqual([
      {
        at: new Date("2019-04-01T00:00:00Z"),
        feature: "registration",
        method: "email",
        isSuccess: true,
        reason: "",
      },
    ]);
  });

  it.each([
    ["not-registered", "members"],
    ["without-mfa", "guests"],
    ["phone-only", "everyone"],
  ] as const)("refuse %s of %s instead of guessing", async (filter, scope) => {
    const lists = await listsOf("legacy", []);

    await problemFrom(all(lists.registered(filter, scope, readOptions())), "GRAPH-RETIRED");
  });

  it("do not know object ids", async () => {
    const lists = await listsOf("legacy", []);

    await problemFrom(lists.person(ID, readOptions()), "GRAPH-RETIRED");
  });
});
