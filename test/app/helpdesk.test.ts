import { describe, expect, onTestFinished, test } from "vitest";
import type { FaultRule } from "../../src/sample-tenant/faults.ts";
import { elementsOf } from "../render/card-check.ts";
import { buttonOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { plainText } from "./channel.ts";

/** A Saturday of week 47. */
const NOW = new Date("2026-11-21T13:32:00Z");
const REPORTS = ["userPasswordResetsAndChangesSummary", "userMfaSignInSummary"];

/** A bot that has stored nothing. */
async function started(faults: readonly FaultRule[] = []): Promise<RunningBot> {
  const clock = shiftedClock(NOW);
  const bot = await startBot({
    clock,
    tenant: { now: () => clock.now(), people: 2_000, quota: 1_000, faults },
    timings: { answerWithin: 8_000 },
  });
  onTestFinished(() => bot.stop());
  return bot;
}

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

function rowsOf(card: unknown): readonly (readonly string[])[] {
  return elementsOf(card)
    .filter(({ type }) => type === "TableRow")
    .map((row) =>
      elementsOf(row)
        .filter(({ type }) => type === "TextBlock")
        .map(({ text }) => plainText({ text })),
    );
}

function reads(bot: RunningBot): readonly string[] {
  return bot.tenant.requests.flatMap(({ path }) => REPORTS.filter((name) => path.includes(name)));
}

describe("who resets passwords, over HTTP", () => {
  test("is read where nothing is stored, and is then answered from the store", async () => {
    const bot = await started();

    const card = cardOf(await bot.say("trend helpdesk"));
    const again = cardOf(await bot.say("administrator resets by week"));

    const text = plainText(card);
    expect(text).toContain("Self-service and administrator resets by week");
    expect(text).toMatch(/\d+ % of [\d,]+ password resets were self-service in week 46; \d+ % in week 45/);
    expect(text).toMatch(/\d+ % of [\d,]+ sign-ins in week 46 were multi-factor; \d+ % in week 45\./);
    expect(text).toContain("12 weeks were asked for; days are stored since 23 Oct 2026.");
    expect(text).toContain("Week 43 is a gap: what is stored begins 23 Oct 00:00 (UTC).");
    const names = ["46 · 9 Nov", "45 · 2 Nov", "44 · 26 Oct", "43 · 19 Oct"];
    expect(rowsOf(card).map(([name]) => name)).toEqual([
      "Week · Monday",
      ...names,
      "Week · Monday",
      ...names,
    ]);
    expect(rowsOf(card)[1]).toEqual([
      "46 · 9 Nov",
      expect.stringMatching(/^\d/),
      expect.stringMatching(/^\d/),
      expect.stringMatching(/^\d+ %$/),
    ]);
    expect(elementsOf(card).filter(({ type }) => type === "Chart.Line")).toHaveLength(1);
    expect(rowsOf(again)).toEqual(rowsOf(card));
    expect(reads(bot)).toEqual(REPORTS);
  });

  test("stands on overview and digest once it is read, and not before", async () => {
    const bot = await started();
    const before = plainText(cardOf(await bot.say("overview")));

    await bot.say("helpdesk");
    const overview = plainText(cardOf(await bot.say("overview")));

    expect(before).not.toContain("by administrators");
    expect(overview).toMatch(
      /Password resets: [\d,]+ by people themselves, [\d,]+ by administrators \(the last 7 whole days in UTC\)\./,
    );
  });

  test("is another trend for the presser", async () => {
    const bot = await started();
    const trend = cardOf(await bot.say("trend 2 weeks"));

    const { value } = await bot.press(buttonOf(trend, "Helpdesk"));

    await expect.poll(() => plainText(value)).toContain("Only you see this view");
    expect(plainText(value)).toContain("2 weeks: 2 Nov – 15 Nov 2026 (UTC)");
  });

  test.each([
    ["userMfaSignInSummary", /Sign-ins by day could not be read .*: GRAPH-LICENCE\./, /were self-service/],
    [
      "userPasswordResetsAndChangesSummary",
      /Resets by day could not be read .*: GRAPH-LICENCE\./,
      /sign-ins in week 46 were multi-factor/,
    ],
  ])("is told without %s where Graph refuses that alone", async (path, why, rest) => {
    const bot = await started([{ kind: "no-licence", path }]);

    const text = plainText(cardOf(await bot.say("trend helpdesk")));

    expect(text).toMatch(why);
    expect(text).toMatch(rest);
    expect(text).not.toMatch(/\b0 of\b|: 0\b/);
  });

  test.each([
    ["empty", "GRAPH-NOT-COLLECTED"],
    ["request-denied", "GRAPH-PERMISSION"],
    ["wrong-row", "GRAPH-ANSWER"],
  ] as const)("is a problem where both are %s: %s", async (kind, code) => {
    const bot = await started(REPORTS.map((path) => ({ kind, path })));

    const text = plainText(cardOf(await bot.say("trend helpdesk")));

    expect(text).toContain(code);
    expect(text).not.toMatch(/\d+ %/);
  });
});
