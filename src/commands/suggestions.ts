import { canonicalWords } from "../language/canonical.ts";
import type { CommandId, Question } from "../language/question.ts";
import type { Suggestion } from "../views/help.ts";

/** The commands, in the order that help shows them. */
export type Working = () => readonly CommandId[];

/** One typical question for each command; people learn the options from it. */
const TYPICAL: Readonly<Partial<Record<CommandId, Question["options"]>>> = {
  usage: { by: "method" },
  people: { filter: "not-registered" },
  "digest-week": { week: 46 },
};

export function suggestionOf(question: Question): Suggestion {
  return { words: canonicalWords(question), question };
}

export function suggestionsOf(commands: readonly CommandId[]): readonly Suggestion[] {
  return commands.map((command) => suggestionOf({ command, options: TYPICAL[command] ?? {} }));
}
