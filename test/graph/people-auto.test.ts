import { describe, expect, it } from "vitest";
import { createPeopleReader, peopleReadersOf } from "../../src/graph/people-reader.ts";
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
import {
  clientOf,
  errorBody,
  jwt,
  problemFrom,
  readOptions,
  recordingLog,
  testClock,
  tokenCredential,
} from "./setup.ts";

const APP = jwt({ roles: ["AuditLog.Read.All"], idtyp: "app" });
const DELEGATED = jwt({ scp: "AuditLog.Read.All Reports.Read.All" });

const [FIRST_SUMMARY = ""] = SUMMARY_PATHS;
const DETAILS: readonly Exchange[] = [answering(PEOPLE_PATH, { value: [person()] })];
const SUMMARIES = SUMMARY_PATHS.map((path) => answering(path, summaryOf(3)));
const LEGACY = [
  answering(LEGACY_COUNT_PATH, { value: [legacyCount()] }),
  answering(LEGACY_PEOPLE_PATH, { value: [legacyPerson()] }),
];

function answering(path: string, json: object): Exchange {
  return { path, answer: { json } };
}

function refusing(path: string, code = "Authentication_MSGraphPermissionMissing"): Exchange {
  return { path, answer: { status: 403, json: errorBody(code) } };
}

async function read(token: string, exchanges: readonly Exchange[], excludeGroups: readonly string[] = []) {
  const graph = await startLoopbackGraph(...exchanges);
  const client = clientOf(graph.baseUrl, { credential: tokenCredential(token) });
  const parts = { client, clock: testClock(), log: recordingLog(), excludeGroups };
  return createPeopleReader({ ...parts, mode: "auto" }).read(readOptions());
}

describe("the automatic choice", () => {
  it.each([
    ["sums with a person's token", DELEGATED, SUMMARIES, "summaries"],
    ["details with an application's token", APP, DETAILS, "details"],
    ["details with a token that cannot be read", "opaque", DETAILS, "details"],
  ])("counts people by %s", async (_what, token, exchanges, reader) => {
    const reading = await read(token, exchanges);

    expect(reading.reader).toBe(reader);
    expect(reading.notes).toBeUndefined();
  });

  it.each([
    ["details", APP, PEOPLE_PATH],
    ["sums", DELEGATED, FIRST_SUMMARY],
  ])(
    "takes the retired count when the permission for %s is missing, and says so",
    async (_what, token, path) => {
      const reading = await read(token, [refusing(path), ...LEGACY]);

      expect(reading.reader).toBe("legacy");
      expect(reading.notes).toEqual([{ kind: "legacy-instead", permission: "AuditLog.Read.All" }]);
    },
  );

  it("says both that the retired count was taken and that it cannot leave groups out", async () => {
    const group = answering(groupPath(), { value: [] });

    const reading = await read(APP, [group, refusing(PEOPLE_PATH), ...LEGACY], [GROUP]);

    expect(reading.notes).toEqual([
      { kind: "groups-not-left-out", groups: 1 },
      { kind: "legacy-instead", permission: "AuditLog.Read.All" },
    ]);
  });

  it("does not count the members of a group that it may not read", async () => {
    const problem = await problemFrom(
      read(APP, [refusing(groupPath(), "Authorization_RequestDenied")], [GROUP]),
      "GRAPH-PERMISSION",
    );

    expect(problem.facts.permission).toBe("GroupMember.Read.All");
  });
});

describe("stored counts", () => {
  it("answer for the report that the setting names, and all of them for the automatic choice", () => {
    expect(peopleReadersOf("auto")).toEqual(["details", "summaries", "legacy"]);
    expect(peopleReadersOf("events")).toEqual(["details"]);
    expect(peopleReadersOf("activity")).toEqual(["summaries"]);
    expect(peopleReadersOf("legacy")).toEqual(["legacy"]);
  });
});
