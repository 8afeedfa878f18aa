import { expect, onTestFinished, test } from "vitest";
import type { ExportState } from "../../src/export/exports.ts";
import { type Child, startChild } from "../support/child.ts";
import { emptyDirectory } from "../support/data-directory.ts";

const SERVER = new URL("./fixtures/upload-server.mjs", import.meta.url);
const EXPORT = new URL("./fixtures/export.mjs", import.meta.url);
const PEOPLE = 1_000_000;
const MIB = 1024 * 1024;
const MOST = 100;

interface Told {
  readonly state: Extract<ExportState, { kind: "done" }>;
  readonly hash: string;
  readonly idle: number;
  readonly peak: number;
}

async function start(fixture: URL, ...argument: readonly string[]): Promise<Child> {
  const child = await startChild(fixture, ...argument);
  onTestFinished(() => child.kill());
  return child;
}

test("an export of 1,000,000 people takes less than 100 MiB beyond the idle process", async () => {
  const directory = await emptyDirectory();
  onTestFinished(directory.remove);
  const server = await start(SERVER);
  const { url } = (await server.next()) as { url: string };
  const exporting = await start(EXPORT, directory.path, url, String(PEOPLE));

  const { state, hash, idle, peak } = (await exporting.next()) as Told;

  const [size, before, more] = [state.size, idle, peak - idle].map((bytes) => Math.round(bytes / MIB));
  process.stdout.write(`An export of ${PEOPLE} rows, ${size} MiB: ${more} MiB above ${before} MiB\n`);
  expect(state).toMatchObject({ kind: "done", rows: PEOPLE });
  expect(await server.next()).toEqual({ received: state.size, hash });
  expect(more).toBeLessThan(MOST);
});
