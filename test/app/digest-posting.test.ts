import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScriptedEvent } from "../../src/sample-tenant/script.ts";
import { type Connector, startConnector } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { channelOf, plainText } from "./channel.ts";

/** The tests tell one story, week by week: each goes on where the one before it ended. */
const clock = shiftedClock(new Date("2026-10-19T09:00:00Z"));
const TUESDAY = { day: "2", time: "13:00", zone: "Europe/Berlin" };

let connector: Connector;
let bot: RunningBot;
const channel = channelOf(() => bot, "story");

beforeAll(async () => {
  connector = await startConnector();
  bot = await started();
});

afterAll(() => bot.stop());

/** A process on what the one before it has stored. */
function started(before?: RunningBot): Promise<RunningBot> {
  return startBot({
    clock,
    connector,
    timings: { sendDeadline: 1_500, retryBase: 1 },
    tenant: { now: () => clock.now(), people: 300, quota: 1_000 },
    token: { kind: "app", lifetimeSeconds: 365 * 86_400 },
    ...(before && { dataDirectory: before.dataDirectory, graph: before.tenant }),
  });
}

/** Resolves with the text of the one post that comes at this time, once its outcome is stored. */
async function postedAt(time: string): Promise<string> {
  const before = channel.posts().length;
  clock.moveTo(new Date(time));
  const card = await channel.postAfter(before);
  await state(/Last deliveries\nWeek \d+: (?!Being)/);
  expect(channel.posts()).toHaveLength(before + 1);
  return plainText(card);
}

/** Waits until `digest` says so. */
async function state(words: RegExp): Promise<void> {
  await expect.poll(() => channel.say("digest"), { timeout: 10_000 }).toMatch(words);
}

let others = 0;

/** Expects that nothing comes at this time: what is due goes out in order, and another place has its digest. */
async function staysQuietAt(time: string): Promise<void> {
  const before = channel.posts().length;
  others += 1;
  const other = channelOf(() => bot, `other-${others}`);
  const at = new Date(time);
  const day = String(at.getUTCDay() || 7);
  await other.subscribe({ day, time: at.toISOString().slice(11, 16), zone: "UTC" });
  clock.moveTo(at);
  await other.postAfter(0);
  await other.say("digest unsubscribe");
  expect(channel.posts()).toHaveLength(before);
}

/** So many tries that worked and that failed, in the middle of a week. */
function tries(monday: string, ok: number, failed: number): readonly ScriptedEvent[] {
  const eventDateTime = new Date(Date.parse(monday) + 3 * 86_400_000).toISOString();
  return Array.from({ length: ok + failed }, (_none, index) => ({
    feature: "reset",
    authMethod: "email",
    isSuccess: index < ok,
    eventDateTime,
  }));
}

/** Behind these weeks lies an older try, by which a reader sees that it has all of them. */
function graphHas(...weeks: readonly (readonly ScriptedEvent[])[]): void {
  bot.tenant.switches.script = { events: [...weeks.flat(), ...tries("2026-09-07", 1, 0)] };
}

const NOT_READ = { kind: "server-error", path: "/reports/" } as const;

describe("the digest", () => {
  test("is a short notice while Graph has never been read", async () => {
    bot.tenant.faults.add(NOT_READ);
    await channel.subscribe(TUESDAY);

    const text = await postedAt("2026-10-20T11:00:01Z");

    expect(text).toContain("Week 42: there are no numbers yet");
    expect(text).toContain("This is not a zero.");
    expect(text).not.toMatch(/\b0\b|%/);
  });

  test("comes at one o'clock also after the clocks went back, and compares its first numbers", async () => {
    bot.tenant.faults.clear();
    graphHas(tries("2026-10-19", 45, 5), tries("2026-10-12", 40, 10));

    await staysQuietAt("2026-10-27T11:00:01Z");
    const text = await postedAt("2026-10-27T12:00:01Z");
    await staysQuietAt("2026-10-27T13:00:01Z");

    expect(text).toContain("90 % of tries worked (80 % the week before)");
    expect(text).toContain("was 80 %");
    expect(text).toContain("First count, change from next week.");
  });

  test("says what the one before it printed, and what has come in since", async () => {
    graphHas(tries("2026-10-26", 40, 10), tries("2026-10-19", 45, 15), tries("2026-10-12", 40, 10));

    const text = await postedAt("2026-11-03T12:00:01Z");

    expect(text).toContain("80 % of tries worked (75 % the week before)");
    expect(text).toContain("was 90 % (75 % with later data)");
    expect(text).toMatch(/MFA registered: .* · unchanged/);
  });

  test("has the last complete numbers and their date while Graph fails", async () => {
    bot.tenant.faults.add(NOT_READ);

    const text = await postedAt("2026-11-10T12:00:01Z");

    expect(text).toContain("Reset tries are as Microsoft Graph gave them 3 Nov 13:00 (Europe/Berlin)");
    expect(text).toContain("People were counted 3 Nov 13:00 (Europe/Berlin)");
    expect(text).toMatch(/MFA registered: \d+ of \d+/);
  });
});

describe("a place that the bot was removed from", () => {
  test("gets nothing more, and says why", async () => {
    bot.tenant.faults.clear();
    connector.behave({ status: 403, body: { error: { code: "BotNotInConversationRoster" } } });
    const before = channel.posts().length;
    clock.moveTo(new Date("2026-11-17T12:00:01Z"));
    await channel.postAfter(before);
    connector.behave(undefined);

    await state(/Suspended: AuthPulse was removed here/);
    await state(/Week 46: Failed .* · BotNotInConversationRoster/);
    await staysQuietAt("2026-11-24T12:00:01Z");
  });

  test("goes on when the bot is added again", async () => {
    await channel.install();

    await state(/State: Active/);
    expect(await postedAt("2026-12-01T12:00:01Z")).toContain("week 48");
  });
});

describe("a post that Teams does not answer", () => {
  test.each([
    ["hang", "2026-12-08", 49, "2026-12-15"],
    ["cut", "2026-12-22", 51, "2026-12-29"],
  ] as const)(
    "(%s) is shown as not known, never posted again, and the next one is posted",
    async (manner, day, week, next) => {
      connector.behave(manner);
      const before = channel.posts().length;
      clock.moveTo(new Date(`${day}T12:00:01Z`));
      await channel.postAfter(before);
      connector.behave(undefined);

      await state(new RegExp(`Week ${week}: Not known`));
      await bot.halt();
      bot = await started(bot);
      await staysQuietAt(`${day}T13:00:01Z`);
      await state(new RegExp(`Week ${week}: Not known`));
      expect(await postedAt(`${next}T12:00:01Z`)).toContain(`week ${week + 1}`);
    },
  );
});

describe("a bot that was down at the hour", () => {
  test("posts the digest late and says so", async () => {
    await bot.halt();
    clock.moveTo(new Date("2027-01-05T18:00:00Z"));
    const before = channel.posts().length;

    bot = await started(bot);
    const text = plainText(await channel.postAfter(before));

    expect(text).toContain("This digest is late: it was due Tue 5 Jan 13:00 (Europe/Berlin).");
    await state(/Week 53: Posted/);
  });

  test("posts nothing again when it starts once more", async () => {
    await bot.halt();
    bot = await started(bot);

    await staysQuietAt("2027-01-05T19:00:01Z");
  });

  test("records a digest as missed after more than a day", async () => {
    await bot.halt();
    clock.moveTo(new Date("2027-01-13T12:00:01Z"));
    bot = await started(bot);
    // Until then the clock might have jumped.
    clock.moveTo(new Date("2027-01-13T12:10:02Z"));

    await state(/Week 1: Missed, due Tue 12 Jan/);
    await staysQuietAt("2027-01-13T13:00:01Z");
    expect(await postedAt("2027-01-19T12:00:01Z")).toContain("week 2");
  });
});

test("the digest comes at one o'clock also after the clocks went forward, once", async () => {
  await channel.say("digest pause");
  clock.moveTo(new Date("2027-03-22T12:00:00Z"));
  await channel.say("digest resume");

  expect(await postedAt("2027-03-23T12:00:01Z")).toContain("week 11");
  await staysQuietAt("2027-03-30T10:00:01Z");
  expect(await postedAt("2027-03-30T11:00:01Z")).toContain("week 12");
  await staysQuietAt("2027-03-30T12:00:01Z");
});
