import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Turn } from "../../src/commands/answer.ts";
import { createExportDesk, type ExportDesk } from "../../src/commands/export/desk.ts";
import type { Ordered } from "../../src/commands/export/plan.ts";
import type { Recorder } from "../../src/commands/recorder.ts";
import { createExports } from "../../src/export/exports.ts";
import type { Upload } from "../../src/export/upload.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { UserId } from "../../src/kernel/ids.ts";
import { AppError } from "../../src/kernel/problem.ts";
import { TIMINGS } from "../../src/kernel/timings.ts";
import type { Question } from "../../src/language/question.ts";
import type { ReportedPerson } from "../../src/ports/people.ts";
import { en } from "../../src/reference/words/en.ts";
import { recordingLog } from "../graph/setup.ts";
import { HEAD, type TestSpool, testSpool } from "./setup.ts";

const QUESTION: Question = { command: "export", options: { report: "people", filter: "without-mfa" } };
const ANA: ReportedPerson = { name: "Ana", userPrincipalName: "ana@contoso.example" };
const uploaded: Upload = async () => ({ kind: "uploaded" });

interface Setup {
  readonly desk: ExportDesk;
  readonly spool: TestSpool;
  /** People that were read. */
  readonly read: ReportedPerson[];
  readonly turn: Turn;
}

async function setup(record: Recorder["record"], upload?: Upload): Promise<Setup> {
  const spool = await testSpool();
  const read: ReportedPerson[] = [];
  const exports = createExports<Ordered>({
    ...{ spool, clock: systemClock, randomBytes, lifetime: 60_000, most: { all: 2, own: 2 } },
    onFault: (thrown) => expect.unreachable(String(thrown)),
  });
  onTestFinished(() => exports.close());
  const unused = () => expect.unreachable("nobody reads that");
  const desk = createExportDesk({
    exports,
    recorder: { actOf: () => undefined, record },
    usage: { collection: "usage", latest: unused, collect: unused, stop: unused },
    people: { collection: "people", latest: unused, collect: unused, stop: unused },
    lists: {
      scopes: ["members"],
      async *registered() {
        read.push(ANA);
        yield [ANA];
      },
      failing: unused,
      person: unused,
    },
    beginOf: () => 0,
    source: async () => HEAD.source,
    refreshAfter: 0,
    clock: systemClock,
    timings: TIMINGS,
    ...(upload && { upload }),
  });
  const now = new Date();
  const turn: Turn = {
    viewer: { kind: "person", tenantId: HEAD.source.tenantId, userId: "ana" as UserId },
    place: "personal",
    address: { serviceUrl: "http://127.0.0.1", conversationId: "a:1", botId: "28:1", kind: "personal" },
    conversation: "a:1",
    audience: { words: en, locale: "en-GB", timeZone: "UTC", now },
    correlationId: "c0ffee00",
    log: recordingLog(),
    answerBy: new Date(now.getTime() + 10_000),
  };
  return { desk, spool, read, turn };
}

test("reads nobody and makes no file where the audit cannot be written", async () => {
  const refuse = () => Promise.reject(new AppError("STORE-UNAVAILABLE"));
  const { desk, spool, read, turn } = await setup(refuse, uploaded);

  const answer = await desk.handler(QUESTION, turn, { mode: "ask" });

  expect(answer.view).toMatchObject({ kind: "problem", code: "STORE-UNAVAILABLE" });
  expect(await answer.offer).toBeUndefined();
  expect(read).toEqual([]);
  expect(await readdir(spool.directory)).toEqual([]);
});

test("makes no file where Teams takes none from bots, and says what does", async () => {
  const { desk, read, turn } = await setup(async () => expect.unreachable("nothing happens"));

  const { view, offer } = await desk.handler(QUESTION, turn, { mode: "ask" });

  expect(view).toMatchObject({
    kind: "notice",
    lines: [expect.stringContaining("no way"), expect.stringContaining("--csv")],
  });
  expect([offer, read]).toEqual([undefined, []]);
});

test("keeps the file where its end cannot be written down any more", async () => {
  const outcomes: string[] = [];
  const record: Recorder["record"] = async (_question, _turn, { outcome }) => {
    outcomes.push(outcome);
    if (outcome !== "started") {
      throw new AppError("STORE-UNAVAILABLE");
    }
  };
  const { desk, turn } = await setup(record, uploaded);
  const { offer } = await desk.handler(QUESTION, turn, { mode: "ask" });
  const id = (await offer)?.id ?? "";

  const answer = await desk.handler(QUESTION, turn, {
    mode: "ask",
    consent: { id, address: "https://contoso.sharepoint.com" },
  });

  expect(await answer.arrived).toBe(true);
  expect(outcomes).toEqual(["started", "uploaded"]);
});

test("says in a terminal how to give the file a place", async () => {
  const { desk, read, turn } = await setup(async () => expect.unreachable("nothing happens"));
  const { address: _address, ...rest } = turn;

  const { view } = await desk.handler(
    QUESTION,
    { ...rest, viewer: { kind: "operator" }, place: "terminal" },
    { mode: "ask" },
  );

  expect(view).toMatchObject({ kind: "notice", lines: [expect.stringContaining("--csv <file>")] });
  expect(read).toEqual([]);
});
