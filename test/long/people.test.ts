import { describe, expect, onTestFinished, test } from "vitest";
import { buttonOf, textOf } from "../support/activities.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

/** Microsoft's own pace: a first page that took more than a few requests would wait for the next window. */
async function running(): Promise<RunningBot> {
  const bot = await startBot({
    tenant: { people: 100_000, quotaWindow: 10_000 },
    timings: { quotaWindow: 10_200, answerWithin: 60_000, turnLimit: 600_000 },
  });
  onTestFinished(() => bot.stop());
  return bot;
}

describe("a list of people in a tenant of 100,000", () => {
  test.each(["not registered", "without mfa", "without mfa guests", "phone only"])(
    "has its first page after one request, and the next ones too (%s)",
    async (list) => {
      const bot = await running();

      const [first] = await bot.say(`people ${list}`);
      const card = first?.body.attachments?.[0]?.content;
      const { value } = await bot.press(buttonOf(card, "Next"));

      expect(textOf(card)).toContain("1 to 10");
      expect(textOf(value)).toContain("11 to 20");
      const asked = bot.tenant.requests.filter(({ path }) => path.includes("/reports/"));
      expect(asked).toHaveLength(1);
    },
  );
});
