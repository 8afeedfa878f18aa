import type { Period } from "../ports/usage.ts";
import { COMMANDS } from "./commands.ts";
import type { Options, Question } from "./question.ts";

const PERIOD_WORDS: Readonly<Record<Period, string>> = { D1: "1 day", D7: "7 days", D30: "30 days" };

/**
 * A question in the words that help shows, for buttons and suggestions: "failures by reason reset 7 days".
 * `parse` reads them back as the same question.
 */
export function canonicalWords({ command, options }: Question): string {
  return [COMMANDS[command].words, ...optionWords(options)].join(" ");
}

function optionWords({
  report,
  filter,
  by,
  feature,
  method,
  period,
  scope,
  weeks,
  user,
  week,
}: Options): string[] {
  return [
    report,
    filter?.replaceAll("-", " "),
    by && `by ${by}`,
    feature,
    method?.replaceAll("-", " "),
    period && PERIOD_WORDS[period],
    scope,
    weeks === undefined ? undefined : `${weeks} weeks`,
    user,
    week?.toString(),
  ].filter((word) => word !== undefined);
}
