import { describe, expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { SETTINGS } from "../../src/config/settings.ts";
import { loadConfig } from "../../src/config.ts";
import { createCore, createReadings } from "../../src/core.ts";
import { createLog } from "../../src/kernel/log.ts";
import { realWorld } from "../../src/kernel/outside.ts";
import { parse } from "../../src/language/parse.ts";
import type { RegistrationStore } from "../../src/ports/registration.ts";
import { READER_IDS, type SnapshotStore } from "../../src/ports/usage.ts";
import { REPORT_READING_ROLES } from "../../src/reference/roles.ts";
import { askOperator } from "../../src/terminal/ask-operator.ts";
import type { HelpView } from "../../src/views/view.ts";
import { codesIn, tableOf, textOf } from "./documents.ts";

const README = "README.md";

function firstCodes(heading: string): readonly string[] {
  return tableOf(README, heading).flatMap(([first = ""]) => codesIn(first));
}

/** What the product itself says that it answers. */
async function help(): Promise<HelpView> {
  const result = loadConfig({}, "terminal");
  if ("problems" in result) {
    throw new Error("the defaults do not load");
  }
  const unused = (): Promise<never> => Promise.reject(new Error("help reads no numbers"));
  const snapshots: SnapshotStore = { save: unused, latest: unused, sums: unused, covered: unused };
  const registrations: RegistrationStore = { save: unused, latest: unused };
  const outside = realWorld(createLog("silent"));
  const readings = createReadings(result.config, { snapshots, registrations }, outside);
  const core = { dispatcher: createCore(readings, result.config, outside), usage: readings.usage };
  const question = { text: "help", locale: "en", timeZone: "UTC" };
  const { view } = await askOperator(core, outside, question, () => undefined);
  await readings.stop();
  if (view.kind !== "help") {
    throw new Error(`help is answered with ${view.kind}`);
  }
  return view;
}

describe("the README", () => {
  test("names every setting, and no other", () => {
    expect([...firstCodes("setting")].sort()).toEqual([...SETTINGS].sort());
  });

  test("names every report that can be read, and auto", () => {
    expect([...firstCodes("report")].sort()).toEqual([...READER_IDS, "auto"].sort());
  });

  test("names every role that opens the reports", () => {
    const text = textOf(README).replace(/\s+/g, " ");
    const section = text.slice(text.indexOf("### Who may ask"), text.indexOf("## What you can ask"));

    for (const { name } of REPORT_READING_ROLES) {
      expect(section).toContain(name);
    }
  });

  test("lists the commands that help lists, in its words", async () => {
    const { commands } = await help();

    const listed = tableOf(README, "question").map(([words = "", summary]) => ({
      words: codesIn(words)[0],
      summary,
    }));
    expect(listed).toEqual(commands);
  });

  test("gives examples that are understood as the command beside them", () => {
    for (const [words = "", , examples = ""] of tableOf(README, "question")) {
      const [command] = codesIn(words).map(parse);
      for (const example of codesIn(examples)) {
        expect(parse(example), example).toMatchObject({
          command: command && "command" in command ? command.command : "understood",
        });
      }
    }
  });

  test("runs scripts that there are", () => {
    const scripts = [...textOf(README).matchAll(/npm (?:run )?(?:--silent )?([a-z][a-z:]*)/g)]
      .map((match) => match[1] ?? "")
      .filter((name) => !["ci", "may", "run"].includes(name));

    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.filter((name) => !Object.hasOwn(packageFile.scripts, name))).toEqual([]);
  });

  test("gives a reason for every dependency, and for no other", () => {
    expect(firstCodes("package")).toEqual(Object.keys(packageFile.dependencies));
    expect(firstCodes("package for development")).toEqual(Object.keys(packageFile.devDependencies));
  });
});
