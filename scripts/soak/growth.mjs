// Whether a process holds more at the end than after its warm-up; both looks are taken when nothing has gone on for
// twelve seconds, and after a collection of garbage.
const MEBIBYTE = 1024 ** 2;

/**
 * What may grow and is no leak: activities are remembered for five minutes, each with its answer (a card has 25 KB), and
 * what has been compiled or was met for the first time stays. So the heap may grow by a quarter or 24 MB, whichever is
 * more. A leak of 2 KB at each of 50 activities in a second is 60 MB in ten minutes, and is found.
 */
const HEAP = { share: 0.25, bytes: 24 * MEBIBYTE };
/** Pages that were touched are not given back at once, and those of the embedded database hold more and more weeks. */
const RESIDENT = { share: 0.35, bytes: 96 * MEBIBYTE };

export function growth(before, after) {
  const faults = [];
  const lines = [];
  for (const [name, key, { share, bytes }] of [
    ["Heap", "heapUsed", HEAP],
    ["Resident memory", "rss", RESIDENT],
  ]) {
    const grown = after[key] - before[key];
    const allowed = Math.max(before[key] * share, bytes);
    lines.push(
      `${name}: ${mega(before[key])} after the warm-up, ${mega(after[key])} at the end (at most ${mega(before[key] + allowed)}).`,
    );
    if (grown > allowed) faults.push(`${name.toLowerCase()} grew by ${mega(grown)}`);
  }
  lines.push(`Handles: ${told(before.handles)} after the warm-up, ${told(after.handles)} at the end.`);
  for (const [kind, number] of Object.entries(after.handles)) {
    // A connection more or less is open at any moment: to the database, to Graph, from who asks.
    const allowed = (before.handles[kind] ?? 0) + 8;
    if (number > allowed) faults.push(`handles of kind ${kind} grew to ${number}`);
  }
  return { lines, faults };
}

function mega(bytes) {
  return `${Math.round(bytes / MEBIBYTE)} MB`;
}

function told(handles) {
  return Object.entries(handles)
    .map(([kind, number]) => `${number} ${kind}`)
    .join(", ");
}
