// A whole collection, events and then people, beside the same bytes that are downloaded and parsed and nothing else.
import { megabytes, readGraph, startGraph } from "../servers/collect-processes.mjs";

export const title = "collect: 1,000,000 people and their events, without quota";

const REFERENCES = [
  ["fetch", "fetch and JSON.parse"],
  ["http", "node:http and JSON.parse"],
];

export async function measure({ root, quick, rounds }) {
  const graph = await startGraph(root, quick ? 10_000 : 1_000_000);
  try {
    const readings = { collect: [], fetch: [], http: [] };
    for (let round = 0; round < rounds; round += 1) {
      const order = ["fetch", "collect", "http"];
      for (const way of round % 2 ? order.toReversed() : order) {
        readings[way].push(await readGraph(root, graph, way));
      }
    }
    const bytes = await readGraph(root, graph, "bytes");
    const rates = (way) => readings[way].map(({ rate }) => rate);
    const peak = Math.max(...readings.collect.map(({ above }) => above));
    const note =
      `${graph.rows.toLocaleString("en")} rows a reading; unread bytes pass at ${thousands(bytes.rate)} rows/s; ` +
      `at most ${megabytes(peak).toFixed(0)} MB above idle`;
    return REFERENCES.map(([way, reference]) => ({
      ...{ row: "collect: people and events", reference, unit: "rows/s" },
      ...{ ours: rates("collect"), theirs: rates(way), target: { atLeast: 0.8 }, note },
    }));
  } finally {
    await graph.stop();
  }
}

function thousands(rate) {
  return (Math.round(rate / 1_000) * 1_000).toLocaleString("en");
}
