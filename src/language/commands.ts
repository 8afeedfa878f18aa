import { PERIODS } from "../ports/usage.ts";
import { type CommandEntry, REPORT } from "./command-entry.ts";
import { DIGEST_COMMANDS } from "./digest-commands.ts";
import { PEOPLE_COMMANDS } from "./people-commands.ts";
import type { CommandId, Options, Question } from "./question.ts";
import { REPORT_COMMANDS } from "./report-commands.ts";

/** Every command. Help, the Teams menu, suggestions and the README's table come from it or are checked against it. */
export const COMMANDS: Readonly<Record<CommandId, CommandEntry>> = {
  help: {
    words: "help",
    synonyms: [
      "commands",
      "menu",
      "what can you do",
      "what do you do",
      "what can i do",
      "what can i ask",
      "how does this work",
    ],
    options: {},
    where: "anywhere",
  },
  whoami: {
    words: "who am i",
    synonyms: [
      "whoami",
      "who i am",
      "my permission(s)",
      "my access",
      "my role(s)",
      "what may i do",
      "what may i see",
      "am i allowed",
    ],
    options: {},
    where: "anywhere",
  },
  ...REPORT_COMMANDS,
  ...PEOPLE_COMMANDS,
  ...DIGEST_COMMANDS,
  health: {
    words: "health",
    synonyms: [
      "healthy",
      "health check",
      "bot status",
      "bot working",
      "bot health",
      "fresh",
      "data fresh",
      "freshness",
      "data up to date",
      "how old is the data",
      "data age",
      "last collection",
      "version",
    ],
    options: {},
    ...REPORT,
  },
  audit: {
    words: "audit",
    synonyms: ["audit log", "audit trail"],
    options: { period: PERIODS },
    permission: "audit",
    where: "personal",
  },
};

/** Whether a command has a place for this value of this option; `export` has none of its own. */
export function takes(command: CommandId, name: keyof Options, value: unknown): boolean {
  const allowed: readonly unknown[] | "any" | undefined = COMMANDS[command].options[name];
  return allowed === "any" || (allowed?.includes(value) ?? false);
}

/** The command whose options a question has: that of the exported report for `export`. */
export function optionsOwner({ command, options }: Question): CommandId {
  return COMMANDS[command].exports?.find((report) => report === options.report) ?? command;
}

/** Options without those that lack the filter or the report they belong to. */
export function withFilterOnly(owner: CommandId, options: Options): Options {
  const { onlyWith } = COMMANDS[owner];
  return onlyWith && !onlyWith.values.includes(options[onlyWith.name])
    ? Object.fromEntries(
        Object.entries(options).filter(([name]) => !onlyWith.options.some((other) => other === name)),
      )
    : options;
}
