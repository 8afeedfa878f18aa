import { describe, expect, it } from "vitest";
import { activityReader } from "../../src/graph/readers/activity.ts";
import { eventsReader } from "../../src/graph/readers/events.ts";
import { legacyReader } from "../../src/graph/readers/legacy.ts";
import { KNOWN_METHODS } from "../../src/reference/methods.ts";
import { startLoopbackGraph } from "../support/loopback-graph.ts";
import { ACTIVITY_PATH, EVENTS_PATH, event, LEGACY_PATH, summaryRow } from "./samples.ts";
import { CANARY, clientOf, NOW, problemFrom, readOptions, testClock } from "./setup.ts";

const HOUR = 3_600_000;

async function graphWith(path: string, ...pages: readonly object[]) {
  const graph = await startLoopbackGraph(...pages.map((json) => ({ path, answer: { json } })));
  return { graph, parts: { client: clientOf(graph.baseUrl), clock: testClock() } };
}

describe("the legacy reader", () => {
  it("reads the documented example of getCredentialUsageSummary", async () => {
    const { parts } = await graphWith(LEGACY_PATH, {
      "@odata.context":
        "https://graph.microsoft.com/beta/reports/$metadata#Collection(microsoft.graph.getCredentialUsageSummary)",
      value: [
        {
          id: "id-value",
          feature: "registration",
          successfulActivityCount: 12345,
          failureActivityCount: 123,
          authMethod: "email",
        },
      ],
    });

    const reading = await legacyReader(parts).read("D30", readOptions());

    expect(reading).toEqual({
      reader: "legacy",
      readAt: NOW,
      summaries: [
        {
          period: "D30",
          from: new Date("2025-06-16T16:00:00Z"),
          to: NOW,
          rows: [{ feature: "registration", method: "email", successes: 12345, failures: 123 }],
        },
      ],
      pages: 1,
      rowsRead: 1,
      notes: [],
    });
  });

  it("reads the counts of the resource page's example, which are strings", async () => {
    const { parts } = await graphWith(LEGACY_PATH, {
      value: [
        {
          id: "d3590ed6-52b3-4102-aeff-aad2292ab01234",
          feature: "registration",
          successfulActivityCount: "12345",
          failureActivityCount: "123",
          authMethod: "email",
        },
      ],
    });

    const reading = await legacyReader(parts).read("D30", readOptions());

    expect(reading.summaries[0]?.rows).toEqual([
      { feature: "registration", method: "email", successes: 12345, failures: 123 },
    ]);
  });

  it.each(["D1", "D7", "D30"] as const)("asks for %s in the words of the documentation", async (period) => {
    const path = `/beta/reports/getCredentialUsageSummary(period='${period}')`;
    const { graph, parts } = await graphWith(path, { value: [summaryRow()] });

    const reading = await legacyReader(parts).read(period, readOptions());

    expect(reading.summaries.map((summary) => summary.period)).toEqual([period]);
    expect(graph.requests[0]?.headers).toMatchObject({ prefer: "include-unknown-enum-members" });
  });

  it.each([
    ["no rows", []],
    ["only rows of zeros", [summaryRow({ successfulActivityCount: 0, failureActivityCount: "0" })]],
  ])("says that the API is retired when it answers with %s", async (_what, value) => {
    const { parts } = await graphWith(LEGACY_PATH, { value });

    const problem = await problemFrom(legacyReader(parts).read("D30", readOptions()), "GRAPH-RETIRED");

    expect(problem.facts.permission).toBe("AuditLog.Read.All");
  });
});

describe("the activity reader", () => {
  it("reads the documented example of userRegistrationActivity, zeros included", async () => {
    const row = (id: string, feature: string, authMethod: string, ok: number, failed: number) => ({
      "@odata.type": "#microsoft.graph.userRegistrationActivitySummary",
      id,
      feature,
      successfulActivityCount: ok,
      failureActivityCount: failed,
      authMethod,
    });
    const { parts } = await graphWith(ACTIVITY_PATH, {
      value: [
        row("97d6cbb9-9323-4b6a-b89d-b2a60907ede4", "registration", "windowsHelloForBusiness", 1, 0),
        row("8998b7bb-ece5-4255-8df9-4317c8a738b8", "registration", "microsoftAuthenticatorPush", 83, 214),
        row("0a597d38-3a54-4300-a3f2-e7f8357b51c6", "reset", "sms", 0, 0),
        row("97ee074d-1a4a-4c96-b84b-edd902849062", "reset", "oneTimePasscode", 0, 0),
      ],
    });

    const reading = await activityReader(parts).read("D30", readOptions());

    expect(reading).toMatchObject({ reader: "activity", readAt: NOW, pages: 1, rowsRead: 4, notes: [] });
    expect(reading.summaries).toEqual([
      {
        period: "D30",
        from: new Date("2025-06-16T16:00:00Z"),
        to: NOW,
        rows: [
          { feature: "registration", method: "microsoftAuthenticatorPush", successes: 83, failures: 214 },
          { feature: "registration", method: "windowsHelloForBusiness", successes: 1, failures: 0 },
          { feature: "reset", method: "oneTimePasscode", successes: 0, failures: 0 },
          { feature: "reset", method: "sms", successes: 0, failures: 0 },
        ],
      },
    ]);
  });

  it("adds up rows of the same feature and method", async () => {
    const { parts } = await graphWith(ACTIVITY_PATH, {
      value: [summaryRow(), summaryRow({ successfulActivityCount: "5", failureActivityCount: 6 })],
    });

    const reading = await activityReader(parts).read("D30", readOptions());

    expect(reading.summaries[0]?.rows).toEqual([
      { feature: "registration", method: "email", successes: 8, failures: 10 },
    ]);
    expect(reading.rowsRead).toBe(2);
  });

  it.each([-1, 0.5, 2 ** 53, "9007199254740992", "-1", "1e3", "", " 1", null])(
    "refuses a count of %j",
    async (successfulActivityCount) => {
      const { parts } = await graphWith(ACTIVITY_PATH, { value: [summaryRow({ successfulActivityCount })] });

      const problem = await problemFrom(activityReader(parts).read("D30", readOptions()), "GRAPH-ANSWER");

      expect(problem.message).toContain("value.0.successfulActivityCount");
    },
  );

  it("refuses a sum that a number cannot hold exactly", async () => {
    const half = summaryRow({ successfulActivityCount: Number.MAX_SAFE_INTEGER });
    const { parts } = await graphWith(ACTIVITY_PATH, { value: [half, half] });

    const reading = activityReader(parts).read("D30", readOptions());

    await problemFrom(reading, "GRAPH-ANSWER");
  });

  it("refuses counts whose sum over the methods of a feature is no exact number", async () => {
    const most = { successfulActivityCount: Number.MAX_SAFE_INTEGER - 1, failedActivityCount: 0 };
    const rows = [summaryRow({ ...most, authMethod: "email" }), summaryRow({ authMethod: "fido" })];
    const { parts } = await graphWith(ACTIVITY_PATH, { value: rows });

    const reading = activityReader(parts).read("D30", readOptions());

    await problemFrom(reading, "GRAPH-ANSWER");
  });
});

describe("the events reader", () => {
  it("counts the documented example of userEventsSummary in every period", async () => {
    const { parts } = await graphWith(EVENTS_PATH, {
      "@odata.context":
        "https://graph.microsoft.com/beta/$metadata#reports/authenticationMethods/userEventsSummary",
      value: [
        {
          "@odata.type": "#microsoft.graph.userEventsSummary",
          id: "3604e35c-12f3-a86a-5ff4-97aecf6c526a",
          feature: "registration",
          userPrincipalName: "johndoe@contoso.net",
          userDisplayName: "John Doe",
          isSuccess: true,
          authMethod: "microsoftAuthenticatorPush",
          failureReason: "",
          eventDateTime: "2025-07-16T16:19:18Z",
        },
      ],
    });
    const rows = [
      { feature: "registration", method: "microsoftAuthenticatorPush", successes: 1, failures: 0 },
    ];

    const sums = [
      {
        feature: "registration",
        method: "microsoftAuthenticatorPush",
        isSuccess: true,
        reason: "",
        count: 1,
      },
    ];

    const people = { features: [], groups: [], failures: [] };

    const reading = await eventsReader(parts).read("D7", readOptions());

    expect(reading).toEqual({
      reader: "events",
      readAt: NOW,
      summaries: [
        { period: "D1", from: new Date("2025-07-15T16:00:00Z"), to: NOW, rows, sums, people },
        { period: "D7", from: new Date("2025-07-09T16:00:00Z"), to: NOW, rows, sums, people },
        { period: "D30", from: new Date("2025-06-16T16:00:00Z"), to: NOW, rows, sums, people },
      ],
      pages: 1,
      rowsRead: 1,
      notes: [],
      // The quarter of the only event may have been cut, so it vouches for what comes after it.
      history: { from: new Date("2025-07-16T16:30:00Z"), to: new Date("2025-07-16T16:45:00Z"), cells: [] },
    });
    expect(JSON.stringify(reading)).not.toMatch(/john/i);
  });

  it.each([
    ["a known text", "A system error has occurred.", "system-error"],
    ["an unknown text", `The moon of ${CANARY}@contoso.net is blue`, "The moon of (mail address) is blue"],
    ["an empty text", "", "unspecified"],
    ["null", null, "unspecified"],
    ["nothing", undefined, "unspecified"],
  ])("keeps the reason of a failure that is %s", async (_what, failureReason, reason) => {
    const at = new Date(NOW.getTime() - HOUR);
    const { parts } = await graphWith(EVENTS_PATH, {
      value: [
        { ...event(at), isSuccess: false, failureReason },
        { ...event(at), isSuccess: true, failureReason: "User contacted an admin" },
        event(new Date(NOW.getTime() - 5 * HOUR)),
      ],
    });

    const reading = await eventsReader(parts).read("D1", readOptions());

    expect(reading.history?.cells.map((cell) => [cell.isSuccess, cell.reason, cell.count])).toEqual([
      [false, reason, 1],
      [true, "", 1],
    ]);
    expect(JSON.stringify(reading)).not.toContain(CANARY);
  });

  it("leaves events after the hour of the reading out and says how many they are", async () => {
    const { parts } = await graphWith(EVENTS_PATH, {
      value: [event(new Date(NOW.getTime() + HOUR)), event(new Date(NOW.getTime() + 9 * HOUR)), event(NOW)],
    });

    const reading = await eventsReader(parts).read("D1", readOptions());

    expect(reading.notes).toEqual([{ kind: "events-in-the-future", count: 2 }]);
    expect(reading.summaries.map(({ rows }) => rows[0]?.successes)).toEqual([1, 1, 1]);
  });

  it("reads times with seven digits of a second and with an offset", async () => {
    const { parts } = await graphWith(EVENTS_PATH, {
      value: [event("2025-07-16T15:59:59.9999999Z"), event("2025-07-16T18:00:00+02:00")],
    });

    const reading = await eventsReader(parts).read("D1", readOptions());

    expect(reading.summaries[0]?.rows[0]?.successes).toBe(2);
  });

  it.each([
    ["isSuccess", "true"],
    ["isSuccess", null],
    ["authMethod", null],
    ["feature", undefined],
    ["failureReason", 5],
    ["eventDateTime", "yesterday"],
    ["eventDateTime", "2025-02-30T00:00:00Z"],
    ["eventDateTime", 1752682758],
  ])("refuses an event whose %s is %j", async (field, value) => {
    const { parts } = await graphWith(EVENTS_PATH, {
      value: [event(NOW), { ...event(NOW), [field]: value }],
    });

    const problem = await problemFrom(eventsReader(parts).read("D1", readOptions()), "GRAPH-ANSWER");

    expect(problem.message).toContain(`value.1.${field}`);
  });

  it("keeps numbers of all periods when only old events come", async () => {
    const { parts } = await graphWith(EVENTS_PATH, { value: [event("2020-01-01T00:00:00Z")] });

    const reading = await eventsReader(parts).read("D1", readOptions());

    expect(reading.summaries.map(({ rows }) => rows)).toEqual([[], [], []]);
    expect(reading.rowsRead).toBe(1);
  });
});

/** Names that Graph's documentation has for methods, and one that it has not. */
const METHODS = [...KNOWN_METHODS, "unknownFutureValue", "neuralLink"];

describe("every method", () => {
  it.each([
    ["legacy", legacyReader, LEGACY_PATH],
    ["activity", activityReader, ACTIVITY_PATH],
  ] as const)("is counted by the %s reader", async (_id, reader, path) => {
    const { parts } = await graphWith(path, {
      value: METHODS.map((authMethod) => summaryRow({ authMethod })),
    });

    const reading = await reader(parts).read("D30", readOptions());

    const rows = METHODS.map((method) => ({ feature: "registration", method, successes: 3, failures: 4 }));
    expect(new Set(reading.summaries[0]?.rows)).toEqual(new Set(rows));
  });

  it("is counted by the events reader, and so is every feature", async () => {
    const features = ["registration", "reset", "unknownFutureValue", "telepathy"];
    const value = features.flatMap((feature) =>
      METHODS.map((authMethod) => ({ ...event(NOW), feature, authMethod, isSuccess: false })),
    );
    const { parts } = await graphWith(EVENTS_PATH, { value });

    const reading = await eventsReader(parts).read("D1", readOptions());

    const rows = features.flatMap((feature) =>
      METHODS.map((method) => ({ feature, method, successes: 0, failures: 1 })),
    );
    for (const summary of reading.summaries) {
      expect(new Set(summary.rows)).toEqual(new Set(rows));
    }
  });
});

describe("a name that no database can store", () => {
  const NAMES = [
    ["nul\u0000", "\ud800half"],
    ["nul\ufffd", "\ufffdhalf"],
    ["whole", "\ud83d\udd11"],
  ] as const;

  it.each([
    ["legacy", legacyReader, LEGACY_PATH],
    ["activity", activityReader, ACTIVITY_PATH],
  ] as const)("is kept readable by the %s reader, and counted with its like", async (_id, reader, path) => {
    const value = NAMES.map(([feature, authMethod]) => summaryRow({ feature, authMethod }));
    const { parts } = await graphWith(path, { value });

    const reading = await reader(parts).read("D30", readOptions());

    expect(reading.summaries[0]?.rows).toEqual([
      { feature: "nul\ufffd", method: "\ufffdhalf", successes: 6, failures: 8 },
      { feature: "whole", method: "\ud83d\udd11", successes: 3, failures: 4 },
    ]);
  });

  it("is kept readable by the events reader, and counted with its like", async () => {
    const value = NAMES.map(([feature, authMethod]) => ({ ...event(NOW), feature, authMethod }));
    const { parts } = await graphWith(EVENTS_PATH, { value });

    const reading = await eventsReader(parts).read("D1", readOptions());

    expect(reading.summaries[0]?.rows).toEqual([
      { feature: "nul\ufffd", method: "\ufffdhalf", successes: 2, failures: 0 },
      { feature: "whole", method: "\ud83d\udd11", successes: 1, failures: 0 },
    ]);
  });
});

describe("progress", () => {
  it("tells pages and rows after every page, and until when Graph wants silence", async () => {
    const graph = await startLoopbackGraph();
    const clock = testClock();
    const next = `${graph.baseUrl}${EVENTS_PATH}?$skiptoken=2`;
    graph.expect(
      { path: EVENTS_PATH, answer: { json: { value: [event(NOW), event(NOW)], "@odata.nextLink": next } } },
      {
        path: `${EVENTS_PATH}?$skiptoken=2`,
        answer: { status: 429, headers: { "retry-after": "40" }, json: {} },
      },
      { path: `${EVENTS_PATH}?$skiptoken=2`, answer: { json: { value: [event(NOW)] } } },
    );
    const options = readOptions();

    await eventsReader({ client: clientOf(graph.baseUrl, { clock }), clock }).read("D1", options);

    expect(options.progress).toEqual([
      { pages: 1, rows: 2 },
      { pages: 1, rows: 2, waitingUntil: new Date(NOW.getTime() + 40_000) },
      { pages: 2, rows: 3 },
    ]);
  });
});
