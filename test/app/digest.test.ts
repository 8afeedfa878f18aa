import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { buttonOf, buttonsOf, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, sealed, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";

/** A Monday evening in Berlin; the digest of week 46 is due the next day at 13:00. */
const MONDAY = new Date("2026-11-16T19:00:00Z");
const TUESDAY_NOON = new Date("2026-11-17T11:59:58Z");

const clock = shiftedClock(MONDAY);
let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({
    clock,
    timings: { answerWithin: 8_000 },
    tenant: { now: () => clock.now(), people: 400 },
  });
  bot.connector.hasMembers([
    {
      id: "29:viewer",
      name: "Priya Nair",
      aadObjectId: VIEWERS.reportsReader.id,
      tenantId: bot.tenant.tenantId,
      userRole: "user",
    },
    { id: "29:olsen", name: "Marta Olsen", aadObjectId: VIEWERS.globalAdministrator.id, userRole: "user" },
  ]);
});

afterAll(() => bot.stop());

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

const CHANNEL = {
  conversation: {
    id: "19:channel@thread.tacv2;messageid=1",
    conversationType: "channel",
    tenantId: "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01",
  },
  replyToId: "form-1",
};

function withInputs(button: { title: string; verb: string; data: unknown }, inputs: object) {
  return { ...button, data: { ...(button.data as object), ...inputs } };
}

describe("the weekly digest of a channel", () => {
  let form: unknown;
  let digest: unknown;
  let posted: string | undefined;

  test("is asked for with a form that says who can read the channel", async () => {
    form = cardOf(await bot.sayInChannel("digest subscribe"));

    expect(textOf(form)).toContain("2 people can read");
    expect(buttonsOf(form).map(({ title }) => title)).toContain("Subscribe");
  });

  test("can be looked at before, for the presser only", async () => {
    const preview = await bot.press(
      withInputs(buttonOf(form, "Preview"), { day: "2", time: "13:00", zone: "Europe/Berlin" }),
      CHANNEL,
    );

    expect(textOf(preview.value)).toContain("Only you see this view");
    expect(textOf(preview.value)).toMatch(/week 46/);
  });

  test("names a time zone that does not exist at its field", async () => {
    const answer = await bot.press(
      withInputs(buttonOf(form, "Subscribe"), {
        day: "2",
        time: "13:00",
        zone: "Europe/Berlin",
        otherZone: "Mars/Olympus",
      }),
      CHANNEL,
    );

    expect(JSON.stringify(answer.value)).toMatch(/time zone/i);
    expect(textOf(cardOf(await bot.sayInChannel("digest")))).toMatch(/no digest/i);
  });

  test("is set up for all, with the next three runs in the zone and in UTC", async () => {
    const before = bot.connector.sent.length;

    const answer = await bot.press(
      withInputs(buttonOf(form, "Subscribe"), {
        day: "2",
        time: "13:00",
        zone: "Europe/Berlin",
        extras: "advice",
      }),
      CHANNEL,
    );
    const sent = await bot.connector.waitFor(before + 1);

    const text = textOf(answer.value);
    expect(text).toMatch(/17 Nov 2026, 13:00 Europe\/Berlin \(12:00 UTC\)/);
    expect(text).toContain("Priya Nair");
    expect(sent.at(-1)).toMatchObject({ method: "PUT", activityId: "form-1" });
  });

  test("is posted at its time as a new post, not in the thread it was asked for in", async () => {
    const before = bot.connector.sent.length;

    clock.moveTo(TUESDAY_NOON);
    const sent = await bot.connector.waitFor(before + 1);

    const post = sent.at(-1);
    expect(post).toMatchObject({ method: "POST", conversationId: "19:channel@thread.tacv2" });
    digest = post?.body.attachments?.[0]?.content;
    posted = post?.answeredId;
    expect(textOf(digest)).toContain("Adoption digest · week 46");
    expect(textOf(digest)).toMatch(/9 – Sun 15 Nov 2026/);
  }, 120_000);

  test("is shown by digest with its outcome", async () => {
    await expect
      .poll(async () => textOf(cardOf(await bot.sayInChannel("digest"))), { timeout: 10_000 })
      .toMatch(/posted/i);
  });

  test.each(["Refresh", "Details"])(
    "opens %s for whoever is there, without a role, and is not edited",
    async (title) => {
      const before = bot.connector.sent.length;
      const nobody = { from: { id: "29:nobody", name: "Alex Kim", aadObjectId: VIEWERS.noRole.id } };

      const answer = await bot.press(buttonOf(digest, title), { ...CHANNEL, ...nobody });

      expect(answer.type).toBe("application/vnd.microsoft.card.adaptive");
      expect(bot.connector.sent.length).toBe(before);
    },
  );

  test("asks for the permission where it is managed", async () => {
    const nobody = { from: { id: "29:nobody", name: "Alex Kim", aadObjectId: VIEWERS.noRole.id } };

    const answer = await bot.press(buttonOf(digest, "Manage"), { ...CHANNEL, ...nobody });

    expect(answer.type).toBe("application/vnd.microsoft.activity.message");
  });

  test.each([
    ["back", "digest-unsubscribe"],
    ["details", "digest-pause"],
    ["today", "digest-send"],
    ["today", "usage"],
    ["back", "overview"],
  ])("opens nothing else to somebody without a role: %s %s", async (verb, command) => {
    const nobody = { from: { id: "29:nobody", name: "Alex Kim", aadObjectId: VIEWERS.noRole.id } };
    const before = bot.connector.sent.length;

    const data = { v: 1, question: { command, options: {} } };
    const answer = await bot.press(sealed({ title: verb, verb, data }, CHANNEL.conversation.id), {
      ...CHANNEL,
      ...nobody,
    });

    expect(answer.type).toBe("application/vnd.microsoft.activity.message");
    expect(bot.connector.sent.length).toBe(before);
    expect(textOf(cardOf(await bot.sayInChannel("digest")))).toContain("Active");
  });

  test.each([
    ["refresh", "overview", {}],
    ["digest-set", "digest-edit", { day: "2", time: "13:00", zone: "Europe/Berlin" }],
  ])("is not edited by a button that was not on it: %s %s", async (verb, command, inputs) => {
    const before = bot.connector.sent.length;
    const data = { v: 1, question: { command, options: {} }, ...inputs };

    await bot.press(sealed({ title: verb, verb, data }, CHANNEL.conversation.id), {
      ...CHANNEL,
      replyToId: posted,
    });

    expect(bot.connector.sent.slice(before).filter(({ method }) => method === "PUT")).toEqual([]);
  });

  test("answers an older client below, and is not edited either", async () => {
    const { verb, data } = buttonOf(digest, "Refresh");
    const before = bot.connector.sent.length;

    const sent = await bot.sayInChannel("", {
      text: undefined,
      value: { ...(data as object), verb },
      replyToId: posted,
    });

    expect(sent.map(({ method }) => method)).toEqual(["POST"]);
    expect(bot.connector.sent.length).toBe(before + 1);
    expect(textOf(sent[0]?.body.attachments)).not.toMatch(/only you/i);
  });

  test("shows no figures in a place that was given none", async () => {
    const nobody = { from: { id: "29:nobody", name: "Alex Kim", aadObjectId: VIEWERS.noRole.id } };

    const answer = await bot.press(buttonOf(digest, "Refresh"), nobody);

    expect(answer.type).toBe("application/vnd.microsoft.activity.message");
  });

  test("is posted once more on request, marked as an extra", async () => {
    const sent = await bot.sayInChannel("digest send");

    const extra = sent.find(({ conversationId }) => conversationId === "19:channel@thread.tacv2");
    expect(textOf(extra?.body.attachments)).toMatch(/extra|asked for/i);
  });

  test("can be paused, resumed and removed", async () => {
    const paused = textOf(cardOf(await bot.sayInChannel("digest pause 2 weeks")));
    const resumed = textOf(cardOf(await bot.sayInChannel("digest resume")));
    const removed = textOf(cardOf(await bot.sayInChannel("digest unsubscribe")));

    expect(paused).toMatch(/paused/i);
    expect(resumed).toMatch(/24 Nov 2026/);
    expect(removed).toMatch(/removed|no digest/i);
  });

  test("stays paused when it is set up anew, until somebody resumes it", async () => {
    await bot.press(
      withInputs(buttonOf(cardOf(await bot.sayInChannel("digest subscribe")), "Subscribe"), {
        day: "2",
        time: "13:00",
        zone: "Europe/Berlin",
      }),
      CHANNEL,
    );
    await bot.sayInChannel("digest pause 2 weeks");
    const form = cardOf(await bot.sayInChannel("digest edit"));

    const changed = await bot.press(
      withInputs(buttonOf(form, "Save"), { day: "4", time: "14:00", zone: "Europe/Berlin" }),
      CHANNEL,
    );
    const paused = textOf(cardOf(await bot.sayInChannel("digest")));
    const resumed = textOf(cardOf(await bot.sayInChannel("digest resume")));
    await bot.sayInChannel("digest unsubscribe");

    expect(textOf(form)).toContain("It is paused. Saving does not start it again");
    expect(textOf(changed.value)).toContain("Paused until Tue 1 Dec");
    expect(paused).toMatch(/Paused until Tue 1 Dec.*\n.*Every Thursday 14:00/);
    expect(resumed).toContain("Next: Thu 26 Nov 2026, 14:00 Europe/Berlin");
  });

  test("shows what was posted for a week", async () => {
    expect(textOf(cardOf(await bot.sayInChannel("digest week 46")))).toContain("week 46");
  });
});

describe("a place with guests", () => {
  test("asks a second time before it is subscribed", async () => {
    bot.connector.hasMembers([
      {
        id: "29:viewer",
        name: "Priya Nair",
        aadObjectId: VIEWERS.reportsReader.id,
        tenantId: bot.tenant.tenantId,
        userRole: "user",
      },
      { id: "29:guest", name: "Jonas Weber", aadObjectId: VIEWERS.guest.id, userRole: "guest" },
    ]);
    const form = cardOf(await bot.sayInChannel("digest subscribe"));

    const asked = await bot.press(
      withInputs(buttonOf(form, "Subscribe"), { day: "2", time: "13:00", zone: "UTC" }),
      CHANNEL,
    );
    const confirmed = await bot.press(buttonOf(asked.value, "Subscribe anyway"), CHANNEL);

    expect(textOf(asked.value)).toMatch(/1 guest/);
    expect(textOf(confirmed.value)).toMatch(/24 Nov 2026, 13:00 UTC/);
  });
});

describe("the overview", () => {
  test("compares with the week before also when a quarter of an hour has begun since the reading", async () => {
    clock.moveTo(new Date("2026-11-17T12:14:30Z"));
    await bot.say("overview");
    clock.moveTo(new Date("2026-11-17T12:15:30Z"));

    const text = textOf(cardOf(await bot.say("overview")));

    expect(text).not.toMatch(/nothing is compared/);
  });

  test("has the digest's figures as of now", async () => {
    const text = textOf(cardOf(await bot.say("overview")));

    expect(text).toContain("Overview");
    expect(text).toMatch(/MFA registered/);
  });
});
