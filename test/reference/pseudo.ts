import type { Words } from "../../src/reference/words/words.ts";

/** Every text 40 % longer, and recognisable by its last letter, to show that nothing clips or breaks. */
export function pseudo(words: Words): Words {
  return lengthened(words) as Words;
}

export const PSEUDO_LETTER = "ŵ";

function lengthened(node: unknown): unknown {
  if (typeof node === "string") {
    return `${node}${PSEUDO_LETTER.repeat(Math.ceil(node.length * 0.4))}`;
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
