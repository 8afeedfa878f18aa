import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { faultOf, fire, type Post, parsed } from "./range.ts";

/** For machines that do something else as well. */
const BUSY = 120_000;

let bot: RunningBot;

/** There are numbers to lose: somebody who may has asked for them. */
beforeAll(async () => {
  bot = await startBot({ timings: { answerWithin: 8_000 }, tenant: { people: 50 } });
  await bot.say("sspr usage by method");
});

beforeEach(() => {
  bot.connector.drain();
});

afterAll(() => bot.stop());

test(
  "two thousand generated bodies of people without a permission get nothing and break nothing",
  async () => {
    expect(faultOf(await fire(bot, { count: 2_000, seed: 1 }))).toBeUndefined();
  },
  BUSY,
);

describe("a planted fault is found where", () => {
  type Fields = Readonly<Record<string, unknown>> & { readonly from?: object };

  /** Changes what comes in where the activity has what the fault waits for. */
  function planted(
    waitsFor: (activity: Fields) => boolean,
    change: (activity: Fields) => ReturnType<Post>,
  ): Post {
    return async (body) => {
      const activity = parsed(body) as Fields | null | undefined;
      if (activity && typeof activity === "object" && waitsFor(activity)) {
        return change(activity);
      }
      return bot.post(body);
    };
  }

  // Each with a seed of its own: a body that has been answered is not handled again.
  test.each<[string, number, Post, RegExp]>([
    [
      "a locale takes the request down",
      2,
      planted(
        ({ locale }) => locale === "de-DE",
        async () => ({ status: 500, body: {} }),
      ),
      /status 500/,
    ],
    [
      "an invoke is not answered",
      3,
      planted(
        ({ type, replyToId }) => type === "invoke" && replyToId === "m1",
        async () => ({ status: 200, body: undefined }),
      ),
      /an invoke without its answer/,
    ],
    [
      "whoever asks for usage is taken for somebody who may read",
      4,
      planted(
        ({ text }) => String(text).includes("sspr usage"),
        ({ from: _from, ...rest }) =>
          bot.post({ ...rest, from: { id: "29:x", aadObjectId: VIEWERS.reportsReader.id } }),
      ),
      /numbers were shown/,
    ],
  ])(
    "%s",
    async (_what, seed, post, rule) => {
      expect(faultOf(await fire(bot, { count: 2_000, seed, post }))).toMatch(rule);
    },
    BUSY,
  );
});
