import { describe, expect, it } from "vitest";
import { readExcludedAccounts } from "../../src/graph/excluded-accounts.ts";
import { createPeopleLists } from "../../src/graph/people-lists.ts";
import { activityReader } from "../../src/graph/readers/activity.ts";
import { daysReader } from "../../src/graph/readers/days.ts";
import { eventsReader } from "../../src/graph/readers/events.ts";
import { legacyReader } from "../../src/graph/readers/legacy.ts";
import { detailsReader } from "../../src/graph/readers/people-details.ts";
import { legacyPeopleReader } from "../../src/graph/readers/people-legacy.ts";
import type { PeopleReaderParts } from "../../src/graph/readers/people-parts.ts";
import { summariesReader } from "../../src/graph/readers/people-summaries.ts";
import type { ReaderParts } from "../../src/graph/readers/summary.ts";
import type { ProblemCode } from "../../src/kernel/problem.ts";
import type { DailyReport } from "../../src/ports/days.ts";
import type { PeopleCountReader, PeopleLists } from "../../src/ports/people.ts";
import type { ReadOptions, UsageReader } from "../../src/ports/usage.ts";
import { type Exchange, type LoopbackAnswer, startLoopbackGraph } from "../support/loopback-graph.ts";
import { FAILURES, IN_A_MINUTE, refused, SILENCES, throttled } from "./failures.ts";
import {
  ACTIVITY_PATH,
  EVENTS_PATH,
  event,
  filtered,
  GROUP,
  groupPath,
  LEGACY_COUNT_PATH,
  LEGACY_PATH,
  LEGACY_PEOPLE_PATH,
  LEGACY_TRIES_PATH,
  legacyCount,
  legacyPerson,
  PASSWORDS_PATH,
  PEOPLE_PATH,
  passwordDay,
  person,
  SIGN_INS_PATH,
  SUMMARY_PATHS,
  signInDay,
  summaryOf,
  summaryRow,
} from "./samples.ts";
import { CANARY, clientOf, NOW, problemFrom, QUICK, readOptions, recordingLog, testClock } from "./setup.ts";

/** Pages and rows that came from the tested path. */
interface Came {
  readonly pages: number;
  readonly rows: number;
}

/** What becomes of something that is no failure for this reader. */
type Outcome = ProblemCode | "fine";

interface Reader {
  readonly id: string;
  readonly read: (parts: ReaderParts) => Promise<Came>;
  readonly path: string;
  /** The answer of a success. */
  readonly json: object;
  readonly permission: string;
  /** What 400, 404 and 410 mean. */
  readonly gone: readonly [Outcome, Outcome, Outcome];
  /** What is asked for before, and after a success. */
  readonly before?: readonly Exchange[];
  readonly after?: readonly Exchange[];
}

interface Collection extends Omit<Reader, "json"> {
  readonly row: object;
  /** Further rows, where the same row may not come again. */
  readonly more?: readonly [object, object];
  readonly empty: Outcome;
  /** What is asked for after an answer without rows. */
  readonly afterEmpty?: readonly Exchange[];
}

const REFUSED = ["GRAPH-REFUSED", "GRAPH-REFUSED", "GRAPH-REFUSED"] as const;
const RETIRED = ["GRAPH-RETIRED", "GRAPH-RETIRED", "GRAPH-RETIRED"] as const;
const FINE = ["fine", "fine", "fine"] as const;
const CURRENT = { permission: "AuditLog.Read.All", gone: REFUSED, empty: "GRAPH-NOT-COLLECTED" } as const;
const OLD = { permission: "Reports.Read.All", gone: RETIRED, empty: "GRAPH-RETIRED" } as const;

const ALICE = "86462606-fde0-4fc4-9e0c-a20eb73e54c6";
const OF_ALICE = `userPrincipalName eq '${CANARY}@contoso.net'`;

const COLLECTIONS: readonly Collection[] = [
  { id: "legacy usage reader", ...OLD, read: usage(legacyReader), path: LEGACY_PATH, row: summaryRow() },
  { id: "activity reader", ...CURRENT, read: usage(activityReader), path: ACTIVITY_PATH, row: summaryRow() },
  { id: "events reader", ...CURRENT, read: usage(eventsReader), path: EVENTS_PATH, row: event(NOW) },
  { id: "details reader", ...CURRENT, read: counts(detailsReader), path: PEOPLE_PATH, row: person() },
  {
    id: "reader of resets by day",
    ...CURRENT,
    read: daily("passwords"),
    path: PASSWORDS_PATH,
    row: passwordDay("2025-07-16"),
    more: [passwordDay("2025-07-15"), passwordDay("2025-07-14")],
  },
  {
    id: "reader of sign-ins by day",
    ...CURRENT,
    read: daily("signIns"),
    path: SIGN_INS_PATH,
    row: signInDay("2025-07-16"),
    more: [signInDay("2025-07-15"), signInDay("2025-07-14")],
  },
  {
    id: "reader of legacy methods",
    ...OLD,
    read: counts(legacyPeopleReader, 1),
    gone: FINE,
    empty: "fine",
    before: [answering(LEGACY_COUNT_PATH, { value: [legacyCount()] })],
    path: LEGACY_PEOPLE_PATH,
    row: legacyPerson(),
  },
  {
    id: "list of people",
    ...CURRENT,
    read: listed("auto", (lists, options) => lists.registered("not-registered", "members", options)),
    path: filtered(PEOPLE_PATH, "isSsprRegistered eq false"),
    row: person(),
    afterEmpty: [answering(PEOPLE_PATH, { value: [] })],
  },
  {
    id: "legacy list of people",
    ...OLD,
    read: listed("legacy", (lists, options) => lists.registered("without-mfa", "everyone", options)),
    path: filtered(LEGACY_PEOPLE_PATH, "isMfaRegistered eq false"),
    row: legacyPerson(),
    afterEmpty: [answering(LEGACY_PEOPLE_PATH, { value: [] })],
  },
  {
    id: "list of failures",
    ...CURRENT,
    read: listed("auto", (lists, options) => lists.failing({ ...ALWAYS, feature: "reset" }, options)),
    path: filtered(EVENTS_PATH, "isSuccess eq false and feature eq 'reset'"),
    row: event(NOW),
    afterEmpty: [answering(EVENTS_PATH, { value: [] })],
  },
  {
    id: "legacy list of failures",
    ...OLD,
    read: listed("legacy", (lists, options) => lists.failing(ALWAYS, options)),
    path: filtered(LEGACY_TRIES_PATH, "isSuccess eq false"),
    row: event(NOW),
    afterEmpty: [answering(LEGACY_TRIES_PATH, { value: [] })],
  },
  {
    id: "list of one person's tries",
    ...CURRENT,
    async read({ client }) {
      const options = readOptions();
      await createPeopleLists({ client, mode: "auto", excludeGroups: [] }).person(ALICE, options);
      return options.progress.at(-1) ?? NOTHING;
    },
    empty: "fine",
    before: [answering(`${PEOPLE_PATH}/${ALICE}`, person())],
    path: filtered(EVENTS_PATH, OF_ALICE),
    row: event(NOW),
  },
];

/** Where the answer is no list, or its rows are not counted. */
const OBJECTS: readonly Reader[] = [
  ...SUMMARY_PATHS.slice(0, 2).map((path, index) => ({
    id: `reader of ${path.split("/").at(-1)}`,
    ...CURRENT,
    read: counts(summariesReader),
    before: SUMMARY_PATHS.slice(0, index).map((earlier) => answering(earlier, summaryOf(3))),
    path,
    json: summaryOf(3),
    after: SUMMARY_PATHS.slice(index + 1).map((later) => answering(later, summaryOf(3))),
  })),
  {
    id: "legacy count reader",
    ...OLD,
    read: counts(legacyPeopleReader),
    path: LEGACY_COUNT_PATH,
    json: { value: [legacyCount()] },
    after: [answering(LEGACY_PEOPLE_PATH, { value: [legacyPerson()] })],
  },
  {
    id: "reader of a group",
    permission: "GroupMember.Read.All",
    gone: ["GRAPH-REFUSED", "GRAPH-GROUP", "GRAPH-REFUSED"],
    async read({ client }) {
      const ids = await readExcludedAccounts(client, [GROUP], readOptions());
      return { pages: 1, rows: ids.size };
    },
    path: groupPath(),
    json: { value: [{ "@odata.type": "#microsoft.graph.user", id: ALICE }] },
  },
  {
    id: "reader of one person",
    ...CURRENT,
    gone: ["GRAPH-REFUSED", "fine", "GRAPH-REFUSED"],
    async read({ client }) {
      const found = await createPeopleLists({ client, mode: "auto", excludeGroups: [] }).person(
        ALICE,
        readOptions(),
      );
      return { pages: 1, rows: found ? 1 : 0 };
    },
    path: `${PEOPLE_PATH}/${ALICE}`,
    json: person(),
    after: [answering(filtered(EVENTS_PATH, OF_ALICE), { value: [] })],
  },
];

const NOTHING: Came = { pages: 0, rows: 0 };
const ALWAYS = { from: new Date(0), to: new Date(8.64e15) };

function answering(path: string, json: object): Exchange {
  return { path, answer: { json } };
}

function usage(create: (parts: ReaderParts) => UsageReader) {
  return async (parts: ReaderParts): Promise<Came> => {
    const { pages, rowsRead } = await create(parts).read("D30", readOptions());
    return { pages, rows: rowsRead };
  };
}

function daily(report: DailyReport) {
  return async (parts: ReaderParts): Promise<Came> => {
    const { pages, rowsRead } = await daysReader(report, parts).read(readOptions());
    return { pages, rows: rowsRead };
  };
}

/** @param others how many pages of one row come from elsewhere */
function counts(create: (parts: PeopleReaderParts) => PeopleCountReader, others = 0) {
  return async (parts: ReaderParts): Promise<Came> => {
    const { pages, rowsRead } = await create({ ...parts, excludeGroups: [] }).read(readOptions());
    return { pages: pages - others, rows: rowsRead - others };
  };
}

function listed(
  mode: "auto" | "legacy",
  list: (lists: PeopleLists, options: ReadOptions) => AsyncIterable<readonly unknown[]>,
) {
  return async ({ client }: ReaderParts): Promise<Came> => {
    let { pages, rows } = NOTHING;
    for await (const page of list(createPeopleLists({ client, mode, excludeGroups: [] }), readOptions())) {
      pages += 1;
      rows += page.length;
    }
    return { pages, rows };
  };
}

async function reading({ read, path, before = [] }: Reader, ...answers: readonly LoopbackAnswer[]) {
  const graph = await startLoopbackGraph(...before, ...answers.map((answer) => ({ path, answer })));
  const clock = testClock();
  const log = recordingLog();
  const client = clientOf(graph.baseUrl, { clock, log, timings: { ...QUICK, graphDeadline: 500 } });
  return { graph, log, done: () => read({ client, clock }) };
}

const asReader = (collection: Collection): Reader => ({ ...collection, json: { value: [collection.row] } });

describe.each([...COLLECTIONS.map(asReader), ...OBJECTS])("the $id", (reader) => {
  it.each(FAILURES)("turns $name into $code", async ({ answers, code, facts = {} }) => {
    const { done, log } = await reading(reader, ...answers);

    const problem = await problemFrom(done(), code);

    expect(problem.facts).toMatchObject(facts);
    expect(log.text()).not.toContain(CANARY);
  });

  it.each([
    "Authentication_MSGraphPermissionMissing",
    "Authentication_ApplicationHasNoReadAuditLogDataAccess",
    "Authorization_RequestDenied",
  ])("names the missing permission after 403 %s", async (code) => {
    const { done } = await reading(reader, refused(403, code));

    const problem = await problemFrom(done(), "GRAPH-PERMISSION");

    expect(problem.facts).toMatchObject({ permission: reader.permission, graphCode: code });
  });

  it.each([400, 404, 410] as const)("knows what %i means", async (status) => {
    const [badRequest, notFound, gone] = reader.gone;
    const outcome = { 400: badRequest, 404: notFound, 410: gone }[status];
    const { done } = await reading(reader, refused(status, "UnknownError"));

    await expectOutcome(done(), outcome);
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
  ])("reads on after one %s", async (_name, answer) => {
    const { done, graph } = await reading(reader, answer, { json: reader.json });
    graph.expect(...(reader.after ?? []));

    await expect(done()).resolves.toBeDefined();
  });
});

describe.each(COLLECTIONS.slice(0, 4).map(asReader))("the $id", (reader) => {
  it.each(SILENCES)("turns $name into $code", async ({ answers, code }) => {
    const { done } = await reading(reader, ...answers);

    await problemFrom(done(), code);
  });

  it.each([
    ["silence", { hang: "before-headers" } as const],
    ["silence in the body", { hang: "mid-body" } as const],
  ])("reads on after one %s", async (_name, answer) => {
    const { done } = await reading(reader, answer, { json: reader.json });

    await expect(done()).resolves.toBeDefined();
  });
});

async function expectOutcome(done: Promise<Came>, outcome: Outcome): Promise<void> {
  if (outcome === "fine") {
    await expect(done).resolves.toMatchObject({ rows: 0 });
  } else {
    await problemFrom(done, outcome);
  }
}

describe.each(COLLECTIONS)("the $id", (collection) => {
  const { path, row, more: [second, third] = [row, row] } = collection;
  const read = () => reading(asReader(collection));

  it("tells an answer without rows from nobody", async () => {
    const { done, graph } = await read();
    graph.expect(answering(path, { value: [] }), ...(collection.afterEmpty ?? []));

    await expectOutcome(done(), collection.empty);
  });

  it("reads all pages, an empty one among them", async () => {
    const { graph, done } = await read();
    const link = (page: number) => `${path}?$skiptoken=${page}`;
    graph.expect(
      { path, answer: { json: { value: [row], "@odata.nextLink": graph.baseUrl + link(2) } } },
      { path: link(2), answer: { json: { value: [], "@odata.nextLink": graph.baseUrl + link(3) } } },
      { path: link(3), answer: { json: { value: [second, third] } } },
    );

    const came = await done();

    expect(came).toEqual({ pages: 3, rows: 3 });
    for (const { headers } of graph.requests) {
      expect(headers).toMatchObject({ prefer: "include-unknown-enum-members", accept: "application/json" });
    }
  });

  it("gives nothing at all when a later page fails", async () => {
    const { graph, done } = await read();
    const link = `${path}?$skiptoken=${CANARY}`;
    graph.expect(
      { path, answer: { json: { value: [row], "@odata.nextLink": graph.baseUrl + link } } },
      { path: link, answer: refused(500, "UnknownError") },
    );

    await problemFrom(done(), "GRAPH-UNREACHABLE");
  });

  it.each([
    ["to another host", () => `https://graph.example/beta?$skiptoken=${CANARY}`],
    ["to the same host by another scheme", (baseUrl: string) => baseUrl.replace("http:", "https:")],
    ["to another port", (baseUrl: string) => baseUrl.replace(/\d+$/, "1")],
    ["that is none", () => "?$skiptoken=2"],
  ])("does not follow a link %s", async (_where, link) => {
    const { graph, done } = await read();
    graph.expect({ path, answer: { json: { value: [row], "@odata.nextLink": link(graph.baseUrl) } } });

    await problemFrom(done(), "GRAPH-PAGING");
  });

  it("stops at a link that has come before", async () => {
    const { graph, done } = await read();
    const link = `${path}?$skiptoken=${CANARY}`;
    const page = { json: { value: [row], "@odata.nextLink": graph.baseUrl + link } };
    graph.expect({ path, answer: page }, { path: link, answer: page });

    await problemFrom(done(), "GRAPH-PAGING");
  });

  it.each([400, 404, 410])("stops when the link to a page has expired (%i)", async (status) => {
    const { graph, done } = await read();
    const link = `${path}?$skiptoken=${CANARY}`;
    graph.expect(
      { path, answer: { json: { value: [row], "@odata.nextLink": graph.baseUrl + link } } },
      { path: link, answer: refused(status, "UnknownError") },
    );

    const problem = await problemFrom(done(), "GRAPH-PAGING");

    expect(problem.facts).toMatchObject({ status, detail: "The link to page 2 is no longer accepted." });
  });
});
