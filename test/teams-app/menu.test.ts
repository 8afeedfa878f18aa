import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/language/commands.ts";
import { parse } from "../../src/language/parse.ts";
import { en } from "../../src/reference/words/en.ts";
import { MENU, menuOf } from "../../src/teams-app/menu.ts";
import { startBot } from "../support/running-bot.ts";

interface CardPart {
  readonly type: string;
  readonly items?: readonly { readonly text?: string }[];
}

/** What the bot says in Teams that it answers. */
async function helpInTeams(): Promise<readonly object[]> {
  const bot = await startBot({ tenant: { people: 20 } });
  const sent = await bot.say("help");
  await bot.stop();
  const card = sent.at(-1)?.body.attachments?.[0]?.content as { readonly body: readonly CardPart[] };
  return card.body.flatMap(({ type, items = [] }) =>
    type === "Container" ? [{ title: items[0]?.text, description: items[1]?.text }] : [],
  );
}

describe("the menu", () => {
  test("holds the ten commands that people start with", () => {
    expect(menuOf("personal", en).map(({ title }) => title)).toEqual([
      "overview",
      "sspr usage by method",
      "registration",
      "failures",
      "people not registered",
      "person",
      "trend",
      "digest",
      "health",
      "help",
    ]);
  });

  test("holds what the bot answers, in the words of its help", async () => {
    const help = await helpInTeams();

    for (const command of menuOf("personal", en)) {
      expect(help).toContainEqual(command);
    }
  });

  test("puts words into the box that are understood as the command", () => {
    const commands = menuOf("personal", en).map(({ title }) => {
      const read = parse(title);
      return "command" in read ? read.command : title;
    });

    expect(commands).toEqual(MENU);
  });

  test("names nobody where several people read", () => {
    const shared = menuOf("shared", en);

    expect(shared).toEqual(menuOf("personal", en).filter(({ title }) => !/^people|^person/.test(title)));
    expect(MENU.filter((command) => COMMANDS[command].where === "personal")).toEqual(["people", "person"]);
  });
});
