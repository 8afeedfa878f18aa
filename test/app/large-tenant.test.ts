import { expect, onTestFinished, test } from "vitest";
import { graphTries, shownTries } from "../support/graph-numbers.ts";
import { startBot } from "../support/running-bot.ts";
import { clockWithinTheHour } from "../support/within-the-hour.ts";

test("a tenant of 100,000 people is read page by page under the quota and shown with Graph's own numbers", async () => {
  const clock = clockWithinTheHour();
  // In so large a tenant a try arrives every minute.
  const begin = clock.now();
  const bot = await startBot({
    clock,
    // Two hundred times Microsoft's pace on both sides.
    tenant: { people: 100_000, quotaWindow: 50, now: () => begin },
    timings: { quotaWindow: 60, answerWithin: 100_000, turnLimit: 100_000 },
  });
  onTestFinished(() => bot.stop());

  await bot.say("sspr usage by method");

  const card = bot.connector.sent.at(-1)?.body.attachments;
  for (const feature of ["reset", "registration"] as const) {
    expect(shownTries(card, feature)).toEqual(await graphTries(bot.tenant, feature));
    expect(shownTries(card, feature).all).toBeGreaterThan(10_000);
  }
  expect(bot.tenant.requests.filter(({ path }) => path.includes("userEventsSummary")).length).toBeGreaterThan(
    100,
  );
});
