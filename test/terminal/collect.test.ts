import { PassThrough, Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { claimDataDirectory } from "../../src/local/data-directory.ts";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { collect } from "../../src/terminal/collect.ts";
import { collectProgress } from "../../src/terminal/collect-progress.ts";
import type { ReportState } from "../../src/terminal/collecting.ts";
import type { Terminal } from "../../src/terminal/terminal.ts";
import { dataDirectory, type TemporaryDirectory } from "../support/data-directory.ts";
import { run, STACK, settingsFor, start } from "./command-line.ts";

let tenant: SampleTenant;
let data: TemporaryDirectory;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  // Few enough for one page: these commands keep Microsoft's real pace.
  tenant = await startSampleTenant({ people: 400, quota: 1_000 });
  data = await dataDirectory();
  environment = settingsFor(tenant, data.path);
});

afterEach(() => tenant.faults.clear());

afterAll(async () => {
  await tenant.close();
  await data.remove();
});

const EVENTS = "userEventsSummary";
const DETAILS = "userRegistrationDetails";

interface Heard {
  readonly terminal: Terminal;
  readonly printed: string[];
  readonly told: string[];
  /** All that was drawn. */
  drawn(): string;
}

/** A terminal with or without a screen. */
function listener(screen?: PassThrough): Heard {
  const heard: Buffer[] = [];
  screen?.on("data", (chunk: Buffer) => heard.push(chunk));
  const [printed, told]: [string[], string[]] = [[], []];
  return {
    printed,
    told,
    drawn: () => Buffer.concat(heard).toString(),
    terminal: {
      environment,
      print: (text) => void printed.push(text),
      write: async () => undefined,
      tell: (text) => void told.push(text),
      input: Readable.from([]),
      ...(screen && { screen }),
      ...{ width: 100, locale: "en-GB", timeZone: "UTC" },
    },
  };
}

function screen(): PassThrough {
  return Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
}

/** What is drawn of these states, one after the other. */
async function drawnOf(...states: readonly ReportState[]): Promise<string> {
  const { terminal, drawn } = listener(screen());
  const progress = collectProgress(terminal);
  for (const state of states) {
    progress.show([state]);
  }
  progress.end();
  return drawn();
}

const READ: ReportState = { name: "tries", pages: 2, rows: 500 };
const STORED = { reader: "events", pages: 4, rowsRead: 1_500, readAt: "2026-11-22T10:00:00.000Z", age: 0 };

describe("collect in a pipe", { timeout: 60_000 }, () => {
  test("says of each report what was stored", async () => {
    const { code, out } = await run(["collect"], { environment });

    expect(code).toBe(0);
    const line = (name: string, reader: string) =>
      `Stored of ${name}: 1 page, [\\d,]+ rows of the ${reader} report, read \\d{4}-\\S*Z, \\d+ s ago\\.\\n`;
    const days = line("resets by day", "passwords") + line("sign-ins by day", "signIns");
    expect(out).toMatch(new RegExp(`^${line("tries", "events")}${line("people", "details")}${days}$`));
  });

  test("counts people with what is known of their tries", async () => {
    const folder = await dataDirectory();
    onTestFinished(() => folder.remove());
    const own = settingsFor(tenant, folder.path);

    await run(["collect"], { environment: own });
    const { out } = await run(["ask", "phone", "retirement"], { environment: own });

    expect(out).toMatch(/\d+ (of \d+ )?members .*used a phone/s);
    expect(out).not.toContain("used a phone is not known");
  });

  test("says why nothing was stored, and fails", async () => {
    tenant.faults.add({ kind: "no-licence", path: "/reports/" });

    const { code, out, err } = await run(["collect"], { environment });

    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("Nothing was stored of tries. GRAPH-LICENCE");
    expect(err).toContain("Nothing was stored of people. GRAPH-LICENCE");
    expect(err).not.toMatch(STACK);
  });

  test("stores one report where the other fails, and fails", async () => {
    tenant.faults.add({ kind: "no-licence", path: EVENTS });

    const { code, out, err } = await run(["collect"], { environment });

    expect(code).toBe(1);
    expect(out).toMatch(
      /^Stored of people: .*\nStored of resets by day: .*\nStored of sign-ins by day: .*\n$/,
    );
    expect(err).toContain("Nothing was stored of tries. GRAPH-LICENCE");
  });

  test("says once how far it is, and ends at the first Ctrl-C", async () => {
    tenant.faults.add({ kind: "hang", path: "/reports/" });
    const running = await start(["collect"], { environment });
    await running.said(/Reading Microsoft Graph, people: 0 pages, 0 rows so far/);

    const { signal, err } = await running.signal("SIGINT");

    expect(signal).toBe("SIGINT");
    const told = err.match(/Reading Microsoft Graph, [^:]*/g) ?? [];
    expect(told).toEqual([...new Set(told)]);
    const claim = await claimDataDirectory(data.path);
    expect(claim.held).toBe(true);
    if (claim.held) {
      await claim.release();
    }
  });

  test("says until when Graph asks to wait, and stores in the end", { timeout: 60_000 }, async () => {
    tenant.faults.add({ kind: "throttled", path: EVENTS, retryAfterSeconds: 3, times: 1 });

    const { code, err } = await run(["collect"], { environment });

    expect(code).toBe(0);
    expect(err).toMatch(/tries: 0 pages, 0 rows so far, Graph asks to wait until \d{4}-\S+Z\./);
  });
});

describe("collect on a screen", () => {
  test("draws a bar for each report, and says afterwards what was stored", async () => {
    const { terminal, printed, told, drawn } = listener(screen());

    const code = await collect(terminal);

    expect(code).toBe(0);
    expect(drawn()).toMatch(/tries {11}█+ 100 % {2}1 page, \d+ rows/);
    expect(drawn()).toMatch(/people {10}█+ 100 % {2}1 page, 400 rows/);
    expect(printed.map((line) => line.split(":")[0])).toEqual([
      "Stored of tries",
      "Stored of people",
      "Stored of resets by day",
      "Stored of sign-ins by day",
    ]);
    expect(told).toEqual([]);
  });

  test("shows the share of the last stored reading's rows", async () => {
    expect(await drawnOf({ ...READ, expected: 1_000 })).toMatch(
      /tries {11}█+░+ {2}50 % {2}2 pages, 500 rows/,
    );
  });

  test("shows a counter and no percentage where nothing was stored before", async () => {
    const drawn = await drawnOf(READ, { ...READ, pages: 4, rows: 1_500, stored: STORED });

    expect(drawn).toMatch(/tries {11}4 pages, 1,500 rows/);
    expect(drawn).not.toMatch(/[%█░]/);
  });

  test("stays below 100 % until all is stored, however large the reading is", async () => {
    const known = { ...READ, rows: 5_000, expected: 1_000 };

    expect(await drawnOf(known)).toMatch(/ 99 % {2}2 pages, 5,000 rows/);
    expect(await drawnOf(known, { ...known, stored: STORED })).toMatch(/ 100 % {2}4 pages, 1,500 rows/);
  });

  test("shows until when Graph asks to wait, and which report failed", async () => {
    const waiting = { ...READ, expected: 1_000, waitingUntil: "2026-11-22T10:00:05.000Z" };

    expect(await drawnOf(waiting)).toContain("2 pages, 500 rows, waiting until 10:00:05");
    expect(await drawnOf(waiting, { ...READ, expected: 1_000, problem: "GRAPH-LICENCE: …" })).toMatch(
      / 50 % {2}failed/,
    );
  });
});

describe("collect beside a running bot", () => {
  test("shows how far the bot's own reading is", { timeout: 60_000 }, async () => {
    const folder = await dataDirectory();
    onTestFinished(() => folder.remove());
    const settings = { ...settingsFor(tenant, folder.path), PORT: "0", COLLECT_EVERY: "0" };
    const bot = await start(["serve"], { environment: settings });
    await bot.said(/AuthPulse listens/);
    tenant.faults.add({ kind: "throttled", path: DETAILS, retryAfterSeconds: 3, times: 1 });

    const { code, out, err } = await run(["collect"], { environment: settings });

    expect(code).toBe(0);
    expect(err).toContain(`Asking the bot that runs here (process ${bot.pid}).\n`);
    expect(err).toMatch(/people: 0 pages, 0 rows so far, Graph asks to wait until/);
    expect(out).toMatch(/^Stored of tries: .*\nStored of people: .*\n/);
  });
});
