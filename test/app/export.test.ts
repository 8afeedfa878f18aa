import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { startUploadServer } from "../export/upload-server.ts";
import { buttonOf, buttonsOf, textOf } from "../support/activities.ts";
import { startConnector } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { exportAudit, exportChat, readExport } from "./export-chat.ts";

type Options = Parameters<typeof startBot>[0];

async function running(options: Options = {}): Promise<RunningBot> {
  const bot = await startBot({
    timings: { answerWithin: 8_000, retryBase: 1 },
    ...options,
    tenant: { people: 300, quota: 1_000, ...options.tenant },
  });
  return bot;
}

/** A bot of a test's own. */
async function ownBot(options: Options = {}): Promise<RunningBot> {
  const bot = await running(options);
  onTestFinished(() => bot.stop());
  return bot;
}

/** Files that wait. */
async function spooled({ dataDirectory }: RunningBot): Promise<number> {
  return (await readdir(join(dataDirectory, "spool"))).length;
}

function totalsOf(head: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const totals = Object.entries(head).filter(([name]) => name.startsWith("total."));
  return Object.fromEntries(totals.map(([name, value]) => [name.slice("total.".length), Number(value)]));
}

let bot: RunningBot;

beforeAll(async () => {
  bot = await running();
  return () => bot.stop();
});

afterEach(() => bot.tenant.faults.clear());

describe("an accepted export", () => {
  test("of people is put where Teams says, with the card's count and a line for each person", async () => {
    const chat = exportChat(() => bot, "reportsReader");
    const server = await startUploadServer();
    const before = exportAudit(bot).length;

    const { consent, card } = await chat.offered("export people without mfa");
    const [, shown = ""] = /People without MFA, ([\d,]+) rows/.exec(textOf(card)) ?? [];
    const said = await chat.answer(consent, server.url);
    await chat.instead(consent, /is in your OneDrive/);
    await expect.poll(() => chat.infoCards().length).toBe(1);

    const { head, lines } = readExport(server.stored());
    expect(said.statusCode).toBe(200);
    expect(consent.name).toMatch(/^authpulse-people-without-mfa-\d{4}-\d\d-\d\d\.csv$/);
    expect(consent.content.sizeInBytes).toBe(server.stored().length);
    expect(consent.content.acceptContext).toEqual({ exportId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(Number(shown)).toBeGreaterThan(10);
    expect([lines.length, Number(head["rows"]), totalsOf(head)["people"]]).toEqual(
      Array(3).fill(Number(shown)),
    );
    expect(head).toMatchObject({
      authPulseExport: "people",
      tenantId: bot.tenant.tenantId,
      "filter.filter": "without-mfa",
      "filter.scope": "members",
    });
    expect(lines.every((line) => line["isMfaRegistered"] === "false" && line["userType"] === "member")).toBe(
      true,
    );
    expect(chat.infoCards()).toMatchObject([
      { contentUrl: expect.stringMatching(/sharepoint/), content: { uniqueId: "ab1c5e16", fileType: "csv" } },
    ]);
    expect(exportAudit(bot).slice(before)).toEqual([
      expect.stringMatching(/^export export .*filter=without-mfa.*: started$/),
      expect.stringMatching(/: uploaded$/),
    ]);
    expect(await spooled(bot)).toBe(0);
  });

  test("of usage has the figures of the card, for each feature", async () => {
    const chat = exportChat(() => bot, "reportsReader");
    const server = await startUploadServer();
    const usage = textOf(await chat.ask("sspr usage 7 days"));

    const { consent, card } = await chat.offered("export usage 7 days");
    await chat.answer(consent, server.url);
    await chat.instead(consent, /is in your OneDrive/);

    const { head, lines } = readExport(server.stored());
    const totals = totalsOf(head);
    const sum = (feature: string, column: string) =>
      lines
        .filter((line) => line["feature"] === feature)
        .reduce((total, line) => total + Number(line[column]), 0);
    for (const feature of ["reset", "registration"]) {
      const [ok, failed] = [sum(feature, "successfulActivityCount"), sum(feature, "failureActivityCount")];
      expect([
        totals[`${feature}.successfulActivityCount`],
        totals[`${feature}.failureActivityCount`],
      ]).toEqual([ok, failed]);
      expect(textOf(card)).toContain(`${ok} OK, ${failed} failed`);
      expect(usage).toMatch(new RegExp(`\\b${ok} of ${ok + failed}\\b`));
    }
  });

  test("of registration has the counts of the card, small ones as it tells them", async () => {
    const own = await ownBot({ settings: { SMALL_GROUP_FLOOR: "40" } });
    const chat = exportChat(() => own, "reportsReader");
    const server = await startUploadServer();
    const registration = textOf(await chat.ask("registration"));

    const { consent, card } = await chat.offered("export registration");
    await chat.answer(consent, server.url);
    await chat.instead(consent, /is in your OneDrive/);

    const { head, lines } = readExport(server.stored());
    const counts = lines.filter((line) => line["figure"] !== "leftOut").map((line) => line["count"] ?? "");
    expect(registration).toContain(`${head["total.people"]} members`);
    expect(textOf(card)).toContain(`${head["total.people"]} members`);
    expect(counts).toContain("fewer than 40");
    expect(counts.filter((count) => /^([1-9]|[1-3]\d)$/.test(count))).toEqual([]);
  });

  test("of failures has their reasons, and adds up to the card", async () => {
    const chat = exportChat(() => bot, "reportsReader");
    const server = await startUploadServer();

    const { consent, card } = await chat.offered("export failures reset");
    await chat.answer(consent, server.url);
    await chat.instead(consent, /is in your OneDrive/);

    const { head, lines } = readExport(server.stored());
    const failed = lines.filter((line) => line["isSuccess"] === "false");
    const sum = failed.reduce((total, line) => total + Number(line["count"]), 0);
    expect(sum).toBe(totalsOf(head)["reset.failureActivityCount"]);
    expect(textOf(card)).toContain(`${sum} failed`);
    expect(failed.every((line) => line["failureReasonLabel"] !== "")).toBe(true);
    expect(new Set(lines.map((line) => line["feature"]))).toEqual(new Set(["reset"]));
  });

  test("guards names that a spreadsheet would take for formulas", async () => {
    const rows = [
      {
        id: "00000000-0000-4000-8000-000000000001",
        userDisplayName: '=HYPERLINK("https://evil.example","me")',
        userPrincipalName: "+eve@contoso.example",
        userType: "member",
        isAdmin: false,
        isSsprRegistered: false,
        isSsprEnabled: true,
        isSsprCapable: false,
        isMfaRegistered: false,
        isMfaCapable: false,
        isPasswordlessCapable: false,
        methodsRegistered: [],
        lastUpdatedDateTime: "2026-11-01T00:00:00Z",
      },
    ];
    const own = await ownBot({ tenant: { script: { rows: { userRegistrationDetails: rows } } } });
    const chat = exportChat(() => own, "reportsReader");
    const server = await startUploadServer();

    const { consent } = await chat.offered("export people not registered");
    await chat.answer(consent, server.url);
    await chat.instead(consent, /is in your OneDrive/);

    expect(readExport(server.stored()).lines).toMatchObject([
      {
        userDisplayName: `'=HYPERLINK("https://evil.example","me")`,
        userPrincipalName: "'+eve@contoso.example",
      },
    ]);
  });
});

describe("an offered file", () => {
  test("is removed when it is declined", async () => {
    const chat = exportChat(() => bot, "reportsReader");

    const { consent } = await chat.offered("export people phone only");
    const waiting = await spooled(bot);
    await chat.answer(consent);
    await chat.instead(consent, /not wanted/);

    expect([waiting, await spooled(bot)]).toEqual([1, 0]);
    expect(exportAudit(bot).at(-1)).toMatch(/: declined$/);
  });

  test("is removed by the button of its card", async () => {
    const chat = exportChat(() => bot, "reportsReader");
    const server = await startUploadServer();
    const { consent, card } = await chat.offered("export people without mfa");

    const removed = await chat.press(buttonOf(card, "Remove the file"));
    await chat.answer(consent, server.url);

    expect(textOf(removed.value)).toContain("The export was cancelled");
    expect(await chat.instead(consent, /cancelled/)).toContain("no file is kept");
    expect([await spooled(bot), server.requests.length]).toEqual([0, 0]);
  });

  test("is for one person in one chat", async () => {
    const server = await startUploadServer();
    const { consent } = await exportChat(() => bot, "reportsReader", "a:one").offered(
      "export people without mfa",
    );
    const others = [
      exportChat(() => bot, "reportsReader", "a:other"),
      exportChat(() => bot, "globalAdministrator", "a:one"),
    ];

    for (const other of others) {
      await other.answer(consent, server.url);
      await other.answer(consent);
      await other.instead(consent, /not there any more/);
    }

    expect(server.requests).toEqual([]);
    expect(await spooled(bot)).toBe(1);
    await exportChat(() => bot, "reportsReader", "a:one").answer(consent);
  });

  test.each([
    ["another host", "https://evil.example/upload"],
    ["a host that looks alike", "https://contoso.sharepoint.com.evil.example/upload"],
    ["a user before the host", "http://127.0.0.1@evil.example/upload"],
    ["another scheme", "file:///etc/passwd"],
    ["no address at all", "upload"],
  ])("goes nowhere but to this machine in local mode: not to %s", async (_what, address) => {
    const chat = exportChat(() => bot, "reportsReader");
    const { consent } = await chat.offered("export registration");

    await chat.answer(consent, address);
    await chat.instead(consent, /none of Microsoft's/);

    expect(exportAudit(bot).at(-1)).toMatch(/: not-uploaded untrusted$/);
    expect(chat.infoCards()).toEqual([]);
    expect(await spooled(bot)).toBe(0);
  });

  test("says what OneDrive answered when it does not take it", async () => {
    const chat = exportChat(() => bot, "reportsReader");
    const server = await startUploadServer((_put, response) => {
      response.writeHead(507);
      response.end();
      return true;
    });
    const { consent } = await chat.offered("export registration");

    await chat.answer(consent, server.url);

    expect(await chat.instead(consent, /did not take/)).toContain("(507)");
    expect(exportAudit(bot).at(-1)).toMatch(/: not-uploaded refused$/);
  });

  test("is not sent to somebody who lost the permission meanwhile", async () => {
    const chat = exportChat(() => bot, "reportsReader");
    const server = await startUploadServer();
    const { consent } = await chat.offered("export people without mfa");

    bot.tenant.faults.add({ kind: "empty", path: "checkMemberObjects" });
    await chat.answer(consent, server.url);

    expect(await chat.instead(consent, /may not/)).toContain("ACCESS-DENIED");
    expect([server.requests.length, await spooled(bot)]).toEqual([0, 0]);
    expect(exportAudit(bot).slice(-2)).toEqual([
      expect.stringMatching(/^refused export/),
      expect.stringMatching(/: refused$/),
    ]);
  });

  test.each([
    ["an unknown action", { action: "take" }],
    ["no id", { context: {} }],
    ["an id of another form", { context: { exportId: "../../authpulse" } }],
    ["no address", { uploadInfo: undefined }],
  ])("is not found by a consent with %s", async (_what, value) => {
    const chat = exportChat(() => bot, "reportsReader");
    const server = await startUploadServer();
    const { consent } = await chat.offered("export registration");

    const said = await chat.answer(consent, server.url, value);

    expect(said.value).toContain("another version of AuthPulse");
    expect([server.requests.length, await spooled(bot)]).toEqual([0, 1]);
    await chat.answer(consent);
  });

  test("waits for an hour", async () => {
    const clock = shiftedClock(new Date());
    const own = await ownBot({ clock, token: { kind: "app", lifetimeSeconds: 86_400 } });
    const chat = exportChat(() => own, "reportsReader");
    const server = await startUploadServer();
    const { consent } = await chat.offered("export people without mfa");

    clock.moveTo(new Date(clock.now().getTime() + 61 * 60_000));
    await chat.answer(consent, server.url);

    expect(await chat.instead(consent, /not fetched in time/)).toContain("Ask for the export again");
    await expect.poll(() => exportAudit(own).at(-1)).toMatch(/: expired$/);
    expect([server.requests.length, await spooled(own)]).toEqual([0, 0]);
  });

  test("is gone after a restart, and the chat says so", async () => {
    const connector = await startConnector();
    const first = await running({ connector });
    const { consent } = await exportChat(() => first, "reportsReader", "a:kept").offered(
      "export registration",
    );
    await first.halt();
    const again = await ownBot({ connector, dataDirectory: first.dataDirectory, graph: first.tenant });
    const chat = exportChat(() => again, "reportsReader", "a:kept");
    const server = await startUploadServer();

    await chat.answer(consent, server.url);

    await chat.instead(consent, /not there any more/);
    expect([server.requests.length, await spooled(again)]).toEqual([0, 0]);
    expect(exportAudit(first).at(-1)).toMatch(/: stopped$/);
  });
});

describe("an export that is being made", () => {
  test("says how far it is, and ends at Cancel without a file", async () => {
    const own = await ownBot({
      timings: { answerWithin: 50, progressEvery: 50 },
      tenant: { pageSize: 20, delay: 50 },
    });
    const chat = exportChat(() => own, "reportsReader");

    const card = await chat.ask("export people without mfa");
    const cancelled = await chat.press(buttonOf(card, "Cancel"));

    expect(textOf(card)).toMatch(/waiting for the first rows|rows? so far/);
    expect(textOf(cancelled.value)).toContain("The export was cancelled");
    await expect.poll(() => exportAudit(own).at(-1)).toMatch(/: cancelled$/);
    expect(await spooled(own)).toBe(0);
    await expect
      .poll(() => textOf(own.connector.sent.at(-1)?.body.attachments))
      .toContain("The export was cancelled");
  });

  test("becomes a problem card when Graph fails, and starts again from it", async () => {
    const chat = exportChat(() => bot, "reportsReader");
    bot.tenant.faults.add({ kind: "no-licence", path: "/reports/" });

    const card = await chat.ask("export people without mfa");
    bot.tenant.faults.clear();
    await chat.press(buttonOf(card, "Try again"));
    const consent = await chat.lastOffer();
    await chat.answer(consent);

    expect(textOf(card)).toContain("GRAPH-LICENCE");
    expect(exportAudit(bot)).toContainEqual(expect.stringMatching(/: GRAPH-LICENCE$/));
    expect(consent.name).toMatch(/^authpulse-people-without-mfa-/);
  });

  test("is one of two for a person", async () => {
    const chat = exportChat(() => bot, "globalAdministrator");
    const first = await chat.offered("export registration");
    const second = await chat.offered("export usage");

    const card = await chat.ask("export failures");
    await chat.answer(first.consent);
    await chat.answer(second.consent);

    expect(textOf(card)).toContain("You have 2 exports under way already");
  });
});

describe("who may export", () => {
  const READERS = { ACCESS_REPORTS: "everyone-in-tenant", ACCESS_PEOPLE: `user:${VIEWERS.reportsReader.id}` };

  test("numbers is decided by the report, names by both", async () => {
    const own = await ownBot({ settings: READERS });
    const chat = exportChat(() => own, "noRole");

    const names = textOf(await chat.ask("export people without mfa"));
    const { consent } = await chat.offered("export registration");

    expect(names).toContain("ACCESS-DENIED");
    expect(exportAudit(own)[0]).toMatch(/^refused export .*filter=without-mfa.*: refused$/);
    expect(consent.name).toMatch(/^authpulse-registration-/);
  });

  test("is told in a channel where to ask", async () => {
    const [sent] = await bot.sayInChannel("export people without mfa");

    expect(textOf(sent?.body.attachments)).toMatch(/personal chat/);
    expect(await spooled(bot)).toBe(0);
  });
});

describe("an export that is not there", () => {
  test("is asked for with what can be one", async () => {
    const chat = exportChat(() => bot, "reportsReader");

    const [alone, people] = [await chat.ask("export"), await chat.ask("export people")];

    expect(buttonsOf(alone).map(({ title }) => title)).toContain("export people without mfa");
    expect(textOf(people)).toContain("Which report as a file?");
  });
});
