import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FaultKind } from "../../src/sample-tenant/faults.ts";
import { buttonsOf, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, sealed, startBot } from "../support/running-bot.ts";

let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({ timings: { answerWithin: 8_000, graphDeadline: 400 } });
});

afterEach(() => bot.tenant.faults.clear());
afterAll(() => bot.stop());

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

describe("each failure of Graph gives its own clear card", () => {
  test.each<[FaultKind, string, RegExp]>([
    ["empty", "GRAPH-NOT-COLLECTED", /not collected|no data/i],
    ["expired-token", "GRAPH-SIGN-IN", /sign in/i],
    ["no-licence", "GRAPH-LICENCE", /P1 or P2/],
    ["unsupported-role", "GRAPH-ROLE", /role/i],
    ["request-denied", "GRAPH-PERMISSION", /AuditLog\.Read\.All/],
    ["bad-request", "GRAPH-REFUSED", /refused/i],
    ["server-error", "GRAPH-UNREACHABLE", /does not answer/i],
    ["bad-gateway", "GRAPH-UNREACHABLE", /does not answer/i],
    ["unavailable", "GRAPH-UNREACHABLE", /does not answer/i],
    ["gateway-timeout", "GRAPH-UNREACHABLE", /does not answer/i],
    ["cut-before-headers", "GRAPH-UNREACHABLE", /does not answer/i],
    ["cut-in-body", "GRAPH-UNREACHABLE", /does not answer/i],
    ["hang", "GRAPH-UNREACHABLE", /does not answer/i],
    ["not-json", "GRAPH-ANSWER", /answer/i],
    ["wrong-shape", "GRAPH-ANSWER", /answer/i],
    ["wrong-row", "GRAPH-ANSWER", /answer/i],
    ["repeated-link", "GRAPH-PAGING", /page/i],
    ["foreign-link", "GRAPH-PAGING", /page/i],
  ])("%s: %s", async (kind, code, words) => {
    bot.tenant.faults.add({ kind, path: "/reports/" });

    const card = cardOf(await bot.say("sspr usage by method"));

    const text = textOf(card);
    expect(text).toContain(code);
    expect(text).toMatch(words);
    expect(text).not.toMatch(/\b(undefined|NaN|Oops)\b|\bat .*\.[jt]s/);
    expect(text).not.toMatch(/\d+\s%/);
    expect(buttonsOf(card).map(({ title }) => title)).toContain("Try again");
  });

  test("a role check that Graph does not answer refuses, and shows no number", async () => {
    bot.tenant.faults.add({ kind: "unavailable", path: "checkMemberObjects" });

    const text = textOf(
      cardOf(
        await bot.say("sspr usage", {
          from: { id: "29:new", aadObjectId: bot.tenant.viewers.globalAdministrator.id },
        }),
      ),
    );

    expect(text).toContain("ACCESS-UNDECIDED");
    expect(text).not.toMatch(/\d+\s%/);
  });

  test("a role check that lacks its permission says so on the card and to “who am i”", async () => {
    bot.tenant.faults.add({ kind: "request-denied", path: "checkMemberObjects" });
    const from = { id: "29:newer", aadObjectId: bot.tenant.viewers.noRole.id };

    const card = textOf(cardOf(await bot.say("sspr usage", { from })));
    const whoAmI = textOf(cardOf(await bot.say("who am i", { from })));

    expect(card).toContain("ACCESS-UNDECIDED");
    for (const text of [card, whoAmI]) {
      expect(text).toContain("no consent for User.Read.All");
      expect(text).not.toMatch(/a minute|\d+\s%/);
    }
  });

  test("a problem card's Try again brings the numbers once Graph is well, for all who see it", async () => {
    bot.tenant.faults.add({ kind: "server-error", path: "/reports/" });
    const card = cardOf(await bot.say("sspr usage by method"));
    bot.tenant.faults.clear();
    const before = bot.connector.sent.length;

    const answer = await bot.press(
      buttonsOf(card).find(({ title }) => title === "Try again") ?? expect.unreachable(),
      {
        replyToId: "problem-1",
      },
    );
    const sent = await bot.connector.waitFor(before + 1);

    expect(textOf(answer.value)).toContain("Password resets");
    expect(sent.at(-1)).toMatchObject({ method: "PUT", activityId: "problem-1" });
  });

  test("numbers that are stored stay within reach when Graph fails later", async () => {
    await bot.say("sspr usage by method");
    bot.tenant.faults.add({ kind: "server-error", path: "/reports/" });
    const data = { v: 1, question: { command: "usage", options: { by: "method" } } };

    const answer = await bot.press(sealed({ title: "Show last numbers", verb: "stored", data }));

    expect(textOf(answer.value)).toContain("Password resets");
  });
});
