import { afterEach, describe, expect, test } from "vitest";
import type { SampleTenant } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { buttonOf, TENANT, textOf } from "../support/activities.ts";
import { describeOnPostgres, startPostgres } from "../support/postgres.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";
import { shiftedClock } from "../support/shifted-clock.ts";

const HOUR = 3_600_000;
const BY_SCHEDULE = { COLLECT_EVERY: "21600" };
const SMALL = { people: 600, quota: 1_000, tenantId: TENANT };
const PATIENT = { timeout: 60_000, interval: 100 };

const running: RunningBot[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((bot) => bot.stop()));
});

async function start(options: Parameters<typeof startBot>[0]): Promise<RunningBot> {
  const bot = await startBot(options);
  running.push(bot);
  return bot;
}

/** Begun readings of a report. */
function readings({ requests }: Pick<SampleTenant, "requests">, report: string): number {
  return requests.filter(({ path }) => path.includes(report) && !path.includes("skiptoken")).length;
}

function messages(bot: RunningBot): readonly string[] {
  return bot.log.map(({ message }) => message);
}

/** The text of the newest card. */
function shown(bot: RunningBot): string {
  return textOf(bot.connector.sent.at(-1)?.body.attachments);
}

describe("collecting by schedule", () => {
  test("reads at the start, and every question is answered without asking Graph again", async () => {
    const bot = await start({ tenant: SMALL, settings: BY_SCHEDULE });
    await expect.poll(() => messages(bot), PATIENT).toContain("signIns collected");
    const before = readings(bot.tenant, "/reports/");

    for (const question of ["sspr usage by method", "registration", "failures", "trend", "overview"]) {
      await bot.say(question);
    }
    await bot.say("methods");
    // Known only where tries and registrations were read in one collection.
    expect(shown(bot)).toContain("with a stronger method used a phone in the last 30 days");
    await bot.say("health");

    expect(shown(bot)).toContain("every 6 hours");
    expect(readings(bot.tenant, "/reports/")).toBe(before);
  });

  test("does not read again after a restart within its time, and does after it", async () => {
    const first = await start({ tenant: SMALL, settings: BY_SCHEDULE });
    await expect.poll(() => messages(first), PATIENT).toContain("signIns collected");
    await first.halt();
    const graph = first.tenant;
    const { dataDirectory } = first;
    const restarted = (ahead: number) =>
      start({
        ...{ graph, dataDirectory, settings: BY_SCHEDULE },
        clock: shiftedClock(new Date(Date.now() + ahead)),
      });
    const before = readings(graph, "userEventsSummary");

    const soon = await restarted(HOUR);
    await soon.say("health");
    await soon.halt();
    expect(readings(graph, "userEventsSummary")).toBe(before);

    const later = await restarted(7 * HOUR);
    await expect.poll(() => messages(later), PATIENT).toContain("signIns collected");
    expect(readings(graph, "userEventsSummary")).toBe(before + 1);
    await later.halt();
  });
});

describe("after a clock that was two days ahead", () => {
  test("collecting goes on, and what was counted then is not taken for the newest", async () => {
    const now = new Date();
    const clock = shiftedClock(new Date(now.getTime() + 48 * HOUR));
    const token = { kind: "app", lifetimeSeconds: 30 * 86_400 } as const;
    const bot = await start({ clock, token, tenant: SMALL, settings: BY_SCHEDULE });
    await expect.poll(() => messages(bot), PATIENT).toContain("signIns collected");

    clock.moveTo(now);
    await expect
      .poll(() => messages(bot).filter((text) => text === "signIns collected"), PATIENT)
      .toHaveLength(2);
    await bot.say("trend registration");

    expect(shown(bot)).not.toContain("INTERNAL");
    expect(shown(bot)).toContain("People");
  });
});

describe("a report without times", () => {
  test("is not read again for an overview, which has no tries of it", async () => {
    const bot = await start({
      ...{ tenant: SMALL, token: { kind: "delegated" } },
      settings: { ...BY_SCHEDULE, GRAPH_REPORTS: "activity" },
    });
    await expect.poll(() => messages(bot), PATIENT).toContain("signIns collected");
    const before = readings(bot.tenant, "/reports/");

    await bot.say("overview");

    expect(shown(bot)).toContain("Can reset themselves");
    expect(readings(bot.tenant, "/reports/")).toBe(before);
  });
});

describe("numbers that could not be renewed", () => {
  test("are shown by the overview with their age and the problem, said once", async () => {
    const bot = await start({ tenant: SMALL, settings: { REFRESH_AFTER: "0" } });
    await bot.say("overview");
    bot.tenant.switches.licensed = false;

    await bot.press(buttonOf(bot.connector.sent.at(-1)?.body.attachments, "Refresh"));
    await bot.say("overview");

    expect(shown(bot)).toContain("nothing newer is stored");
    expect(shown(bot).split("GRAPH-LICENCE")).toHaveLength(2);
  });

  test("are said to be old by the overview too", async () => {
    const now = new Date();
    const clock = shiftedClock(now);
    const bot = await start({ tenant: SMALL, clock });
    await bot.say("overview");
    clock.moveTo(new Date(now.getTime() + 13 * HOUR));
    await bot.say("overview");

    expect(shown(bot)).toContain("Reset tries are as Microsoft Graph gave them");
    expect(shown(bot)).toContain("People were counted");
  });

  test("are shown with their age and the problem", async () => {
    const bot = await start({ tenant: SMALL, settings: { REFRESH_AFTER: "0" } });
    await bot.say("sspr usage by method");
    bot.tenant.switches.licensed = false;
    const card = bot.connector.sent.at(-1)?.body.attachments;

    const pressed = await bot.press(buttonOf(card, "Refresh"));
    await bot.say("sspr usage by method");

    for (const text of [JSON.stringify(pressed.value), shown(bot)]) {
      expect(text).toContain("Reading newer numbers failed");
      expect(text).toContain("GRAPH-LICENCE");
      expect(text).toContain("Password resets");
    }
  });

  test("are said to be old after twice the time of the schedule", async () => {
    const now = new Date();
    const clock = shiftedClock(now);
    const bot = await start({ tenant: SMALL, clock });
    await bot.say("sspr usage by method");
    clock.moveTo(new Date(now.getTime() + 12 * HOUR - 60_000));
    await bot.say("sspr usage by method");
    const young = shown(bot);
    clock.moveTo(new Date(now.getTime() + 13 * HOUR + 60_000));
    await bot.say("sspr usage by method");

    expect(young).not.toContain("hours old");
    expect(shown(bot)).toContain("These numbers are 13 hours old");
    expect(readings(bot.tenant, "userEventsSummary")).toBe(1);
  });
});

describeOnPostgres("two replicas on one PostgreSQL server", () => {
  test("collect once, and one goes on where the other ends", async () => {
    const server = await startPostgres();
    const graph = await startSampleTenant(SMALL);
    try {
      const settings = { ...BY_SCHEDULE, DATABASE_URL: await server.database() };
      const timings = { collectionLease: 2_000 };
      const both = await Promise.all([1, 2].map(() => start({ graph, settings, timings })));
      await expect
        .poll(() => both.flatMap(messages).filter((text) => text === "signIns collected"), PATIENT)
        .toHaveLength(1);
      await Promise.all(both.map((bot) => bot.say("sspr usage by method")));

      expect(readings(graph, "userEventsSummary")).toBe(1);
      expect(readings(graph, "userRegistrationDetails")).toBe(1);
      expect(both.map(shown)).toEqual([
        expect.stringContaining("Password resets"),
        expect.stringContaining("Password resets"),
      ]);
    } finally {
      await Promise.all(running.splice(0).map((bot) => bot.halt()));
      await graph.close();
      await server.remove();
    }
  }, 120_000);

  test("say so while it is away, and answer when it is back", { timeout: 120_000 }, async () => {
    const server = await startPostgres();
    try {
      const settings = { DATABASE_URL: await server.database() };
      const bot = await start({ tenant: SMALL, settings });
      await bot.say("sspr usage by method");
      await server.halt();

      await bot.say("sspr usage by method");
      const away = shown(bot);
      await server.start();
      await bot.say("sspr usage by method");

      expect(away).toContain("STORE-UNAVAILABLE");
      expect(shown(bot)).toContain("Password resets");
    } finally {
      await Promise.all(running.splice(0).map((bot) => bot.stop()));
      await server.remove();
    }
  });
});
