import { COMMANDS, optionsOwner, withFilterOnly } from "./commands.ts";
import { inOrder, names, namesAny, takesAll } from "./fit.ts";
import type { CommandId, Options, Question } from "./question.ts";
import { type Segment, segments } from "./segments.ts";
import { OPTION, type Sense } from "./sense.ts";
import { NARROWING } from "./small-words.ts";
import { type Token, tokenise } from "./tokens.ts";

const REFINING = new Set([...NARROWING, "and", "also", "instead", "now"]);

/**
 * Options alone ("only sms", "7 days", "by feature") on top of the last question. A word that also names a
 * command counts as an option only beside a refining word: "registrations" asks for that command, "only
 * registrations" refines. Undefined for everything else, and for commands that change something.
 */
export function refine(previous: Question, text: string): Question | undefined {
  const owner = optionsOwner(previous);
  const said = COMMANDS[previous.command].changes ? undefined : saidOptions(owner, tokenise(text) ?? []);
  if (!said) {
    return undefined;
  }
  const options = withFilterOnly(owner, { ...previous.options, ...said });
  const allKept = names(said).every((name) => options[name] !== undefined);
  return allKept ? { command: previous.command, options: inOrder(options) } : undefined;
}

/** All options of a message that holds nothing else; undefined when it does, or contradicts itself. */
function saidOptions(target: CommandId, tokens: readonly Token[]): Options | undefined {
  const refining = tokens.some(({ word }) => REFINING.has(word));
  let said: Options = {};
  for (const segment of segments(tokens)) {
    const value = optionOf(target, segment, refining);
    if (!value || names(value).some((name) => said[name] !== undefined && said[name] !== value[name])) {
      return undefined;
    }
    said = { ...said, ...value };
  }
  return names(said).length > 0 ? said : undefined;
}

function optionOf(target: CommandId, { senses }: Segment, refining: boolean): Options | undefined {
  if ((!refining && (namesAny(senses) || senses.some(isAside))) || senses.some(asksAnew)) {
    return undefined;
  }
  const option = senses.find(
    (sense) => "options" in sense && names(sense.options).length > 0 && takesAll(target, sense.options),
  );
  if (option && "options" in option) {
    return option.options;
  }
  const meansNothing = senses.some((sense) => "impliedIn" in sense && sense.impliedIn.includes(target));
  return meansNothing ? {} : undefined;
}

/** "mfa" is the topic of a new question rather than an option of the last one. */
function isAside(sense: Sense): boolean {
  return "aside" in sense;
}

/** "how many people" holds no option, and asks for something else than the last question. */
function asksAnew(sense: Sense): boolean {
  return "calls" in sense && sense.rank === OPTION && names(sense.options).length === 0;
}
