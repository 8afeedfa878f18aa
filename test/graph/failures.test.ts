import { describe, expect, it } from "vitest";
import { activityReader } from "../../src/graph/readers/activity.ts";
import { eventsReader } from "../../src/graph/readers/events.ts";
import { legacyReader } from "../../src/graph/readers/legacy.ts";
import { registrationReader } from "../../src/graph/readers/registration.ts";
import type { ReaderParts } from "../../src/graph/readers/summary.ts";
import type { ProblemCode, ProblemFacts } from "../../src/kernel/problem.ts";
import type { UsageReader } from "../../src/ports/usage.ts";
import { type LoopbackAnswer, startLoopbackGraph } from "../support/loopback-graph.ts";
import {
  ACTIVITY_PATH,
  EVENTS_PATH,
  event,
  LEGACY_PATH,
  PEOPLE_PATH,
  person,
  summaryRow,
} from "./samples.ts";
import {
  CANARY,
  clientOf,
  errorBody,
  NOW,
  problemFrom,
  QUICK,
  readOptions,
  recordingLog,
  testClock,
} from "./setup.ts";

const READERS = [
  {
    id: "legacy",
    read: usage(legacyReader),
    path: LEGACY_PATH,
    row: summaryRow(),
    permission: "Reports.Read.All",
  },
  {
    id: "activity",
    read: usage(activityReader),
    path: ACTIVITY_PATH,
    row: summaryRow(),
    permission: "AuditLog.Read.All",
  },
  {
    id: "events",
    read: usage(eventsReader),
    path: EVENTS_PATH,
    row: event(NOW),
    permission: "AuditLog.Read.All",
  },
  {
    id: "registration",
    read: (parts: ReaderParts) => registrationReader(parts).read(readOptions()),
    path: PEOPLE_PATH,
    row: person(),
    permission: "AuditLog.Read.All",
  },
] as const;

function usage(create: (parts: ReaderParts) => UsageReader) {
  return (parts: ReaderParts) => create(parts).read("D30", readOptions());
}

interface Failure {
  readonly name: string;
  /** What the server answers, one after the other. */
  readonly answers: readonly LoopbackAnswer[];
  readonly code: ProblemCode;
  readonly facts?: ProblemFacts;
}

const IN_A_MINUTE = new Date(NOW.getTime() + 60_000);
const IN_AN_HOUR = new Date(NOW.getTime() + 3_600_000);

function refused(status: number, code: string): LoopbackAnswer {
  return { status, json: errorBody(code) };
}

function throttled(retryAfter: string | undefined, status = 429): LoopbackAnswer {
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  return { status, headers, json: errorBody("UnknownError") };
}

function four(answer: LoopbackAnswer): readonly LoopbackAnswer[] {
  return [answer, answer, answer, answer];
}

/** The failures that mean the same for every reader. */
const FAILURES: readonly Failure[] = [
  {
    name: "401",
    answers: [refused(401, "InvalidAuthenticationToken")],
    code: "GRAPH-SIGN-IN",
    facts: {
      status: 401,
      graphCode: "InvalidAuthenticationToken",
      requestId: "94fb3b52-452a-4535-a601-69e0a90e3aa2",
    },
  },
  {
    name: "403 without a licence",
    answers: [refused(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")],
    code: "GRAPH-LICENCE",
    facts: { status: 403, graphCode: "Authentication_RequestFromNonPremiumTenantOrB2CTenant" },
  },
  {
    name: "403 without a role",
    answers: [refused(403, "Authentication_RequestFromUnsupportedUserRole")],
    code: "GRAPH-ROLE",
  },
  {
    name: "403 without Directory.Read.All",
    answers: [refused(403, "Authentication_ApplicationHasNoDirectoryReadAccess")],
    code: "GRAPH-PERMISSION",
    facts: { permission: "Directory.Read.All" },
  },
  {
    name: "403 for conditional access",
    answers: [
      { status: 403, headers: { "www-authenticate": 'Bearer error="insufficient_claims"' }, text: "" },
    ],
    code: "GRAPH-SIGN-IN",
  },
  { name: "403 for a reason nobody knows", answers: [refused(403, "BlueMoon")], code: "GRAPH-REFUSED" },
  {
    name: "a redirection",
    answers: [{ status: 302, headers: { location: "/elsewhere" }, text: "" }],
    code: "GRAPH-REFUSED",
    facts: { status: 302 },
  },
  {
    name: "429 with seconds, again and again",
    answers: four(throttled("60")),
    code: "GRAPH-THROTTLED",
    facts: { status: 429, retryAt: new Date(NOW.getTime() + 4 * 60_000) },
  },
  {
    name: "429 with a date, again and again",
    answers: four(throttled(IN_A_MINUTE.toUTCString())),
    code: "GRAPH-THROTTLED",
  },
  {
    name: "429 without Retry-After, again and again",
    answers: four(throttled(undefined)),
    code: "GRAPH-THROTTLED",
  },
  {
    name: "429 beyond the cap",
    answers: [throttled("3600")],
    code: "GRAPH-THROTTLED",
    facts: { status: 429, retryAt: IN_AN_HOUR },
  },
  {
    name: "503 beyond the cap",
    answers: [throttled("3600", 503)],
    code: "GRAPH-THROTTLED",
    facts: { status: 503, retryAt: IN_AN_HOUR },
  },
  { name: "500", answers: [refused(500, "UnknownError")], code: "GRAPH-UNREACHABLE", facts: { status: 500 } },
  { name: "502", answers: [{ status: 502, text: `<p>${CANARY}</p>` }], code: "GRAPH-UNREACHABLE" },
  { name: "503, again and again", answers: four(throttled(undefined, 503)), code: "GRAPH-UNREACHABLE" },
  { name: "504, again and again", answers: four(throttled("1", 504)), code: "GRAPH-UNREACHABLE" },
  {
    name: "a cut before the headers, again and again",
    answers: four({ cut: "before-headers" }),
    code: "GRAPH-UNREACHABLE",
  },
  {
    name: "a cut in the body, again and again",
    answers: four({ cut: "mid-body" }),
    code: "GRAPH-UNREACHABLE",
  },
  {
    name: "silence, twice",
    answers: [{ hang: "before-headers" }, { hang: "before-headers" }],
    code: "GRAPH-UNREACHABLE",
  },
  {
    name: "silence in the body, twice",
    answers: [{ hang: "mid-body" }, { hang: "mid-body" }],
    code: "GRAPH-UNREACHABLE",
  },
  { name: "no JSON", answers: [{ text: `<html>${CANARY}</html>` }], code: "GRAPH-ANSWER" },
  { name: "no body", answers: [{ status: 204, text: "" }], code: "GRAPH-ANSWER" },
  { name: "another shape", answers: [{ json: { value: { [CANARY]: CANARY } } }], code: "GRAPH-ANSWER" },
  { name: "an error inside a success", answers: [{ json: errorBody("UnknownError") }], code: "GRAPH-ANSWER" },
  { name: "a row of another shape", answers: [{ json: { value: [CANARY] } }], code: "GRAPH-ANSWER" },
];

describe.each(READERS)("the $id reader", ({ id, read: readWith, path, row, permission }) => {
  async function read(...answers: readonly LoopbackAnswer[]) {
    const graph = await startLoopbackGraph(...answers.map((answer) => ({ path, answer })));
    const clock = testClock();
    const log = recordingLog();
    const client = clientOf(graph.baseUrl, { clock, log, timings: { ...QUICK, graphDeadline: 500 } });
    return { graph, log, reading: readWith({ client, clock }) };
  }

  it.each(FAILURES)("turns $name into $code", async ({ answers, code, facts = {} }) => {
    const { reading, log } = await read(...answers);

    const problem = await problemFrom(reading, code);

    expect(problem.facts).toMatchObject(facts);
    expect(log.text()).not.toContain(CANARY);
  });

  it.each([
    "Authentication_MSGraphPermissionMissing",
    "Authentication_ApplicationHasNoReadAuditLogDataAccess",
    "Authorization_RequestDenied",
  ])("names the missing permission after 403 %s", async (code) => {
    const { reading } = await read(refused(403, code));

    const problem = await problemFrom(reading, "GRAPH-PERMISSION");

    expect(problem.facts).toMatchObject({ permission, graphCode: code });
  });

  it.each([400, 404, 410])("turns %i into what became of the API", async (status) => {
    const { reading } = await read(refused(status, "UnknownError"));

    const problem = await problemFrom(reading);

    expect(problem.code).toBe(id === "legacy" ? "GRAPH-RETIRED" : "GRAPH-REFUSED");
  });

  it("says that nothing is there when the answer has no rows", async () => {
    const { reading } = await read({ json: { value: [] } });

    const problem = await problemFrom(reading);

    expect(problem.code).toBe(id === "legacy" ? "GRAPH-RETIRED" : "GRAPH-NOT-COLLECTED");
  });

  it.each([
    ["429 with seconds", throttled("1")],
    ["429 with a date", throttled(IN_A_MINUTE.toUTCString())],
    ["429 with a date in the past", throttled(new Date(0).toUTCString())],
    ["429 without Retry-After", throttled(undefined)],
    ["503", throttled(undefined, 503)],
    ["504", throttled(undefined, 504)],
    ["a cut before the headers", { cut: "before-headers" } as const],
    ["a cut in the body", { cut: "mid-body" } as const],
    ["silence", { hang: "before-headers" } as const],
    ["silence in the body", { hang: "mid-body" } as const],
  ])("reads on after one %s", async (_name, answer) => {
    const { reading } = await read(answer, { json: { value: [row] } });

    const { rowsRead } = await reading;

    expect(rowsRead).toBe(1);
  });

  it("reads all pages, an empty one among them", async () => {
    const { graph, reading } = await read();
    const link = (page: number) => `${path}?$skiptoken=${page}`;
    graph.expect(
      { path, answer: { json: { value: [row], "@odata.nextLink": graph.baseUrl + link(2) } } },
      { path: link(2), answer: { json: { value: [], "@odata.nextLink": graph.baseUrl + link(3) } } },
      { path: link(3), answer: { json: { value: [row, row] } } },
    );

    const { pages, rowsRead } = await reading;

    expect({ pages, rowsRead }).toEqual({ pages: 3, rowsRead: 3 });
    for (const { headers } of graph.requests) {
      expect(headers).toMatchObject({ prefer: "include-unknown-enum-members", accept: "application/json" });
    }
  });

  it("gives nothing at all when a later page fails", async () => {
    const { graph, reading } = await read();
    const link = `${path}?$skiptoken=${CANARY}`;
    graph.expect(
      { path, answer: { json: { value: [row], "@odata.nextLink": graph.baseUrl + link } } },
      { path: link, answer: refused(500, "UnknownError") },
    );

    await problemFrom(reading, "GRAPH-UNREACHABLE");
  });

  it.each([
    ["to another host", () => `https://graph.example/beta?$skiptoken=${CANARY}`],
    ["to the same host by another scheme", (baseUrl: string) => baseUrl.replace("http:", "https:")],
    ["to another port", (baseUrl: string) => baseUrl.replace(/\d+$/, "1")],
    ["that is none", () => "?$skiptoken=2"],
  ])("does not follow a link %s", async (_where, link) => {
    const { graph, reading } = await read();
    graph.expect({ path, answer: { json: { value: [row], "@odata.nextLink": link(graph.baseUrl) } } });

    await problemFrom(reading, "GRAPH-PAGING");
  });

  it("stops at a link that has come before", async () => {
    const { graph, reading } = await read();
    const link = `${path}?$skiptoken=${CANARY}`;
    const page = { json: { value: [row], "@odata.nextLink": graph.baseUrl + link } };
    graph.expect({ path, answer: page }, { path: link, answer: page });

    await problemFrom(reading, "GRAPH-PAGING");
  });

  it.each([400, 404, 410])("stops when the link to a page has expired (%i)", async (status) => {
    const { graph, reading } = await read();
    const link = `${path}?$skiptoken=${CANARY}`;
    graph.expect(
      { path, answer: { json: { value: [row], "@odata.nextLink": graph.baseUrl + link } } },
      { path: link, answer: refused(status, "UnknownError") },
    );

    const problem = await problemFrom(reading, "GRAPH-PAGING");

    expect(problem.facts).toMatchObject({ status, detail: "The link to page 2 is no longer accepted." });
  });
});
