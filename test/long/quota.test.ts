import { expect, onTestFinished, test } from "vitest";
import { TIMINGS } from "../../src/kernel/timings.ts";
import { textOf } from "../support/activities.ts";
import { startBot } from "../support/running-bot.ts";

const WINDOW = 10_000;

test("at Microsoft's real pace no window of 10 s holds more than 5 requests of the reports", async () => {
  const bot = await startBot({
    tenant: { people: 8_000, quotaWindow: WINDOW },
    timings: { ...TIMINGS, answerWithin: 500_000, turnLimit: 600_000 },
  });
  onTestFinished(() => bot.stop());

  await bot.say("sspr usage by method");

  const reports = bot.tenant.requests.filter(({ path }) => path.includes("/reports/"));
  const at = reports.map((request) => request.at.getTime());
  const fullest = Math.max(
    ...at.map((begin) => at.filter((time) => time >= begin && time < begin + WINDOW).length),
  );
  expect(textOf(bot.connector.sent.at(-1)?.body.attachments)).toContain("Password resets");
  expect(reports.length).toBeGreaterThan(8);
  expect(reports.filter(({ status }) => status !== 200)).toEqual([]);
  expect(fullest).toBeGreaterThan(1);
  expect(fullest).toBeLessThanOrEqual(5);
});
