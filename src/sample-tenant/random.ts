/** A 32-bit hash of up to three numbers: the same everywhere, so that every row can be derived from its index. */
export function mix(seed: number, a: number, b = 0): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  hash = scramble(hash ^ a);
  return scramble(hash ^ Math.imul(b, 0xc2b2ae35)) >>> 0;
}

function scramble(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return hash ^ (hash >>> 16);
}

/** Numbers from 0 (included) to 1 (excluded) by mulberry32; small, fast and good enough for a believable company. */
export function stream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A chooser of an index by weight; the weights need not sum to one. Its argument is a draw from 0 to 1. */
export function byWeight(weights: readonly number[]): (draw: number) => number {
  const ends: number[] = [];
  let total = 0;
  for (const weight of weights) {
    total += weight;
    ends.push(total);
  }
  return (draw) =>
    Math.max(
      0,
      ends.findIndex((end) => draw * total < end),
    );
}
