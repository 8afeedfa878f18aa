import { describe, expect, onTestFinished, test } from "vitest";
import { graphTries, shownTries } from "../support/graph-numbers.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { clockWithinTheHour } from "../support/within-the-hour.ts";

/** Five hundred times Microsoft's pace; the sample tenant's quota is not what is tested here. */
const AT_ONCE = { quotaWindow: 20, answerWithin: 500_000, turnLimit: 600_000 };

async function running(people: number, reader: string): Promise<RunningBot> {
  const clock = clockWithinTheHour();
  // In so large a tenant a try arrives every minute.
  const begin = clock.now();
  const bot = await startBot({
    clock,
    tenant: { people, quota: 1e6, now: () => begin },
    timings: AT_ONCE,
    settings: { GRAPH_REPORTS: reader },
    token: { kind: reader === "activity" ? "delegated" : "app" },
  });
  onTestFinished(() => bot.stop());
  return bot;
}

function cardOf(bot: RunningBot): unknown {
  return bot.connector.sent.at(-1)?.body.attachments;
}

describe("a tenant of 100,000 people", () => {
  test.each(["legacy", "activity", "events"])("is shown with Graph's own numbers by %s", async (reader) => {
    const bot = await running(100_000, reader);

    await bot.say("sspr usage by method");

    for (const feature of ["reset", "registration"] as const) {
      const shown = shownTries(cardOf(bot), feature);
      expect(shown.all).toBeGreaterThan(10_000);
      expect(shown).toEqual(await graphTries(bot.tenant, feature));
    }
  });
});
