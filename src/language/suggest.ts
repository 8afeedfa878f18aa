import { canonicalWords } from "./canonical.ts";
import { COMMANDS, optionsOwner, withFilterOnly } from "./commands.ts";
import { type Fit, fits, namesCommand, strongest } from "./fit.ts";
import { VOCABULARY } from "./lexicon.ts";
import type { Misunderstood, Options, Question } from "./question.ts";
import { type Segment, segments } from "./segments.ts";
import { ALONE } from "./sense.ts";
import { isSmall } from "./small-words.ts";
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
  const near = byFewestUnfit(preferred(others));
  return {
    misunderstood: true,
    suggestions: suggestions(
      [...respelt, ...called, ...near].flatMap((fit) => offered(fit, corrected) ?? versions(fit)),
    ),
    unknownWords: unplaced(corrected, called.length > 0 ? called : near)
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
  const word = VOCABULARY.has(token.word)
    ? undefined
    : corrections(token.word).find((known) => !isSmall(known));
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

/** What comes near, for a command that lacks what it needs: "people phone only" for "people with sms only". */
function offered({ command, options }: Fit, said: readonly Segment[]): readonly Question[] | undefined {
  const { needs } = COMMANDS[command];
  const offers = said
    .flatMap(({ senses }) => senses.flatMap((sense) => ("offers" in sense ? [sense.offers] : [])))
    .filter((question) => question.command === command);
  return needs !== undefined && options[needs] === undefined && offers.length > 0 ? offers : undefined;
}

/** A question for each of the values that contradict each other. */
function versions({ command, options, contradictions }: Fit): readonly Question[] {
  const choices: readonly Options[] = contradictions.length > 0 ? contradictions : [{}];
  return choices.map((choice) => {
    const question = { command, options: { ...options, ...choice } };
    return { command, options: withFilterOnly(optionsOwner(question), question.options) };
  });
}

/** What none of the commands has a place for, or else what the nearest of them have none for. */
function unplaced(said: readonly Segment[], shown: readonly Fit[]): readonly Segment[] {
  const meant = said.filter(({ tokens }) => !tokens.every(({ word }) => isSmall(word)));
  if (shown.length === 0) {
    return meant;
  }
  const nowhere = said.filter((segment) => shown.every(({ unfit }) => unfit.has(segment)));
  if (nowhere.length > 0) {
    return nowhere;
  }
  const unfits = shown.map(({ unfit }) => meant.filter((segment) => unfit.has(segment)));
  const fewest = Math.min(...unfits.map(({ length }) => length));
  const blocking = new Set(unfits.filter(({ length }) => length === fewest).flat());
  return meant.filter((segment) => blocking.has(segment));
}
