import { canonicalWords } from "./canonical.ts";
import { COMMANDS, optionsOwner, withFilterOnly } from "./commands.ts";
import { type Fit, fits, namesCommand, strongest } from "./fit.ts";
import { VOCABULARY } from "./lexicon.ts";
import type { Misunderstood, Options, Question } from "./question.ts";
import { type Segment, segments } from "./segments.ts";
import { ALONE } from "./sense.ts";
import type { Token } from "./tokens.ts";
import { corrections, neighbours, respellings } from "./typos.ts";

const MOST_SUGGESTIONS = 3;
const MOST_UNKNOWN_WORDS = 10;

/** Nothing was found that is near: help shows what can be asked. */
export const NOTHING_NEAR: Misunderstood = { misunderstood: true, suggestions: ["help"], unknownWords: [] };

/** The nearest questions, and the words that stand in the way; misspelt words are read as the nearest first. */
export function nearest(tokens: readonly Token[], said: readonly Segment[]): Misunderstood {
  const respelt = respellings(tokens, said, neighbours).map(({ fit }) => fit);
  const corrected = segments(tokens.map(likeliest));
  const candidates = fits(corrected);
  const called = byFewestUnfit(strongest(candidates));
  const others = candidates.filter(
    (fit) => !called.includes(fit) && (isHalfNamed(fit, corrected) || isWorthAsking(fit)),
  );
  return {
    misunderstood: true,
    suggestions: suggestions([...respelt, ...called, ...byFewestUnfit(preferred(others))].flatMap(versions)),
    unknownWords: unplaced(corrected, called)
      .flatMap((segment) => segment.tokens.map(({ said: word }) => word))
      .slice(0, MOST_UNKNOWN_WORDS),
  };
}

/** At most three different questions in canonical words; `help` when there is none. */
export function suggestions(questions: readonly Question[]): readonly string[] {
  const words = [...new Set(questions.map(canonicalWords))].slice(0, MOST_SUGGESTIONS);
  return words.length > 0 ? words : NOTHING_NEAR.suggestions;
}

function likeliest(token: Token): Token {
  const word = VOCABULARY.has(token.word) ? undefined : corrections(token.word)[0];
  return word === undefined ? token : { ...token, word };
}

function byFewestUnfit(candidates: readonly Fit[]): readonly Fit[] {
  return candidates.toSorted((a, b) => a.unfit.size - b.unfit.size);
}

/** Commands that take an option that was said. Nobody is led to changes, nor to names that were not asked for. */
function isWorthAsking({ command, options, rank }: Fit): boolean {
  const { where, changes } = COMMANDS[command];
  return Object.keys(options).length > 0 && !changes && (where === "anywhere" || rank === ALONE);
}

/** "pause" without "digest". */
function isHalfNamed({ command }: Fit, said: readonly Segment[]): boolean {
  return said.some(({ senses }) => senses.some(namesCommand(command)));
}

/** Those that options alone would ask for, if there are any. */
function preferred(candidates: readonly Fit[]): readonly Fit[] {
  const called = strongest(candidates);
  return called.length > 0 ? called : candidates;
}

/** A question for each of the values that contradict each other. */
function versions({ command, options, contradictions }: Fit): readonly Question[] {
  const choices: readonly Options[] = contradictions.length > 0 ? contradictions : [{}];
  return choices.map((choice) => {
    const question = { command, options: { ...options, ...choice } };
    return { command, options: withFilterOnly(optionsOwner(question), question.options) };
  });
}

/** What none of the called commands has a place for; without such a command, what nobody knows. */
function unplaced(said: readonly Segment[], called: readonly Fit[]): readonly Segment[] {
  return said.filter((segment) =>
    called.length > 0 ? called.every(({ unfit }) => unfit.has(segment)) : segment.senses.length === 0,
  );
}
