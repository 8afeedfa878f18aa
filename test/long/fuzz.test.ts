import { afterAll, beforeAll, expect, test } from "vitest";
import { faultOf, fire } from "../fuzz/range.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

const COUNT = 100_000;

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({ timings: { answerWithin: 8_000 }, tenant: { people: 50 } });
  await bot.say("sspr usage by method");
  bot.connector.drain();
});

afterAll(() => bot.stop());

test(
  "a hundred thousand generated bodies of people without a permission get nothing and break nothing",
  async () => {
    const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
    process.stdout.write(`Seed ${seed}: set FUZZ_SEED to it for the same bodies.\n`);
    const start = performance.now();

    const fault = faultOf(await fire(bot, { count: COUNT, seed }));

    process.stdout.write(`${COUNT} bodies in ${Math.round((performance.now() - start) / 1_000)} s.\n`);
    expect(fault).toBeUndefined();
  },
  30 * 60_000,
);
