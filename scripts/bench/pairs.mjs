/**
 * Measures both alternately, `rounds` times, the order swapped every second time, so that a machine that gets slower or
 * busier meanwhile does so for both. Both are called with the number of the round.
 */
export async function alternated(rounds, ours, theirs) {
  const pairs = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    const both = [
      ["ours", ours],
      ["theirs", theirs],
    ];
    for (const [name, measured] of round % 2 === 0 ? both : both.toReversed()) {
      pairs[name].push(await measured(round));
    }
  }
  return pairs;
}

/** One figure of each pair. */
export function figures({ ours, theirs }, figureOf) {
  return { ours: ours.map(figureOf), theirs: theirs.map(figureOf) };
}
