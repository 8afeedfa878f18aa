import type { Words } from "../../src/reference/words/words.ts";

/** Every text 40 % longer, and recognisable by its last letter, to show that nothing clips or breaks. */
export function pseudo(words: Words): Words {
  return lengthened(words) as Words;
}

/** As wide as letters are on average. */
export const PSEUDO_LETTER = "ŝ";

/** In words of a usual length, so that lines break as they would in a language. */
function filler(length: number): string {
  return PSEUDO_LETTER.repeat(length).replace(/(.{6})(?=.)/g, "$1 ");
}

function lengthened(node: unknown): unknown {
  if (typeof node === "string") {
    return node + filler(Math.ceil(node.length * 0.4));
  }
  if (typeof node === "function") {
    return (...values: unknown[]) => lengthened(node(...values));
  }
  if (Array.isArray(node)) {
    return node.map(lengthened);
  }
  return typeof node === "object" && node !== null
    ? Object.fromEntries(Object.entries(node).map(([name, value]) => [name, lengthened(value)]))
    : node;
}
