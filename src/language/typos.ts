import distance from "damerau-levenshtein";
import { type Fit, read } from "./fit.ts";
import { VOCABULARY } from "./lexicon.ts";
import { type Segment, segments } from "./segments.ts";
import { isSmall } from "./small-words.ts";
import type { Token } from "./tokens.ts";

/** A message with some words replaced by known ones, and what that makes of it. */
export interface Respelling {
  readonly tokens: readonly Token[];
  readonly fit: Fit;
}

/** Words of fewer letters have too many neighbours to be forgiven a letter. */
const SHORTEST_FORGIVEN = 5;
/** In words of this length even two wrong letters make a suggestion, though never a correction. */
const LONG_ENOUGH_FOR_TWO = 6;
const MOST_SPELLINGS = 24;
const MOST_UNKNOWN = 6;

interface Known {
  readonly word: string;
  readonly letters: number;
}

const KNOWN: readonly Known[] = [...VOCABULARY]
  .filter((word) => /^[a-z]{4,}$/.test(word))
  .map((word) => ({ word, letters: letters(word) }));

/** Known words that differ in one wrong, missing, extra or swapped letter from a word that nobody knows. */
export function corrections(word: string): readonly string[] {
  return near(word, 1).filter((known) => known.length >= SHORTEST_FORGIVEN);
}

/** Known words that are near enough to be asked about. */
export function neighbours(word: string): readonly string[] {
  return near(word, word.length >= LONG_ENOUGH_FOR_TWO ? 2 : 1);
}

function near(word: string, most: number): readonly string[] {
  if (!/^[a-z]{4,}$/.test(word)) {
    return [];
  }
  const own = letters(word);
  return KNOWN.filter(
    (known) =>
      Math.abs(known.word.length - word.length) <= most &&
      // Each step changes at most two letters of the set, and this is much quicker than the distance itself.
      ones(known.letters ^ own) <= 2 * most &&
      distance(word, known.word).steps <= most,
  ).map((known) => known.word);
}

/** All ways to replace the unknown words so that every word of the message has a place in exactly one command. */
export function respellings(
  tokens: readonly Token[],
  said: readonly Segment[],
  candidates: (word: string) => readonly string[],
): readonly Respelling[] {
  const unknown = said.flatMap(({ senses, tokens: words }) =>
    senses.length === 0 ? words.filter(isNew) : [],
  );
  if (unknown.length === 0 || unknown.length > MOST_UNKNOWN) {
    return [];
  }
  let spellings: (readonly Token[])[] = [tokens];
  for (const token of unknown) {
    const words = candidates(token.word);
    spellings = spellings.flatMap((spelling) => words.map((word) => respelt(spelling, token, word)));
    if (spellings.length > MOST_SPELLINGS) {
      return [];
    }
  }
  return spellings.flatMap((spelling) => {
    const reading = segments(spelling);
    const fit = unknown.every((token) => isMeant(spelling[tokens.indexOf(token)], reading)) && read(reading);
    return fit ? [{ tokens: spelling, fit }] : [];
  });
}

/** A word is not corrected into nothing: "last night" is not "last might", nor "thees" a word that may be left out. */
function isMeant(token: Token | undefined, said: readonly Segment[]): boolean {
  return said.some(
    ({ tokens }) => tokens.some((own) => own === token) && !tokens.every(({ word }) => isSmall(word)),
  );
}

/** A number and a known word that found no place, as both in "90 days", are spelt as they were meant. */
function isNew({ word }: Token): boolean {
  return !VOCABULARY.has(word) && !/^\d/.test(word);
}

function respelt(tokens: readonly Token[], wrong: Token, word: string): readonly Token[] {
  return tokens.map((token) => (token === wrong ? { ...token, word } : token));
}

function letters(word: string): number {
  return Array.from(word, (letter) => 1 << (letter.charCodeAt(0) - 97)).reduce((set, bit) => set | bit, 0);
}

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) {
    count += 1;
  }
  return count;
}
