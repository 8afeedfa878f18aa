// The processes of a measurement of readings: a Graph on loopback, and whoever reads it.
import { fork } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeOptions } from "../node-options.mjs";

/** A tenant of so many people at `url`, until it is stopped; see collect-graph.mjs. */
export async function startGraph(root, people, scheme = "http") {
  const file = join(import.meta.dirname, "collect-graph.mjs");
  const child = fork(file, [join(root, "dist"), String(people), scheme]);
  const graph = await firstMessage(child);
  const folder = await mkdtemp(join(tmpdir(), "authpulse-bench-"));
  const certificate = join(folder, "certificate.pem");
  await writeFile(certificate, graph.certificate ?? "");
  return {
    url: graph.url,
    people: graph.people,
    rows: graph.people + graph.events,
    certificate: graph.certificate && certificate,
    async stop() {
      child.disconnect();
      await rm(folder, { recursive: true });
    },
  };
}

/** Reads all of it once, in a new process; see collect-reader.mjs. Rejects where rows are missing. */
export async function readGraph(root, graph, way) {
  const file = join(import.meta.dirname, "collect-reader.mjs");
  const child = fork(file, [join(root, "dist"), way, graph.url], {
    execArgv: ["--expose-gc", ...optionsFor(way, root)],
    env: { ...process.env, ...(graph.certificate && { NODE_EXTRA_CA_CERTS: graph.certificate }) },
  });
  const read = await firstMessage(child);
  if (read.rows !== graph.rows) {
    throw new Error(`${way} read ${read.rows} of ${graph.rows} rows`);
  }
  return { ...read, rate: read.rows / read.seconds, above: read.peak - read.idle };
}

function optionsFor(way, root) {
  // The client that keeps everything needs more than Node allows by itself.
  const others = way === "graph-client" ? ["--max-old-space-size=8192"] : [];
  return way === "collect" ? nodeOptions(root) : others;
}

function firstMessage(child) {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`a process of the measurement ended with ${code}`)));
  });
}

export function megabytes(bytes) {
  return bytes / 1e6;
}
