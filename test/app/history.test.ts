import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { weekOf } from "../../src/digest/calendar.ts";
import { weeksUpTo } from "../../src/digest/usage-weeks.ts";
import { toTenantId } from "../../src/kernel/ids.ts";
import type { UsageCell } from "../../src/ports/usage.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { openStore } from "../../src/store/pglite.ts";
import { elementsOf } from "../render/card-check.ts";
import { peopleCounts, peopleReading } from "../store/people-contract.ts";
import { buttonOf, TENANT } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { dataDirectory } from "../support/data-directory.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { channelOf, plainText } from "./channel.ts";

/** A Saturday; the clocks of Berlin went back on 25 October. */
const NOW = new Date("2026-11-21T13:32:00Z");
const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** 26 whole weeks and what the running one has so far. */
const WEEKS = weeksUpTo(weekOf(NOW, ZONE), ZONE, 27);

/** Every six hours so many tries, which is 28 times in a week of 168 hours. */
const OK_AT_A_TIME = 9;
const FAILED_AT_A_TIME = 1;

function seeded(from: Date, to: Date): readonly UsageCell[] {
  const times = Math.floor((to.getTime() - from.getTime()) / (6 * HOUR));
  return Array.from({ length: times }, (_unused, index) => {
    const quarter = new Date(from.getTime() + index * 6 * HOUR);
    const cell = { quarter, feature: "reset", method: index % 2 === 0 ? "email" : "mobileSMS" };
    return [
      { ...cell, isSuccess: true, reason: "", count: OK_AT_A_TIME },
      { ...cell, isSuccess: false, reason: "other", count: FAILED_AT_A_TIME },
    ];
  }).flat();
}

/** What a bot has stored that has been running since a day, and counted people on some days. */
async function startedWith(from: Date, peopleAt: readonly Date[]): Promise<RunningBot> {
  const clock = shiftedClock(NOW);
  const tenant = await startSampleTenant({
    quotaWindow: 500,
    tenantId: TENANT,
    people: 60,
    now: () => clock.now(),
  });
  const directory = await dataDirectory();
  const store = await openStore(directory.path);
  const tenantId = toTenantId(TENANT);
  if (!tenantId) {
    throw new Error("the tenant's id is a GUID");
  }
  const source = { tenantId, graphHost: new URL(tenant.url).host };
  const readAt = new Date(NOW.getTime() - HOUR);
  const to = new Date(Math.floor(readAt.getTime() / 900_000) * 900_000);
  await store.snapshots.save(source, {
    reader: "events",
    readAt,
    took: 28_000,
    summaries: [{ period: "D30", from: new Date(readAt.getTime() - 30 * DAY), to: readAt, rows: [] }],
    pages: 12,
    rowsRead: 11_840,
    notes: [],
    history: { from, to, cells: seeded(from, to) },
  });
  for (const [index, at] of peopleAt.entries()) {
    const members = peopleCounts(400, {
      ssprEnabled: 300,
      ssprCapable: 200 + 10 * index,
      mfaRegistered: 350,
      phoneOnly: 40,
    });
    await store.people.save(source, peopleReading(400, { readAt: at, scopes: { members } }));
  }
  await store.close();
  return startBot({ clock, graph: tenant, dataDirectory: directory.path });
}

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

function cellsOf(card: unknown): readonly (readonly string[])[] {
  return elementsOf(card)
    .filter(({ type }) => type === "TableRow")
    .map((row) =>
      elementsOf(row)
        .filter(({ type }) => type === "TextBlock")
        .map(({ text }) => plainText({ text })),
    );
}

describe("a bot with half a year of history", () => {
  let bot: RunningBot;
  beforeAll(async () => {
    const days = [20, 13, 12, 1].map((ago) => new Date(NOW.getTime() - ago * DAY));
    bot = await startedWith(WEEKS[0]?.from ?? NOW, days);
  });
  afterAll(() => bot.stop());

  async function ask(words: string): Promise<unknown> {
    return cardOf(await bot.say(words));
  }

  test("shows twelve weeks, as they are stored", async () => {
    const card = await ask("trend");

    const [header, ...rows] = cellsOf(card);
    expect(header).toEqual(["Week · Monday", "OK", "Failed", "Rate"]);
    expect(rows).toHaveLength(12);
    expect(rows.slice(0, 2)).toEqual([
      ["46 · 9 Nov · MC1325414", "252", "28", "90 %"],
      ["45 · 2 Nov", "252", "28", "90 %"],
    ]);
    expect(rows.at(-1)?.[0]).toBe("35 · 24 Aug");
    expect(plainText(card)).toContain("Password resets: no clear change. 90 % of 280 tries worked");
    expect(plainText(card)).toContain("Since 9 Nov 2026 (first announced for 7 Sep 2026), as announced:");
    expect(elementsOf(card).filter(({ type }) => type === "Chart.Line")).toHaveLength(1);
    expect(bot.tenant.requests.filter(({ path }) => path.includes("reports"))).toEqual([]);
  });

  test("goes back as far as it is asked and stored, and its weeks add up", async () => {
    const rows = cellsOf(await ask("trend 26 weeks")).slice(1);
    const ok = rows.reduce((sum, [, count = "0"]) => sum + Number(count.replaceAll(",", "")), 0);

    const whole = WEEKS.slice(0, 26);
    const hours = ((whole.at(-1)?.to ?? NOW).getTime() - (whole[0]?.from ?? NOW).getTime()) / HOUR;
    // The newest fifteen, and those before in one row.
    expect(rows).toHaveLength(16);
    expect(ok).toBe(Math.ceil(hours / 6) * OK_AT_A_TIME);
    expect(plainText(await ask("trend 100 weeks"))).toContain(
      "100 weeks were asked for; what is stored begins 18 May 2026.",
    );
  });

  test("shows methods beside one another", async () => {
    const rows = cellsOf(await ask("trend by method"));

    expect(rows[0]?.slice(1).toSorted()).toEqual(["Email", "SMS"]);
    expect(rows[1]).toEqual(["46 · 9 Nov · MC1325414", "90 % of 140", "90 % of 140"]);
  });

  test("shows people with the last count of each week, and names the week without one", async () => {
    const card = await ask("mfa trend");

    expect(plainText(card)).toContain(
      "230 of 300 in scope can reset their password themselves: 77 %, up 30 since week 44.",
    );
    expect(cellsOf(card).slice(1)).toEqual([
      ["47 · 16 Nov", "230 (77 %)", "350 (88 %)", "40 (10 %)"],
      ["46 · 9 Nov", "220 (73 %)", "350 (88 %)", "40 (10 %)"],
      ["45 · 2 Nov", "210 (70 %)", "350 (88 %)", "40 (10 %)"],
      ["44 · 26 Oct", "200 (67 %)", "350 (88 %)", "40 (10 %)"],
    ]);
    expect(plainText(card)).toContain("Counts of people are kept since 1 Nov 2026");
  });

  test("compares thirty days with the thirty before without being told a period", async () => {
    const text = plainText(await ask("compare"));

    expect(text).toContain("90 % of 1,200 tries");
    expect(text).toContain("in the 30 days before");
    expect(plainText(await ask("compare 1 day"))).toContain("in the 24 hours before");
  });

  test("shows another trend to the presser, who comes back", async () => {
    const { value } = await bot.press(buttonOf(await ask("trend 4 weeks"), "By method"));
    const back = await bot.press(buttonOf(value, "Back"));

    expect(plainText(value)).toContain("Only you see this view");
    expect(cellsOf(value)).toHaveLength(5);
    expect(plainText(back.value)).toContain("Password resets by week");
  });

  test("tells its state without a secret or a name", async () => {
    const text = plainText(await ask("health"));

    expect(text).toContain("Tries were read 1 hour ago; people were counted 24 hours ago.");
    expect(text).toContain("complete · pages 12, rows 11,840, in 28 seconds");
    expect(text).toContain("History of people: 4 days, since 1 Nov 2026");
    expect(text).toContain("Problems: none");
    expect(text).toMatch(/Store: embedded database, schema \d+/);
    expect(text).toContain("Next digest here: none is set up");
    expect(text).toContain(TENANT);
    expect(text).not.toMatch(/token|secret|@/i);
  });

  test("names the next digest of a place", async () => {
    const channel = channelOf(() => bot, "health");
    await channel.subscribe({ day: "2", time: "13:00", zone: ZONE });

    // The form may still be on its way to become the card that says it is set up.
    await expect
      .poll(() => channel.say("health"))
      .toContain("Next digest here: 24 Nov 13:00 (Europe/Berlin)");
  });

  test("tells the announced change in the overview", async () => {
    const text = plainText(await ask("overview"));

    expect(text.match(/as announced/g)).toHaveLength(1);
    expect(text).toContain(
      "Since 9 Nov 2026, as announced: password reset accepts registered methods only (MC1325414).",
    );
  });
});

describe("a bot with three weeks of history", () => {
  test("says what is missing, and compares what can be compared", async () => {
    const bot = await startedWith(new Date("2026-10-29T09:00:00Z"), []);
    onTestFinished(() => bot.stop());

    const trend = cardOf(await bot.say("trend"));
    const unasked = plainText(cardOf(await bot.say("compare")));
    const asked = plainText(cardOf(await bot.say("compare 30 days")));

    expect(cellsOf(trend).slice(1)).toEqual([
      ["46 · 9 Nov · MC1325414", "252", "28", "90 %"],
      ["45 · 2 Nov", "252", "28", "90 %"],
      ["44 · 26 Oct", "–", "–", "gap"],
    ]);
    expect(plainText(trend)).toContain(
      "Week 44 is a gap: what is stored begins 29 Oct 10:00 (Europe/Berlin).",
    );
    expect(unasked).toContain("30 days are not compared: that needs 60 days");
    expect(unasked).toContain("in the 7 days before");
    expect(asked).toContain("The last 30 days are not stored in full");

    await bot.press(buttonOf(trend, "Refresh"));

    const reads = () => bot.tenant.requests.filter(({ path }) => path.includes("userEventsSummary"));
    await expect.poll(() => reads().length).toBeGreaterThan(0);
  });

  test("reads Graph where nothing is stored, and begins to keep people", async () => {
    const clock = shiftedClock(NOW);
    const bot = await startBot({
      clock,
      tenant: { now: () => clock.now(), people: 60, quota: 1_000 },
      timings: { answerWithin: 8_000 },
    });
    onTestFinished(() => bot.stop());

    const people = plainText(cardOf(await bot.say("mfa trend")));
    const tries = plainText(cardOf(await bot.say("trend")));

    expect(people).toContain("the first count");
    expect(people).toContain("Counts of people are kept since 21 Nov 2026");
    expect(tries).toMatch(/Password resets|too few to compare/);
    expect(tries).toContain("12 weeks were asked for; what is stored begins 22 Oct 2026.");
  });
});
