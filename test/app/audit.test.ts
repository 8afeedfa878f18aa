import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { buttonOf, TENANT, textOf } from "../support/activities.ts";
import type { Sent } from "../support/connector.ts";
import { type RunningBot, startBot } from "../support/running-bot.ts";

let bot: RunningBot | undefined;

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
});

async function botWith(settings: Readonly<Record<string, string>> = {}): Promise<RunningBot> {
  bot = await startBot({ tenant: { people: 50 }, timings: { answerWithin: 8_000 }, settings });
  return bot;
}

function as(person: keyof typeof VIEWERS): object {
  const { id, displayName } = VIEWERS[person];
  return {
    from: { id: `29:${person}`, name: displayName, aadObjectId: id },
    conversation: { id: `a:${person}`, conversationType: "personal", tenantId: TENANT },
  };
}

function cardOf(sent: readonly Sent[]): unknown {
  return sent.at(-1)?.body.attachments?.[0]?.content;
}

/** The cells of the table below its header, row by row. */
function rowsOf(card: unknown): readonly (readonly string[])[] {
  if (Array.isArray(card)) {
    return card.flatMap(rowsOf);
  }
  if (typeof card !== "object" || card === null) {
    return [];
  }
  const { type, rows, ...rest } = card as Record<string, unknown>;
  return type === "Table" && Array.isArray(rows)
    ? rows.slice(1).map((row: { readonly cells: readonly unknown[] }) => row.cells.map(textOf))
    : rowsOf(Object.values(rest));
}

async function asksForAudit({ say }: RunningBot, words = "audit"): Promise<unknown> {
  return cardOf(await say(words, as("globalAdministrator")));
}

describe("audit", () => {
  test("shows who was refused and who changed a digest, by name, the newest first", async () => {
    const running = await botWith();
    await running.say("sspr usage", as("noRole"));
    const form = cardOf(await running.say("digest subscribe"));
    await running.press(buttonOf(form, "Subscribe"));

    const card = await asksForAudit(running);

    expect(rowsOf(card).map(([, ...cells]) => cells)).toEqual([
      [
        "Priya Nair",
        expect.stringMatching(/^Changed a digest: digest subscribe \(day=.*\), in a personal chat$/),
        "Subscribed",
      ],
      ["Alex Kim", "Was refused: sspr usage, in a personal chat", "Refused"],
    ]);
    expect(textOf(card)).toContain("1 change and 1 refusal in the last 30 days.");
    expect(JSON.stringify(running.log)).not.toMatch(/Priya Nair|Alex Kim/);
  });

  test("shows who was refused to post a digest, which stays unposted", async () => {
    const running = await botWith();
    await running.press(buttonOf(cardOf(await running.sayInChannel("digest subscribe")), "Subscribe"));
    const { from } = as("noRole") as { readonly from: object };
    const before = running.connector.sent.length;

    await running.sayInChannel("digest send", { from });

    const posts = running.connector.sent.slice(before).map(({ body }) => body.summary);
    expect(posts).not.toContainEqual(expect.stringMatching(/adoption digest/i));
    expect(rowsOf(await asksForAudit(running))[0]?.slice(1)).toEqual([
      "Alex Kim",
      "Was refused: digest send, in a channel",
      "Refused",
    ]);
  });

  test("says why there is nothing, and then shows the look itself, also by a button", async () => {
    const running = await botWith();

    const first = await asksForAudit(running, "audit 7 days");
    const pressed = await running.press(buttonOf(first, "1 day"), as("globalAdministrator"));

    expect(textOf(first)).toContain("Nothing was written down in the last 7 days.");
    expect(textOf(first)).toContain("Nobody looked at names");
    const second = pressed.value;
    expect(textOf(second)).toContain("1 look at the audit in the last 24 hours.");
    expect(rowsOf(second).map(([, ...cells]) => cells)).toEqual([
      ["Marta Olsen", "Read the audit (period=D7), in a personal chat", "Answered"],
    ]);
  });

  test("is refused to who may not read it, which is written down", async () => {
    const running = await botWith({ ACCESS_AUDIT: `user:${VIEWERS.globalAdministrator.id}` });

    const refused = textOf(cardOf(await running.say("audit", as("reportsReader"))));

    expect(refused).toContain("This account may not read the audit");
    expect(rowsOf(await asksForAudit(running))).toMatchObject([
      [expect.any(String), "Priya Nair", "Was refused: audit, in a personal chat", "Refused"],
    ]);
  });

  test("is for a personal chat only", async () => {
    const running = await botWith();
    await running.say("sspr usage", as("noRole"));

    const text = textOf(cardOf(await running.sayInChannel("audit")));

    expect(text).toContain("Names are shown in a personal chat only");
    expect(text).not.toMatch(/Alex Kim|refusal/);
  });

  test("shows an id where Graph does not give the name, and says so", async () => {
    const running = await botWith();
    await running.say("sspr usage", as("noRole"));
    running.tenant.faults.add({ kind: "unavailable", path: `/users/${VIEWERS.noRole.id}` });

    const card = await asksForAudit(running);

    expect(rowsOf(card)).toMatchObject([
      [expect.any(String), VIEWERS.noRole.id, expect.any(String), "Refused"],
    ]);
    expect(textOf(card)).toContain("Microsoft Graph did not give every name in time.");
  });

  test("shows forty lines with twenty people looked up, and how many there are beyond", async () => {
    const running = await botWith();
    const strangers = Array.from({ length: 43 }, () => randomUUID());
    for (const aadObjectId of strangers) {
      await running.say("sspr usage", { from: { id: `29:${aadObjectId}`, name: "Stranger", aadObjectId } });
    }

    const card = await asksForAudit(running);

    expect(textOf(card)).toContain("43 refusals in the last 30 days.");
    expect(textOf(card)).toContain("3 older lines are not shown.");
    expect(textOf(card)).toContain("Names are looked up for 20 people at most.");
    const shown = [...strangers].reverse().slice(0, 40);
    expect(rowsOf(card).map(([, who]) => who)).toEqual(
      shown.map((id, index) => (index < 20 ? `${id} (not in this tenant)` : id)),
    );
  });
});
