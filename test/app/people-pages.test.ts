import { describe, expect, test } from "vitest";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { buttonOf, type CardButton, TENANT, textOf } from "../support/activities.ts";
import { type RunningBot, sealed } from "../support/running-bot.ts";
import { accountsOn, as, auditOf, cardOf, startNames } from "./names.ts";

describe("a page of a list", () => {
  const GONE = "This list is no longer kept";

  let bot: RunningBot;

  async function firstPage(): Promise<CardButton> {
    bot = await startNames({ settings: { ACCESS_PEOPLE: "everyone-in-tenant" } });
    return buttonOf(cardOf(await bot.say("people without mfa")), "Next");
  }

  /** The same press from another conversation, with the seal that it would have there. */
  function elsewhere({ title, verb, data }: CardButton, id: string): CardButton {
    const { seal: _seal, ...told } = data as Record<string, unknown>;
    return sealed({ title, verb, data: told }, id);
  }

  test("is not turned from another conversation, even by the same person and with a seal", async () => {
    const next = await firstPage();
    const conversation = { id: "a:other", conversationType: "personal", tenantId: TENANT };

    const copied = await bot.press(next, { conversation });
    const resealed = await bot.press(elsewhere(next, "a:other"), { conversation });

    expect(copied.value).toEqual(expect.stringContaining("chat"));
    expect(textOf(resealed.value)).toContain(GONE);
    expect(accountsOn([copied.value, resealed.value])).toEqual([]);
  });

  test("is not turned by another person", async () => {
    const next = await firstPage();

    const { value } = await bot.press(next, as("noRole"));

    expect(textOf(value)).toContain(GONE);
    expect(accountsOn(value)).toEqual([]);
    expect(auditOf(bot).at(-1)).toMatchObject({ who: VIEWERS.noRole.id, outcome: "nothing shown" });
  });

  test("is not turned with an id that nobody gave, nor for another question", async () => {
    const next = await firstPage();
    const data = next.data as { paging: { continuation: string; page: number }; question: object };
    const guessed = { ...data, paging: { ...data.paging, continuation: "AAAAAAAAAAAAAAAAAAAAAA" } };
    const other = { ...data, question: { command: "people", options: { filter: "not-registered" } } };

    const cards = await Promise.all([
      bot.press({ ...next, data: guessed }),
      bot.press(elsewhere({ ...next, data: other }, "a:personal")),
    ]);

    for (const { value } of cards) {
      expect(textOf(value)).toContain(GONE);
      expect(accountsOn(value)).toEqual([]);
    }
  });

  test("shows the same when it is pressed again, and a button asks anew when the list is gone", async () => {
    const next = await firstPage();
    const once = accountsOn((await bot.press(next)).value);

    const twice = accountsOn((await bot.press(next)).value);
    const data = next.data as { paging: object };
    const gone = { ...next, data: { ...data, paging: { continuation: "gone", page: 2 } } };
    const anew = await bot.press(buttonOf((await bot.press(gone)).value, "Ask again"));

    expect(once).toHaveLength(10);
    expect(twice).toEqual(once);
    expect(textOf(anew.value)).toContain("1 to 10");
  });
});

describe("a reading that is under way", () => {
  test.each(["people without mfa", `person ${VIEWERS.globalAdministrator.userPrincipalName}`])(
    "ends when the product is stopped, and the card says so (%s)",
    async (words) => {
      const running = await startNames({ answerWithin: 1 });
      running.tenant.faults.add({ kind: "hang", path: "/reports/" });
      const saying = running.say(words);
      await running.connector.waitFor(1);

      await running.stop();

      expect(textOf(cardOf(running.connector.sent))).toContain("AuthPulse was stopped");
      await saying;
    },
  );
});
