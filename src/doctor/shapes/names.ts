import type { RawRow } from "../../graph/raw-pages.ts";
import { maskText } from "../../reference/mask.ts";

/** The properties of Graph that name a person. */
const NAMING = ["userDisplayName", "displayName", "userPrincipalName", "givenName", "surname", "mail"];

/** A name of more words is looked for by its parts alone. */
const MOST_WORDS = 5;
const SHORTEST_PART = 3;
const NAME = "(name)";

/** Knows the names that were read, to take them out of texts. In memory alone. */
export interface Names {
  learn(row: RawRow): void;
  /** The text with every name of `row`, every whole name of anybody, and what `maskText` knows replaced. */
  mask(text: string, row: RawRow): string;
}

export function createNames(): Names {
  const whole = new Set<string>();
  return {
    learn(row) {
      for (const name of namesIn(row)) {
        whole.add(wordsOf(name).join(" "));
      }
    },
    mask(text, row) {
      const own = namesIn(row);
      const parts = new Set(own.flatMap(partsOf));
      // Languages without blanks have no words to compare.
      const known = own
        .filter(isFoundAnywhere)
        .reduce((masking, name) => masking.replaceAll(anywhere(name), NAME), text);
      return maskText(withoutNames(withoutNames(known, whole, MOST_WORDS), parts, 1));
    },
  };
}

function namesIn(row: RawRow): readonly string[] {
  return NAMING.map((key) => row[key])
    .filter((name) => typeof name === "string")
    .map((name) => name.trim());
}

/** Shorter names in Latin letters would be found within other words. */
const SHORTEST_ANYWHERE = 5;

function isFoundAnywhere(name: string): boolean {
  return name.length >= SHORTEST_ANYWHERE || (name.length > 1 && !/[\p{Script=Latin}\d]/u.test(name));
}

function anywhere(name: string): RegExp {
  return new RegExp(name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
}

/** Also as they stand in a text, with an apostrophe or a hyphen within. */
function partsOf(name: string): readonly string[] {
  const lower = name.toLowerCase();
  const local = lower.split("@")[0] ?? "";
  return [...lower.split(/[^\p{L}\p{M}\p{N}]+/u), ...wordsOf(lower), local].filter(
    (part) => part.length >= SHORTEST_PART,
  );
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .map(bare)
    .filter((word) => word !== "");
}

/** Without the punctuation of the sentence around it. */
function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").replace(/['’]s$/, "");
}

/** Runs of up to so many words that are one of the names, the longest first, are replaced. */
function withoutNames(text: string, names: ReadonlySet<string>, most: number): string {
  const words = text.split(/\s+/);
  const kept: string[] = [];
  for (let from = 0; from < words.length; ) {
    const length = lengthOfName(words, from, names, most);
    kept.push(length === 0 ? (words[from] ?? "") : NAME);
    from += Math.max(1, length);
  }
  return kept.join(" ");
}

function lengthOfName(
  words: readonly string[],
  from: number,
  names: ReadonlySet<string>,
  most: number,
): number {
  for (let length = Math.min(most, words.length - from); length > 0; length -= 1) {
    const run = words
      .slice(from, from + length)
      .map((word) => bare(word.toLowerCase()))
      .join(" ");
    if (run !== "" && names.has(run)) {
      return length;
    }
  }
  return 0;
}
