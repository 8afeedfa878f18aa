import { describe, expect, it, vi } from "vitest";
import { createUsageReader, readersOf } from "../../src/graph/usage-reader.ts";
import { type Exchange, startLoopbackGraph } from "../support/loopback-graph.ts";
import { ACTIVITY_PATH, EVENTS_PATH, event, LEGACY_PATH, summaryRow } from "./samples.ts";
import {
  clientOf,
  errorBody,
  jwt,
  NOW,
  problemFrom,
  readOptions,
  recordingLog,
  testClock,
  tokenCredential,
} from "./setup.ts";

const APP = jwt({ roles: ["AuditLog.Read.All"], idtyp: "app" });
const DELEGATED = jwt({ scp: "AuditLog.Read.All Reports.Read.All" });

const EVENTS = { path: EVENTS_PATH, answer: { json: { value: [event(NOW)] } } };
const ACTIVITY = { path: ACTIVITY_PATH, answer: { json: { value: [summaryRow()] } } };
const LEGACY = { path: LEGACY_PATH, answer: { json: { value: [summaryRow()] } } };

function refusing(path: string, code = "Authentication_MSGraphPermissionMissing"): Exchange {
  return { path, answer: { status: 403, json: errorBody(code) } };
}

async function read(token: string, ...exchanges: readonly Exchange[]) {
  const graph = await startLoopbackGraph(...exchanges);
  const client = clientOf(graph.baseUrl, { credential: tokenCredential(token) });
  return createUsageReader({ client, clock: testClock(), log: recordingLog(), mode: "auto" }).read(
    "D30",
    readOptions(),
  );
}

describe("the automatic choice", () => {
  it.each([
    ["activity with a person's token", DELEGATED, ACTIVITY, "activity"],
    ["events with an application's token", APP, EVENTS, "events"],
    ["events with a token that cannot be read", "opaque", EVENTS, "events"],
  ])("reads %s", async (_what, token, exchange, reader) => {
    const reading = await read(token, exchange);

    expect(reading).toMatchObject({ reader, notes: [] });
  });

  it.each([
    ["events", APP, EVENTS_PATH],
    ["activity", DELEGATED, ACTIVITY_PATH],
  ])(
    "reads the legacy report when the permission for %s is missing, and says so",
    async (_what, token, path) => {
      const reading = await read(token, refusing(path), LEGACY);

      expect(reading).toMatchObject({
        reader: "legacy",
        notes: [{ kind: "legacy-instead-of-events", permission: "AuditLog.Read.All" }],
      });
    },
  );

  it("says which permission is missing when it is another one than the report's own", async () => {
    const refused = refusing(EVENTS_PATH, "Authentication_ApplicationHasNoDirectoryReadAccess");

    const reading = await read(APP, refused, LEGACY);

    expect(reading.notes).toEqual([{ kind: "legacy-instead-of-events", permission: "Directory.Read.All" }]);
  });

  it("says that the legacy report is retired when it is empty, and what to grant", async () => {
    const empty = { path: LEGACY_PATH, answer: { json: { value: [] } } };

    const problem = await problemFrom(read(APP, refusing(EVENTS_PATH), empty), "GRAPH-RETIRED");

    expect(problem.facts.permission).toBe("AuditLog.Read.All");
  });

  it("names the permission that is really missing when the legacy report is retired", async () => {
    const refused = refusing(EVENTS_PATH, "Authentication_ApplicationHasNoDirectoryReadAccess");
    const empty = { path: LEGACY_PATH, answer: { json: { value: [] } } };

    const problem = await problemFrom(read(APP, refused, empty), "GRAPH-RETIRED");

    expect(problem.facts.permission).toBe("Directory.Read.All");
  });

  it("names both the licence and the permission when the legacy report misses a licence", async () => {
    const unlicensed = refusing(LEGACY_PATH, "Authentication_RequestFromNonPremiumTenantOrB2CTenant");

    const problem = await problemFrom(read(APP, refusing(EVENTS_PATH), unlicensed), "GRAPH-LICENCE");

    expect(problem.facts.permission).toBe("AuditLog.Read.All");
  });

  it.each([
    ["is refused too", refusing(LEGACY_PATH)],
    ["fails", { path: LEGACY_PATH, answer: { status: 500, text: "" } }],
  ])("names the permission of the current report when the legacy one %s", async (_what, legacy) => {
    const problem = await problemFrom(read(APP, refusing(EVENTS_PATH), legacy), "GRAPH-PERMISSION");

    expect(problem.facts.permission).toBe("AuditLog.Read.All");
  });

  it.each([
    ["a missing licence", "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "GRAPH-LICENCE"],
    ["a missing role", "Authentication_RequestFromUnsupportedUserRole", "GRAPH-ROLE"],
  ] as const)("tries no other report after %s", async (_what, graphCode, code) => {
    await problemFrom(read(DELEGATED, refusing(ACTIVITY_PATH, graphCode)), code);
  });

  it("tries no legacy report in a national cloud, which never had it", async () => {
    const graph = await startLoopbackGraph(refusing(EVENTS_PATH));
    const client = clientOf(graph.baseUrl, { credential: tokenCredential(APP) });
    const national = { ...client, baseUrl: "https://graph.microsoft.us" };
    const reader = createUsageReader({
      client: national,
      clock: testClock(),
      log: recordingLog(),
      mode: "auto",
    });

    await problemFrom(reader.read("D30", readOptions()), "GRAPH-PERMISSION");
  });

  it("asks for the token once, not for every reading", async () => {
    const graph = await startLoopbackGraph(EVENTS, EVENTS);
    const token = vi.fn(async () => "opaque");
    const client = { ...clientOf(graph.baseUrl), token };
    const reader = createUsageReader({ client, clock: testClock(), log: recordingLog(), mode: "auto" });

    await reader.read("D1", readOptions());
    await reader.read("D1", readOptions());

    expect(token).toHaveBeenCalledTimes(1);
  });
});

describe("a named reader", () => {
  it.each([
    ["legacy", LEGACY],
    ["activity", ACTIVITY],
    ["events", EVENTS],
  ] as const)("is used whatever the token is: %s", async (mode, exchange) => {
    const graph = await startLoopbackGraph(exchange);
    const client = clientOf(graph.baseUrl, { credential: tokenCredential("opaque") });
    const reader = createUsageReader({ client, clock: testClock(), log: recordingLog(), mode });

    const reading = await reader.read("D30", readOptions());

    expect(reading.reader).toBe(mode);
  });

  it("is answered by its own stored numbers only, the automatic choice by all", () => {
    expect(readersOf("legacy")).toEqual(["legacy"]);
    expect(readersOf("auto")).toEqual(["legacy", "activity", "events"]);
  });
});
