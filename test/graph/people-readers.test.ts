import { describe, expect, it } from "vitest";
import { createPeopleReader } from "../../src/graph/people-reader.ts";
import type { PeopleScope } from "../../src/ports/people.ts";
import { KNOWN_METHODS } from "../../src/reference/methods.ts";
import { type Exchange, startLoopbackGraph } from "../support/loopback-graph.ts";
import {
  GROUP,
  groupPath,
  LEGACY_COUNT_PATH,
  LEGACY_PEOPLE_PATH,
  legacyCount,
  legacyPerson,
  PEOPLE_PATH,
  person,
  SUMMARY_PATHS,
  summaryOf,
} from "./samples.ts";
import { clientOf, NOW, problemFrom, readOptions, recordingLog, testClock } from "./setup.ts";

type Mode = "events" | "activity" | "legacy";

async function read(
  mode: Mode,
  exchanges: readonly Exchange[],
  excludeGroups: readonly string[] = [],
  options = readOptions(),
) {
  const graph = await startLoopbackGraph(...exchanges);
  const parts = { client: clientOf(graph.baseUrl), clock: testClock(), log: recordingLog() };
  return createPeopleReader({ ...parts, mode, excludeGroups }).read(options);
}

function rows(path: string, ...value: readonly unknown[]): Exchange {
  return { path, answer: { json: { value } } };
}

function details(...value: readonly unknown[]) {
  return read("events", [rows(PEOPLE_PATH, ...value)]);
}

const NOBODY = {
  people: 0,
  ssprRegistered: 0,
  ssprEnabled: 0,
  ssprCapable: 0,
  mfaRegistered: 0,
  mfaCapable: 0,
  passwordlessCapable: 0,
  phoneOnly: 0,
  methods: {},
  leftOut: {},
};

async function scopesOf(...value: readonly unknown[]) {
  const { members, guests, admins, everyone } = (await details(...value)).scopes;
  if (!members || !guests || !admins || !everyone) {
    throw new Error("the details know every scope");
  }
  return { members, guests, admins, everyone };
}

describe("counting details", () => {
  it("counts the documented example of userRegistrationDetails", async () => {
    const reading = await details({
      id: "86462606-fde0-4fc4-9e0c-a20eb73e54c6",
      userPrincipalName: "AlexW@Contoso.com",
      userDisplayName: "Alex Wilber",
      isAdmin: false,
      isSsprRegistered: false,
      isSsprEnabled: false,
      isSsprCapable: false,
      isMfaRegistered: true,
      isMfaCapable: true,
      isPasswordlessCapable: false,
      lastUpdatedDateTime: "2023-03-13T19:15:41.6195833Z",
      methodsRegistered: ["microsoftAuthenticatorPush", "softwareOneTimePasscode"],
      isSystemPreferredAuthenticationMethodEnabled: true,
      systemPreferredAuthenticationMethods: ["push"],
      userPreferredMethodForSecondaryAuthentication: "push",
      userType: "member",
    });

    const methods = { microsoftAuthenticatorPush: 1, softwareOneTimePasscode: 1 };
    const alex = { ...NOBODY, people: 1, mfaRegistered: 1, mfaCapable: 1, methods };
    expect(reading).toEqual({
      reader: "details",
      readAt: NOW,
      took: 0,
      pages: 1,
      rowsRead: 1,
      scopes: {
        members: alex,
        guests: { ...NOBODY, leftOut: { members: 1 } },
        admins: { ...NOBODY, leftOut: { notAdmins: 1 } },
        everyone: alex,
      },
    });
    expect(JSON.stringify(reading)).not.toMatch(/alex/i);
  });

  it.each([
    ["isSsprRegistered", "ssprRegistered"],
    ["isSsprEnabled", "ssprEnabled"],
    ["isSsprCapable", "ssprCapable"],
    ["isMfaRegistered", "mfaRegistered"],
    ["isMfaCapable", "mfaCapable"],
    ["isPasswordlessCapable", "passwordlessCapable"],
  ] as const)("counts those of whom %s is true", async (flag, figure) => {
    const { members } = await scopesOf(person({ [flag]: true }), person(), person({ [flag]: true }));

    expect(members).toEqual({ ...NOBODY, people: 3, [figure]: 2 });
  });

  it("counts each scope and says whom it leaves out of it by which rule", async () => {
    const room = "11111111-2222-4333-8444-555555555555";
    const reading = await read(
      "events",
      [
        rows(groupPath(), { id: room.toUpperCase() }),
        rows(
          PEOPLE_PATH,
          person(),
          person({ isAdmin: true }),
          person({ userType: "guest" }),
          person({ userType: "guest", isAdmin: true }),
          person({ userType: "unknownFutureValue" }),
          person({ id: room }),
          person({
            id: room,
            userType: "guest",
            userDisplayName: "On-Premises Directory Synchronization Service Account",
          }),
        ),
      ],
      [GROUP],
    );

    const left = { serviceAccounts: 1, excludedGroups: 1 };
    const scopes = reading.scopes;
    const told = (scope: PeopleScope) => [scopes[scope]?.people, scopes[scope]?.leftOut];
    expect(told("members")).toEqual([2, { ...left, guests: 2, otherTypes: 1 }]);
    expect(told("guests")).toEqual([2, { ...left, members: 2, otherTypes: 1 }]);
    expect(told("admins")).toEqual([1, { ...left, guests: 2, otherTypes: 1, notAdmins: 1 }]);
    expect(told("everyone")).toEqual([5, left]);
    expect(reading).toMatchObject({ rowsRead: 7, excludeGroups: [GROUP] });
  });

  it("counts people per method, in Graph's own words, and a method that is named twice once", async () => {
    const { members } = await scopesOf(
      person({ methodsRegistered: ["somethingNew", "email", "email"] }),
      person({ methodsRegistered: ["email", "__proto__"] }),
    );

    expect(Object.entries(members.methods ?? {})).toEqual([
      ["__proto__", 1],
      ["email", 2],
      ["somethingNew", 1],
    ]);
  });

  it("reads all groups, each with all its pages, before it counts", async () => {
    const other = "22222222-2222-4333-8444-555555555555";
    const graph = await startLoopbackGraph();
    const next = `${graph.baseUrl}${groupPath()}&$skiptoken=2`;
    const ids = ["1", "2", "3"].map((digit) => `${digit.repeat(8)}-2222-4333-8444-555555555555`);
    graph.expect(
      { path: groupPath(), answer: { json: { value: [{ id: ids[0] }], "@odata.nextLink": next } } },
      rows(`${groupPath()}&$skiptoken=2`, { id: ids[1] }),
      rows(groupPath(other), { id: ids[2] }),
      rows(PEOPLE_PATH, ...ids.map((id) => person({ id })), person()),
    );
    const parts = { client: clientOf(graph.baseUrl), clock: testClock(), log: recordingLog() };

    const { scopes } = await createPeopleReader({
      ...parts,
      mode: "events",
      excludeGroups: [GROUP, other],
    }).read(readOptions());

    expect(scopes.members).toMatchObject({ people: 1, leftOut: { excludedGroups: 3 } });
  });

  it("names the group that the tenant does not have, and counts nobody", async () => {
    const unknown = { path: groupPath(), answer: { status: 404, json: {} } };

    const problem = await problemFrom(read("events", [unknown], [GROUP]), "GRAPH-GROUP");

    expect(problem.facts).toMatchObject({ status: 404, detail: expect.stringContaining(GROUP) });
  });

  it.each([
    { userDisplayName: "On-Premises Directory Synchronization Service Account" },
    { userPrincipalName: "package_86462606-fde0-4fc4-9e0c-a20eb73e54c6@contoso.com" },
    { userPrincipalName: "Package_86462606-FDE0-4FC4-9E0C-A20EB73E54C6@contoso.com" },
  ])("leaves a service account out: %j", async (changes) => {
    const { members } = await scopesOf(person(changes));

    expect(members).toEqual({ ...NOBODY, leftOut: { serviceAccounts: 1 } });
  });

  it.each([
    { userDisplayName: "On-Premises Directory Synchronization Service Account fan" },
    { userDisplayName: null },
    { userDisplayName: undefined },
    { userPrincipalName: "package_tour@contoso.com" },
    { userPrincipalName: "my_package_86462606-fde0-4fc4-9e0c-a20eb73e54c6@contoso.com" },
  ])("takes others for people: %j", async (changes) => {
    const { members } = await scopesOf(person(changes));

    expect(members.people).toBe(1);
  });

  it.each([
    [["mobilePhone"], 1],
    [["mobilePhone", "alternateMobilePhone", "officePhone"], 1],
    [["officePhone", "email", "securityQuestion"], 1],
    [["mobilePhone", "microsoftAuthenticatorPush"], 0],
    [["mobilePhone", "somethingNew"], 0],
    [["email"], 0],
    [[], 0],
  ])("counts %j as %i person with nothing but a phone", async (methodsRegistered, count) => {
    const { members } = await scopesOf(person({ isMfaRegistered: true, methodsRegistered }));

    expect(members.phoneOnly).toBe(count);
  });

  it("does not count a phone of somebody who is not registered for MFA", async () => {
    const { members } = await scopesOf(
      person({ isMfaRegistered: false, methodsRegistered: ["mobilePhone"] }),
    );

    expect(members.phoneOnly).toBe(0);
  });

  it("takes every method for a second factor but the phones and those for resets alone", async () => {
    const others = ["mobilePhone", "alternateMobilePhone", "officePhone", "email", "securityQuestion"];
    const methods = KNOWN_METHODS.filter((method) => !others.includes(method));

    const { members } = await scopesOf(
      ...methods.map((method) =>
        person({ isMfaRegistered: true, methodsRegistered: ["mobilePhone", method] }),
      ),
    );

    expect(members).toMatchObject({ people: methods.length, phoneOnly: 0 });
  });

  it.each([
    ["id", null],
    ["isAdmin", null],
    ["isSsprRegistered", null],
    ["isMfaCapable", null],
    ["isSsprEnabled", null],
    ["isSsprCapable", "true"],
    ["isMfaRegistered", undefined],
    ["isPasswordlessCapable", 1],
    ["methodsRegistered", "email"],
    ["methodsRegistered", null],
    ["userType", null],
    ["userPrincipalName", null],
  ])("refuses a person whose %s is %j", async (field, value) => {
    const problem = await problemFrom(details(person(), { ...person(), [field]: value }), "GRAPH-ANSWER");

    expect(problem.message).toContain(`value.1.${field}`);
  });

  it("says that nothing is collected when nobody is listed", async () => {
    const { facts } = await problemFrom(details(), "GRAPH-NOT-COLLECTED");

    expect(facts.report).toBe("registrations");
  });
});

/** The eight summaries; one of them may be another one. */
function summaries(json: object): readonly Exchange[] {
  return SUMMARY_PATHS.map((path) => ({ path, answer: { json } }));
}

describe("reading Graph's own sums", () => {
  it("gives the documented examples of usersRegisteredByFeature and usersRegisteredByMethod", async () => {
    const options = readOptions();
    const reading = await read(
      "activity",
      summaries({
        "@odata.type": "#microsoft.graph.userRegistrationFeatureSummary",
        totalUserCount: 23123,
        userTypes: "all",
        userRoles: "all",
        userRegistrationFeatureCounts: [
          { feature: "ssprRegistered", userCount: 23423 },
          { feature: "ssprEnabled", userCount: 4234 },
          { feature: "ssprCapable", userCount: 4234 },
          { feature: "passwordlessCapable", userCount: 323 },
          { feature: "mfaCapable", userCount: 3345 },
        ],
        userRegistrationMethodCounts: [
          { authenticationMethod: "password", userCount: 12209 },
          { authenticationMethod: "windowsHelloForBusiness", userCount: 223 },
          { authenticationMethod: "mobilePhone", userCount: 4234 },
        ],
      }),
      [],
      options,
    );

    const counts = {
      people: 23123,
      ssprRegistered: 23423,
      ssprEnabled: 4234,
      ssprCapable: 4234,
      passwordlessCapable: 323,
      mfaCapable: 3345,
      methods: { password: 12209, windowsHelloForBusiness: 223, mobilePhone: 4234 },
      leftOut: {},
    };
    expect(reading).toEqual({
      reader: "summaries",
      readAt: NOW,
      took: 0,
      pages: 8,
      rowsRead: 8,
      scopes: { members: counts, everyone: counts, guests: counts, admins: counts },
    });
    expect(options.progress.map(({ pages }) => pages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("asks for each scope with its own types and roles", async () => {
    const totals = [4, 4, 7, 7, 3, 3, 1, 1];
    const exchanges = SUMMARY_PATHS.map((path, index) => ({
      path,
      answer: { json: summaryOf(totals[index] ?? 0) },
    }));

    const { scopes } = await read("activity", exchanges);

    const people = Object.entries(scopes).map(([scope, { people: count }]) => [scope, count]);
    expect(Object.fromEntries(people)).toEqual({ members: 4, everyone: 7, guests: 3, admins: 1 });
  });

  it("has no figure that Graph does not give, and counts as text are counts", async () => {
    const json = {
      totalUserCount: "12",
      userRegistrationFeatureCounts: [{ feature: "somethingNew", userCount: "5" }],
      userRegistrationMethodCounts: [],
    };

    const { scopes } = await read("activity", summaries(json));

    expect(scopes.members).toEqual({ people: 12, methods: {}, leftOut: {} });
  });

  it("says that groups could not be left out, and does not ask for their members", async () => {
    const reading = await read("activity", summaries(summaryOf(3)), [GROUP]);

    expect(reading.notes).toEqual([{ kind: "groups-not-left-out", groups: 1 }]);
  });

  it("says that nothing is collected when Graph counts nobody", async () => {
    await problemFrom(read("activity", summaries(summaryOf(0))), "GRAPH-NOT-COLLECTED");
  });
});

describe("reading the retired count", () => {
  const listed = rows(
    LEGACY_PEOPLE_PATH,
    legacyPerson({ authMethods: ["email", "mobileSMS"] }),
    legacyPerson({ authMethods: ["email"] }),
  );

  it.each([
    ["metadata and resource page", "registrationStatus", "registrationCount"],
    ["page of the API", "userRegistrationStatus", "userRegistationCount"],
  ])("gives the documented example in the spelling of the %s", async (_where, status, count) => {
    const documented = [
      ["registered", 23423],
      ["enabled", 4234],
      ["capable", 323],
      ["mfaRegistered", 33],
    ];
    const userRegistrationCounts = documented.map(([name, figure]) => ({ [status]: name, [count]: figure }));
    const row = { id: "id-value", totalUserCount: 23123, userRegistrationCounts };
    const options = readOptions();

    const reading = await read("legacy", [rows(LEGACY_COUNT_PATH, row), listed], [GROUP], options);

    expect(reading).toEqual({
      reader: "legacy",
      readAt: NOW,
      took: 0,
      pages: 2,
      rowsRead: 3,
      scopes: {
        everyone: {
          people: 23123,
          ssprRegistered: 23423,
          ssprEnabled: 4234,
          ssprCapable: 323,
          mfaRegistered: 33,
          methods: { email: 2, mobileSMS: 1 },
          leftOut: {},
        },
      },
      notes: [{ kind: "groups-not-left-out", groups: 1 }],
    });
    expect(options.progress).toEqual([
      { pages: 1, rows: 1 },
      { pages: 2, rows: 3 },
    ]);
  });

  it.each([
    ["empty", { json: { value: [] } }],
    ["gone", { status: 410, json: {} }],
  ])("has no methods when only the list of people is %s", async (_how, answer) => {
    const { scopes } = await read("legacy", [
      rows(LEGACY_COUNT_PATH, legacyCount()),
      { path: LEGACY_PEOPLE_PATH, answer },
    ]);

    expect(scopes).toEqual({ everyone: { people: 10, ssprRegistered: 6, leftOut: {} } });
  });

  it.each([
    ["no row", []],
    [
      "nothing but zeros",
      [
        legacyCount({
          totalUserCount: 0,
          userRegistrationCounts: [{ registrationStatus: "registered", registrationCount: 0 }],
        }),
      ],
    ],
  ])("is retired when it has %s", async (_what, value) => {
    await problemFrom(read("legacy", [rows(LEGACY_COUNT_PATH, ...value)]), "GRAPH-RETIRED");
  });

  it("refuses several counts, because none is known to be the right one", async () => {
    const two = rows(LEGACY_COUNT_PATH, legacyCount(), legacyCount());

    await problemFrom(read("legacy", [two]), "GRAPH-ANSWER");
  });

  it("refuses a count in neither spelling", async () => {
    const row = legacyCount({ userRegistrationCounts: [{ status: "registered", count: 1 }] });

    await problemFrom(read("legacy", [rows(LEGACY_COUNT_PATH, row)]), "GRAPH-ANSWER");
  });
});
