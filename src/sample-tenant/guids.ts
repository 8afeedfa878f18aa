import { createHash } from "node:crypto";
import { mix } from "./random.ts";

/** Odd, so that multiplying by it modulo 2^32 can be undone. */
const FACTOR = 0x9e3779b1;
const INVERSE = inverse(FACTOR);

const FIRST_GROUP = /^([0-9a-f]{8})-/;

/** A GUID that looks random and belongs to this seed and index alone. */
export function guidOf(seed: number, index: number): string {
  const first = Math.imul(index ^ mix(seed, 1), FACTOR) >>> 0;
  const rest = [2, 3, 4].map((part) => hex(mix(seed, index, part))).join("");
  const variant = "89ab".charAt(mix(seed, index, 5) % 4);
  const groups = [hex(first), rest.slice(0, 4), `4${rest.slice(4, 7)}`, variant + rest.slice(7, 10)];
  return `${groups.join("-")}-${rest.slice(10, 22)}`;
}

/** The index a GUID was made from, or undefined for one that `guidOf` did not make with this seed. */
export function indexOfGuid(seed: number, guid: string): number | undefined {
  const first = FIRST_GROUP.exec(guid.toLowerCase())?.[1];
  if (first === undefined) return undefined;
  const index = (Math.imul(Number.parseInt(first, 16), INVERSE) ^ mix(seed, 1)) >>> 0;
  return guidOf(seed, index) === guid.toLowerCase() ? index : undefined;
}

/** A GUID for something that has a name instead of an index. */
export function guidOfText(text: string): string {
  const digest = createHash("sha256").update(text).digest("hex");
  const groups = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(12, 15)}`,
    `8${digest.slice(15, 18)}`,
  ];
  return `${groups.join("-")}-${digest.slice(18, 30)}`;
}

/** Newton's iteration: each round doubles the number of correct bits. */
function inverse(odd: number): number {
  let guess = odd;
  for (let round = 0; round < 5; round++) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
