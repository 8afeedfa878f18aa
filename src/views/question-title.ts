import type { Question } from "../language/question.ts";
import type { Words } from "../reference/words/words.ts";

/** The heading of a question's answer: "SSPR usage by method · password resets · SMS". */
export function questionTitle({ command, options }: Question, words: Words): string {
  if (command !== "usage") {
    return words.commands[command];
  }
  const title = options.by === "feature" ? words.usage.byFeature : words.usage.byMethod;
  const narrowings = [
    options.feature && words.features[options.feature].name,
    options.method && words.families[options.method],
  ];
  return narrowings
    .filter((to) => to !== undefined)
    .reduce((narrower, to) => words.usage.narrowed(narrower, to), title);
}
