import { describe, expect, onTestFinished, test } from "vitest";
import { buttonOf, textOf, VIEWER } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, sealed, startBot } from "../support/running-bot.ts";

type Options = Parameters<typeof startBot>[0];

async function running(options: Options = {}): Promise<RunningBot> {
  const bot = await startBot(options);
  onTestFinished(() => bot.stop());
  return bot;
}

function textOfSent(sent: Sent | undefined): string {
  return textOf(sent?.body.attachments);
}

function readings(bot: RunningBot): readonly string[] {
  return bot.tenant.requests
    .map(({ path }) => path)
    .filter((path) => path.includes("/reports/") && !path.includes("skip"));
}

describe("a reading that takes longer than a turn", () => {
  test("shows how far it is, and the same message becomes the result", async () => {
    const bot = await running({ timings: { answerWithin: 50 } });

    const [first] = await bot.say("sspr usage by method");
    const id = (await bot.connector.waitFor(2)).at(1)?.activityId;
    while (!textOfSent(bot.connector.sent.at(-1)).includes("Password resets")) {
      await bot.connector.waitFor(bot.connector.sent.length + 1);
    }

    expect(textOfSent(first)).toContain("Reading Microsoft Graph");
    expect(bot.connector.sent.slice(1).every((sent) => sent.method === "PUT" && sent.activityId === id)).toBe(
      true,
    );
  });

  test("becomes a problem card when it fails", async () => {
    const bot = await running({ timings: { answerWithin: 50, graphDeadline: 100 } });
    bot.tenant.faults.add({ kind: "hang", path: "/reports/" });

    await bot.say("sspr usage by method");
    while (!textOfSent(bot.connector.sent.at(-1)).includes("GRAPH-UNREACHABLE")) {
      await bot.connector.waitFor(bot.connector.sent.length + 1);
    }

    expect(textOfSent(bot.connector.sent[0])).toContain("Reading Microsoft Graph");
  });

  test("is one for ten people who ask at once", async () => {
    const bot = await running({ timings: { answerWithin: 8_000 } });

    await Promise.all(Array.from({ length: 10 }, () => bot.say("sspr usage by method")));

    expect(readings(bot)).toHaveLength(1);
    expect(bot.connector.sent.filter((sent) => textOfSent(sent).includes("Password resets"))).toHaveLength(
      10,
    );
  });
});

describe("a look at another period that has to be read first", () => {
  test("promises nothing that it cannot keep, and can be repeated", async () => {
    const bot = await running({
      timings: { answerWithin: 50 },
      settings: { GRAPH_REPORTS: "legacy" },
      tenant: { delay: 400 },
    });
    const data = {
      v: 1,
      question: { command: "usage", options: { period: "D7" } },
      base: { command: "usage", options: {} },
    };

    const first = await bot.press(sealed({ title: "7 days", verb: "look", data }));
    await expect
      .poll(() => bot.log.some(({ message }) => message === "usage collected"), { timeout: 5_000 })
      .toBe(true);
    const again = await bot.press(sealed({ title: "7 days", verb: "look", data }));

    expect(textOf(first.value)).toContain("Only you see this view");
    expect(textOf(first.value)).not.toContain("fills itself");
    expect(textOf(again.value)).toContain("Rolling 7 days");
    expect(bot.connector.sent).toEqual([]);
  });

  test("of the last numbers starts no reading where there are none", async () => {
    const bot = await running();
    const data = { v: 1, question: { command: "usage", options: {} } };

    const answer = await bot.press(sealed({ title: "Show last numbers", verb: "stored", data }));

    expect(textOf(answer.value)).toContain("No complete numbers");
    expect(readings(bot)).toEqual([]);
  });
});

describe("what was read", () => {
  test("answers at once after a restart, without asking Graph", async () => {
    const first = await startBot({ timings: { answerWithin: 8_000 } });
    await first.say("sspr usage by method");
    const { dataDirectory } = first;
    await first.halt();
    const again = await running({
      dataDirectory,
      graph: first.tenant,
      timings: { answerWithin: 8_000 },
    });
    const before = again.tenant.requests.length;

    const sent = await again.say("sspr usage last week");

    expect(textOfSent(sent[0])).toContain("Password resets");
    expect(again.tenant.requests.slice(before).filter(({ path }) => path.includes("/reports/"))).toEqual([]);
  });

  test("is read again by Refresh once it is older than REFRESH_AFTER", async () => {
    const bot = await running({ timings: { answerWithin: 8_000 }, settings: { REFRESH_AFTER: "0" } });
    const card = (await bot.say("sspr usage by method"))[0]?.body.attachments;

    await bot.press(buttonOf(card, "Refresh"));

    expect(readings(bot)).toHaveLength(2);
  });

  test("is not read again by Refresh while it is younger", async () => {
    const bot = await running({ timings: { answerWithin: 8_000 } });
    const card = (await bot.say("sspr usage by method"))[0]?.body.attachments;

    await bot.press(buttonOf(card, "Refresh"));

    expect(readings(bot)).toHaveLength(1);
  });
});

describe("the reader", () => {
  test.each([
    ["legacy", "legacy", "/beta/reports/getCredentialUsageSummary(period=%27D30%27)"],
    ["activity", "activity", "/beta/reports/authenticationMethods/userRegistrationActivity"],
    ["events", "events", "/beta/reports/authenticationMethods/userEventsSummary"],
  ])("%s can be set", async (mode, _name, path) => {
    const bot = await running({
      timings: { answerWithin: 8_000 },
      settings: { GRAPH_REPORTS: mode },
      token: { kind: mode === "activity" ? "delegated" : "app" },
    });

    const sent = await bot.say("sspr usage by method");

    expect(textOfSent(sent[0])).toContain("Password resets");
    expect(decodeURIComponent(readings(bot)[0] ?? "")).toContain(decodeURIComponent(path));
  });

  test("is the activity summary with a person's token", async () => {
    const bot = await running({
      timings: { answerWithin: 8_000 },
      token: { kind: "delegated", user: VIEWER },
    });

    await bot.say("sspr usage by method");

    expect(readings(bot)[0]).toContain("userRegistrationActivity");
  });

  test("is the legacy report where the events are refused for want of a permission, and the card says so", async () => {
    const bot = await running({
      timings: { answerWithin: 8_000 },
      token: { kind: "app", permissions: ["Reports.Read.All", "User.Read.All"] },
    });

    const text = textOfSent((await bot.say("sspr usage by method"))[0]);

    expect(text).toContain("Password resets");
    expect(text).toMatch(/AuditLog\.Read\.All/);
  });

  test("says that the legacy report is retired instead of showing zeros", async () => {
    const bot = await running({
      timings: { answerWithin: 8_000 },
      tenant: { legacy: "empty" },
      token: { kind: "app", permissions: ["Reports.Read.All", "User.Read.All"] },
    });

    const text = textOfSent((await bot.say("sspr usage by method"))[0]);

    expect(text).toContain("GRAPH-RETIRED");
    expect(text).toMatch(/1 August 2025/);
    expect(text).toMatch(/AuditLog\.Read\.All/);
  });
});

describe("a tenant of", () => {
  test.each([0, 1])("%d people gets a sensible card", async (people) => {
    const bot = await running({ timings: { answerWithin: 8_000 }, tenant: { people, lagHours: 0 } });

    const text = textOfSent((await bot.say("sspr usage by method"))[0]);

    expect(text).toMatch(people === 0 ? /GRAPH-NOT-COLLECTED/ : /SSPR usage by method/);
    expect(text).not.toMatch(/NaN|undefined|\b0 of 0\b/);
  });
});
