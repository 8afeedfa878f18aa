import { describe, expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { SETTINGS } from "../../src/config/settings.ts";
import { COMMANDS } from "../../src/language/commands.ts";
import { parse } from "../../src/language/parse.ts";
import { READER_IDS } from "../../src/ports/usage.ts";
import { REPORT_READING_ROLES } from "../../src/reference/roles.ts";
import { startBot } from "../support/running-bot.ts";
import { codesIn, tableOf, textOf } from "./documents.ts";

const README = "README.md";

function firstCodes(heading: string): readonly string[] {
  return tableOf(README, heading).flatMap(([first = ""]) => codesIn(first));
}

/** What the bot says that it answers, in Teams: the terminal has no place for a digest. */
async function helpInTeams(): Promise<readonly object[]> {
  const bot = await startBot({ tenant: { people: 20 } });
  const sent = await bot.say("help");
  await bot.stop();
  const card = sent.at(-1)?.body.attachments?.[0]?.content as { readonly body: readonly CardPart[] };
  return card.body.flatMap(({ type, items = [] }) =>
    type === "Container" ? [{ words: items[0]?.text, summary: items[1]?.text }] : [],
  );
}

interface CardPart {
  readonly type: string;
  readonly items?: readonly { readonly text?: string }[];
}

/** `digest week` alone lacks its number, so that it is not understood by itself. */
function commandOf(words: string): string {
  const parsed = parse(words);
  const named = Object.entries(COMMANDS).find(([, entry]) => entry.words === words)?.[0];
  return "command" in parsed ? parsed.command : (named ?? "understood");
}

describe("the README", () => {
  test("names every setting, and no other", () => {
    expect([...firstCodes("setting")].sort()).toEqual([...SETTINGS].sort());
  });

  test("leads to the page that names every report that can be read, and auto", () => {
    const named = tableOf("docs/numbers.md", "report").flatMap(([first = ""]) => codesIn(first));
    expect([...named].sort()).toEqual([...READER_IDS, "auto"].sort());
  });

  test("names every role that opens the reports", () => {
    const text = textOf(README).replace(/\s+/g, " ");
    const section = text.slice(text.indexOf("### Who may ask"), text.indexOf("## What you can ask"));

    for (const { name } of REPORT_READING_ROLES) {
      expect(section).toContain(name);
    }
  });

  test("lists the commands that help lists, in its words", async () => {
    const commands = await helpInTeams();

    const listed = tableOf(README, "question").map(([words = "", summary]) => ({
      words: codesIn(words)[0],
      summary,
    }));
    expect(listed).toEqual(commands);
  });

  test("gives examples that are understood as the command beside them", () => {
    for (const [words = "", , examples = ""] of tableOf(README, "question")) {
      const command = commandOf(codesIn(words)[0] ?? "");
      for (const example of codesIn(examples)) {
        expect(parse(example), example).toMatchObject({ command });
      }
    }
  });

  test("runs scripts that there are", () => {
    const scripts = [...textOf(README).matchAll(/npm (?:run )?(?:--silent )?([a-z][a-z:-]*)/g)]
      .map((match) => match[1] ?? "")
      .filter((name) => !["ci", "install", "may", "run"].includes(name));

    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.filter((name) => !Object.hasOwn(packageFile.scripts, name))).toEqual([]);
  });

  test("leads from a clone to the first card in eight steps at most", () => {
    const section = textOf(README).split("## Run the bot")[1]?.split("### Hosting")[0] ?? "";

    const steps = [...section.matchAll(/^(\d+)\. \*\*/gm)].map(([, number]) => Number(number));

    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("gives a reason for every dependency, and for no other", () => {
    expect(firstCodes("package")).toEqual(Object.keys(packageFile.dependencies));
    expect(firstCodes("package for development")).toEqual(Object.keys(packageFile.devDependencies));
  });
});
