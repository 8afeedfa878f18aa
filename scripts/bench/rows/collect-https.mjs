// The same over https, beside Microsoft's own client that keeps what it reads.
import { megabytes, readGraph, startGraph } from "../servers/collect-processes.mjs";

export const title = "collect over https: 1,000,000 people and their events";

export async function measure({ root, quick, rounds }) {
  const graph = await startGraph(root, quick ? 10_000 : 1_000_000, "https");
  try {
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round += 1) {
      const both = [
        ["collect", ours],
        ["graph-client", theirs],
      ];
      for (const [way, readings] of round % 2 ? both.toReversed() : both) {
        readings.push(await readGraph(root, graph, way));
      }
    }
    const reference = "PageIterator of @microsoft/microsoft-graph-client into a Map";
    const note = `${graph.rows.toLocaleString("en")} rows a reading`;
    const rate = ({ rate }) => rate;
    const above = ({ above }) => megabytes(above);
    return [
      {
        ...{ row: "collect over https: people and events", reference, unit: "rows/s" },
        ...{ ours: ours.map(rate), theirs: theirs.map(rate), target: { atLeast: 1.1 }, note },
      },
      {
        ...{ row: "collect over https: peak memory above idle", reference, unit: "MB" },
        ...{ ours: ours.map(above), theirs: theirs.map(above), target: { atMost: 0.1 }, note },
      },
    ];
  } finally {
    await graph.stop();
  }
}
