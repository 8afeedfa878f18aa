import { suggestionsOf } from "../commands/suggestions.ts";
import { COMMANDS } from "../language/commands.ts";
import type { CommandId } from "../language/question.ts";
import type { Words } from "../reference/words/words.ts";

/** A line of the menu that Teams shows above the box; pressing it puts the title into the box. */
export interface MenuCommand {
  readonly title: string;
  readonly description: string;
}

/**
 * The commands of the menu, in its order. The schema would take twelve, the menu shows ten
 * (learn.microsoft.com/microsoftteams/platform/bots/how-to/create-a-bot-commands-menu).
 */
export const MENU: readonly CommandId[] = [
  "overview",
  "usage",
  "registration",
  "failures",
  "people",
  "person",
  "trend",
  "digest",
  "health",
  "help",
];

/** The menu of a kind of place, in the words of help. What names people stands in the personal chat only. */
export function menuOf(place: "personal" | "shared", words: Words): readonly MenuCommand[] {
  const commands = MENU.filter((command) => place === "personal" || COMMANDS[command].where === "anywhere");
  return suggestionsOf(commands).map((suggestion) => ({
    title: suggestion.words,
    description: words.commands[suggestion.question.command],
  }));
}
