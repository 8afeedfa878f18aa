import { canonicalWords } from "./canonical.ts";
import { COMMANDS } from "./commands.ts";
import { read } from "./fit.ts";
import type { Correction, Reading } from "./question.ts";
import { segments } from "./segments.ts";
import { NOTHING_NEAR, nearest, suggestions } from "./suggest.ts";
import { type Token, tokenise } from "./tokens.ts";
import { corrections, type Respelling, respellings } from "./typos.ts";

/**
 * What a message asks, in four steps: cut it into words (`tokens`), the words into phrases (`segments`), see
 * which command has a place for every phrase (`fit`), and if none has, try known words one letter away
 * (`typos`). Understood is what leads to exactly one question; a command that changes something is never
 * reached by a correction. Total and pure: any text gets a reading, of which `JSON.stringify` gives the form
 * that the command line prints.
 */
export function parse(text: string): Reading {
  const tokens = tokenise(text);
  if (!tokens) {
    return NOTHING_NEAR;
  }
  const said = segments(tokens);
  const fit = read(said);
  if (fit) {
    return { command: fit.command, options: fit.options };
  }
  const respelt = distinct(respellings(tokens, said, corrections));
  const [only, ...others] = respelt;
  if (!only) {
    return nearest(tokens, said);
  }
  const changed = differences(tokens, only.tokens);
  if (others.length > 0 || COMMANDS[only.fit.command].changes) {
    const questions = respelt.map((respelling) => respelling.fit);
    return {
      misunderstood: true,
      suggestions: suggestions(questions),
      unknownWords: changed.map((correction) => correction.said),
    };
  }
  return { command: only.fit.command, options: only.fit.options, corrected: changed };
}

/** One of each question: whether a plural or its singular was meant need not be decided. */
function distinct(found: readonly Respelling[]): readonly Respelling[] {
  const words = found.map(({ fit }) => canonicalWords(fit));
  return found.filter((_, index) => words.indexOf(words[index] ?? "") === index);
}

function differences(before: readonly Token[], after: readonly Token[]): readonly Correction[] {
  return before.flatMap((token, index) => {
    const read = after[index]?.word;
    return read === undefined || read === token.word ? [] : [{ said: token.said, read }];
  });
}
