import { beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../../src/commands/answer.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { toTenantId } from "../../src/kernel/ids.ts";
import { AppError } from "../../src/kernel/problem.ts";
import { TIMINGS } from "../../src/kernel/timings.ts";
import { en } from "../../src/reference/words/en.ts";
import { activitySchema } from "../../src/teams/activity.ts";
import { type BotParts, createBot } from "../../src/teams/bot.ts";
import { plainNotice } from "../../src/views/notice.ts";
import { recordingLog } from "../graph/setup.ts";
import { message, press, TENANT } from "../support/activities.ts";

const SERVICE = "http://127.0.0.1:9/";
const STOP = { v: 1, question: { command: "usage", options: {} } };
const ANSWER: Answer = { kind: "answered", view: plainNotice("Stopped", []) };
const ARRIVAL = { arrivedAt: new Date("2026-11-24T12:00:00Z"), onPosted: () => undefined };

const nothing = (): Promise<never> => Promise.reject(new Error("This is not asked for here."));

/** What was done with messages, and what was detached. */
let done: string[];
let detached: Promise<void>[];
let log: ReturnType<typeof recordingLog>;

beforeEach(() => {
  done = [];
  detached = [];
  log = recordingLog();
});

/** A bot that asks `isRecord` whether a message is a posted digest; of the rest only what a press needs works. */
function botWith(isRecord: BotParts["isRecord"]) {
  const tenantId = toTenantId(TENANT);
  if (!tenantId) {
    throw new Error("The tenant of the tests has no id.");
  }
  return createBot({
    ...{ tenantId, isRecord, words: en, clock: systemClock, timings: TIMINGS, log },
    dispatcher: {
      ...{ ask: nothing, forged: nothing, consent: nothing },
      press: () => Promise.resolve(ANSWER),
      welcome: () => ANSWER,
    },
    delivery: {
      ...{ postPersonally: nothing, attach: nothing },
      post: async () => void done.push("posted"),
      update: async () => void done.push("edited"),
    },
    renderer: { card: () => ({ type: "AdaptiveCard" }), text: () => "", summary: () => "" },
    seal: { accepts: () => true, sealCard: (card) => card },
    places: {
      ...{ welcomeOnce: nothing, tellOnce: nothing, removed: nothing },
      returned: () => Promise.resolve(),
    },
    lifecycle: { onRemoved: nothing, onInstalled: nothing },
    detach: (work) => void detached.push(work),
  });
}

describe("a message of which nobody knows whether it is a posted digest", () => {
  const away = (): Promise<never> => Promise.reject(new AppError("STORE-UNAVAILABLE"));

  test("stays as it is when a button of it is pressed, and the presser has the answer", async () => {
    const pressed = press(SERVICE, { title: "Stop", verb: "cancel", data: STOP });

    const said = await botWith(away)(activitySchema.parse(pressed), ARRIVAL);
    await Promise.all(detached);

    expect(said).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(done).toEqual([]);
    expect(log.text()).toContain("STORE-UNAVAILABLE");
  });

  test("stays as it is when an older client presses, and the answer is below", async () => {
    const submitted = message(SERVICE, "", { value: { verb: "cancel", ...STOP }, replyToId: "message-1" });

    await botWith(away)(activitySchema.parse(submitted), ARRIVAL);

    expect(done).toEqual(["posted"]);
  });
});

test("a message that is none is edited where it stands", async () => {
  const pressed = press(SERVICE, { title: "Stop", verb: "cancel", data: STOP });

  await botWith(() => Promise.resolve(false))(activitySchema.parse(pressed), ARRIVAL);
  await Promise.all(detached);

  expect(done).toEqual(["edited"]);
});
