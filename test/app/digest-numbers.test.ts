import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { DETAILS, EVENTS, type Row, readAll } from "../sample-tenant/harness.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { channelOf, plainText } from "./channel.ts";

/** The clocks of Los Angeles went back the day before; those of Lord Howe went forward weeks ago. */
const MONDAY = new Date("2026-11-02T09:00:00Z");

const clock = shiftedClock(MONDAY);
let bot: RunningBot;

/** A tenant whose tries arrive at once, so that all of the week is there, read by a bot of its own. */
function startedWith(people: number): Promise<RunningBot> {
  return startBot({
    clock,
    tenant: { now: () => clock.now(), people, lagHours: 0, quota: 1_000 },
    token: { kind: "app", lifetimeSeconds: 365 * 86_400 },
  });
}

beforeAll(async () => {
  bot = await startedWith(400);
});

afterAll(() => bot.stop());

/** Graph's methods of resets, as the card calls them. */
const METHODS: Readonly<Record<string, string>> = {
  email: "Email",
  mobilePhone: "Mobile phone",
  alternateMobilePhone: "Alternate mobile phone",
  officePhone: "Office phone",
  securityQuestion: "Security questions",
  microsoftAuthenticatorPush: "Authenticator push",
  sms: "SMS",
  oneTimePasscode: "One-time code",
};

/** Successes and failures of each method, and of all. */
type Tries = Readonly<Record<string, readonly [ok: number, failed: number]>>;

/** Counted one by one in Graph's own list of events. */
function triesBetween(events: readonly Row[], from: string, to: string): Tries {
  const tries: Record<string, [number, number]> = {};
  for (const { feature, authMethod, isSuccess, eventDateTime } of events) {
    const at = Date.parse(String(eventDateTime));
    if (feature === "reset" && at >= Date.parse(from) && at < Date.parse(to)) {
      for (const name of [METHODS[String(authMethod)] ?? String(authMethod), "All"]) {
        const [ok, failed] = tries[name] ?? [0, 0];
        tries[name] = isSuccess ? [ok + 1, failed] : [ok, failed + 1];
      }
    }
  }
  return tries;
}

/** The same from the card's table, row by row. */
function triesShown(card: unknown): Tries {
  const [, rows = ""] = /\nRate\n(.*)\nwas /s.exec(plainText(card)) ?? [];
  const cells = rows.split("\n");
  const starts = cells.flatMap((_cell, index) => (index % 4 === 0 ? [index] : []));
  return Object.fromEntries(
    starts.map((at) => [cells[at] ?? "", [Number(cells[at + 1]), Number(cells[at + 2])] as const]),
  );
}

function rateOf([ok, failed]: readonly [number, number]): string {
  return `${Math.round((100 * ok) / (ok + failed))} %`;
}

describe("the digest of a place", () => {
  test.each([
    [
      "Australia/Lord_Howe",
      "2026-11-03T02:00:01Z",
      ["2026-10-18T13:00Z", "2026-10-25T13:00Z", "2026-11-01T13:00Z"],
    ],
    [
      "Asia/Kathmandu",
      "2026-11-03T07:15:01Z",
      ["2026-10-18T18:15Z", "2026-10-25T18:15Z", "2026-11-01T18:15Z"],
    ],
    [
      "America/Los_Angeles",
      "2026-11-03T21:00:01Z",
      ["2026-10-19T07:00Z", "2026-10-26T07:00Z", "2026-11-02T08:00Z"],
    ],
  ] as const)("in %s has Graph's own tries of its week and the one before", async (zone, due, mondays) => {
    const [before, from, to] = mondays;
    const channel = channelOf(() => bot, zone);
    await channel.subscribe({ day: "2", time: "13:00", zone });

    clock.moveTo(new Date(due));
    const card = await channel.postAfter(0);

    const events = await readAll(bot.tenant, EVENTS);
    const tries = triesBetween(events, from, to);
    const triesBefore = triesBetween(events, before, from);
    expect(triesShown(card)).toEqual(tries);
    const text = plainText(card);
    expect(text).toContain("Mon 26 Oct – Sun 1 Nov 2026");
    expect(text).toContain(`${rateOf(tries["All"] ?? [0, 0])} of tries`);
    expect(text).toContain(`was ${rateOf(triesBefore["All"] ?? [0, 0])}`);
    expect(text).toContain(`(${zone}). Next: 10 Nov.`);
    expect(text).toContain("Complete to Sunday 24:00.");
  });

  test("differs between zones, because their weeks do", async () => {
    const cards = ["Australia/Lord_Howe", "America/Los_Angeles"].map(
      (zone) => channelOf(() => bot, zone).posts()[0],
    );

    const [east, west] = cards.map(triesShown);
    expect(east?.["All"]).not.toEqual(west?.["All"]);
  });

  test("counts the people of userRegistrationDetails", async () => {
    const text = plainText(channelOf(() => bot, "Asia/Kathmandu").posts()[0]);

    const rows = await readAll(bot.tenant, DETAILS);
    const people = rows.filter(isPerson);
    const count = (is: (person: Row) => unknown): number => people.filter(is).length;
    const inScope = count((person) => person["isSsprEnabled"]);
    const facts = [
      ["Can reset themselves", count((person) => person["isSsprCapable"]), `${inScope} in scope`, inScope],
      ["MFA registered", count((person) => person["isMfaRegistered"]), people.length, people.length],
      [
        "Passwordless ready",
        count((person) => person["isPasswordlessCapable"]),
        people.length,
        people.length,
      ],
      ["Phone is the only second method", count(hasOnlyPhones), people.length, people.length],
    ] as const;
    for (const [name, figure, of, whole] of facts) {
      expect(text).toContain(`${name}: ${figure} of ${of} · ${Math.round((100 * figure) / whole)} %`);
    }
    expect(text).toContain(
      `Counted: ${people.length} members; ${rows.length - people.length} accounts left out.`,
    );
  });
});

test("an offset is no time zone: its clocks would never change", async () => {
  const channel = channelOf(() => bot, "offset");

  await channel.subscribe({ day: "2", time: "13:00", zone: "+05:30" });

  expect(await channel.say("digest")).toContain("There is no digest here");
});

/** Neither a guest nor an account that every tenant has and nobody signs in with. */
function isPerson({ userType, userDisplayName, userPrincipalName }: Row): boolean {
  return (
    userType === "member" &&
    userDisplayName !== "On-Premises Directory Synchronization Service Account" &&
    !String(userPrincipalName).startsWith("package_")
  );
}

function hasOnlyPhones({ methodsRegistered }: Row): boolean {
  const factors = (methodsRegistered as string[]).filter(
    (method) => method !== "email" && method !== "securityQuestion",
  );
  return factors.length > 0 && factors.every((method) => method.toLowerCase().includes("phone"));
}

describe("numbers that are younger than a day", () => {
  beforeAll(async () => {
    for (const zone of ["Australia/Lord_Howe", "Asia/Kathmandu", "America/Los_Angeles"]) {
      await channelOf(() => bot, zone).say("digest unsubscribe");
    }
  });

  test("are read again where the week had not arrived as a whole when they were read", async () => {
    const [early, settled] = [channelOf(() => bot, "early"), channelOf(() => bot, "settled")];
    await early.subscribe({ day: "2", time: "11:00", zone: "UTC" });
    await settled.subscribe({ day: "2", time: "13:00", zone: "UTC" });

    clock.moveTo(new Date("2026-11-10T11:00:01Z"));
    const textBefore = plainText(await early.postAfter(0));
    clock.moveTo(new Date("2026-11-10T13:00:01Z"));
    const text = plainText(await settled.postAfter(0));

    expect(textBefore).toContain("The end of the week may still grow.");
    expect(text).toContain("Complete to Sunday 24:00.");
  });

  test("are not read again for the next place", async () => {
    const channel = channelOf(() => bot, "later");
    await channel.subscribe({ day: "2", time: "14:00", zone: "UTC" });
    const requests = bot.tenant.requests.length;

    clock.moveTo(new Date("2026-11-10T14:00:01Z"));
    const text = plainText(await channel.postAfter(0));

    expect(text).toContain("Complete to Sunday 24:00.");
    expect(bot.tenant.requests.slice(requests).some(({ path }) => path.startsWith(EVENTS))).toBe(false);
  });
});

describe("a tenant", () => {
  /** The first digest of a tenant with so many people. */
  async function digestOf(people: number): Promise<string> {
    const small = await startedWith(people);
    onTestFinished(() => small.stop());
    const channel = channelOf(() => small, "small");
    clock.moveTo(MONDAY);
    await channel.subscribe({ day: "2", time: "13:00", zone: "UTC" });
    clock.moveTo(new Date("2026-11-03T13:00:01Z"));
    return plainText(await channel.postAfter(0));
  }

  test("of nobody gets a notice instead of zeros", async () => {
    const text = await digestOf(0);

    expect(text).toContain("Week 44: there are no numbers yet");
    expect(text).toContain("This is not a zero.");
    expect(text).not.toMatch(/\b0\b|NaN|%/);
  });

  test("of one person tells neither exact counts nor shares", async () => {
    const text = await digestOf(1);

    expect(text).toContain("No reset tries this week.");
    expect(text).toContain("MFA registered: fewer than 5 of fewer than 5\n");
    expect(text).not.toMatch(/0 of 0|NaN|undefined|%/);
  });

  test("of 50 people has shares of people, and none of its few tries", async () => {
    const text = await digestOf(50);

    expect(text).toMatch(/Resets: \d of \d+ tries worked\. That is too few to compare\./);
    expect(text).toMatch(/MFA registered: 34 of 42 · 81 %/);
    const [tries = ""] = text.split("\nPeople\n");
    expect(tries).not.toMatch(/%|NaN|0 of 0/);
  });
});
