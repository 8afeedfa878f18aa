// How much more memory a collection takes of a very large tenant than of a small one.
import { megabytes, readGraph, startGraph } from "../servers/collect-processes.mjs";

export const title = "memory: a collection of 10,000 and of 1,000,000 people";

const SMALL = 10_000;
const USUAL = 20_000;
const LIMIT = 50;

export async function measure({ root, quick, rounds }) {
  const large = quick ? 50_000 : 1_000_000;
  const of = {
    [SMALL]: await peaks(root, SMALL, rounds),
    [USUAL]: await peaks(root, USUAL, rounds),
    [large]: await peaks(root, large, rounds),
  };
  const growth = of[large].map(({ above }, round) => megabytes(above - of[SMALL][round].above));
  const told = Object.entries(of).map(
    ([people, readings]) =>
      `${Number(people).toLocaleString("en")} people: ${most(readings, "above")} MB above idle, ` +
      `RSS ${most(readings, "peak")} MB`,
  );
  return [
    {
      row: `memory: growth of the peak to ${large.toLocaleString("en")} people`,
      reference: `limit of ${LIMIT} MB`,
      unit: "MB",
      ours: growth,
      theirs: growth.map(() => LIMIT),
      target: { atMost: 1 },
      note: told.join("; "),
    },
  ];
}

/** Each in a process of its own. */
async function peaks(root, people, rounds) {
  const graph = await startGraph(root, people);
  try {
    const readings = [];
    for (let round = 0; round < rounds; round += 1) {
      readings.push(await readGraph(root, graph, "collect"));
    }
    return readings;
  } finally {
    await graph.stop();
  }
}

function most(readings, what) {
  return Math.round(Math.max(...readings.map((reading) => megabytes(reading[what]))));
}
