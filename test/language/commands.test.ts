import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/language/commands.ts";
import { parse } from "../../src/language/parse.ts";
import { COMMAND_IDS, type CommandId } from "../../src/language/question.ts";

/** The ten entries of the command menu in Teams. */
const MENU = [
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
];

function idsWhere(test: (id: CommandId) => boolean): readonly CommandId[] {
  return COMMAND_IDS.filter(test);
}

describe("the registry of commands", () => {
  it("has an entry for every command, and no other", () => {
    expect(Object.keys(COMMANDS).sort()).toEqual([...COMMAND_IDS].sort());
  });

  it("asks a permission for everything but help and who am i", () => {
    expect(idsWhere((id) => COMMANDS[id].permission === undefined)).toEqual(["help", "whoami"]);
    expect(idsWhere((id) => COMMANDS[id].permission === "people")).toEqual(["people"]);
    expect(idsWhere((id) => COMMANDS[id].permission === "person")).toEqual(["person"]);
    expect(idsWhere((id) => COMMANDS[id].permission === "audit")).toEqual(["audit"]);
    expect(idsWhere((id) => COMMANDS[id].permission === "manage")).toEqual([
      "digest-subscribe",
      "digest-edit",
      "digest-send",
      "digest-pause",
      "digest-resume",
      "digest-unsubscribe",
      "digest-all",
    ]);
  });

  it("keeps names and lists of subscriptions to personal chats", () => {
    expect(idsWhere((id) => COMMANDS[id].where === "personal")).toEqual([
      "people",
      "person",
      "export",
      "digest-all",
      "audit",
    ]);
  });

  it("marks what changes or posts something", () => {
    expect(idsWhere((id) => COMMANDS[id].changes === true)).toEqual([
      "digest-subscribe",
      "digest-edit",
      "digest-send",
      "digest-pause",
      "digest-resume",
      "digest-unsubscribe",
    ]);
  });

  it.each(MENU)("understands the menu entry %j", (words) => {
    expect(parse(words)).toHaveProperty("command");
  });

  it.each(COMMAND_IDS.flatMap((id) => COMMANDS[id].synonyms.map((synonym) => [synonym, id] as const)))(
    "reaches a command by the synonym %j of %s",
    (synonym, id) => {
      const { within } = COMMANDS[id];
      const beside = within ? `${COMMANDS[within].words} ` : "";

      for (const words of [synonym.replace("(s)", ""), synonym.replace("(s)", "s")]) {
        expect(parse(beside + words)).toEqual({ command: id, options: {} });
      }
    },
  );
});
