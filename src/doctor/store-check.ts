import { statfs } from "node:fs/promises";
import type { Config } from "../config.ts";
import type { Clock } from "../kernel/clock.ts";
import { AppError } from "../kernel/problem.ts";
import { askHolder, claimDataDirectory } from "../local/data-directory.ts";
import type { Words } from "../reference/words/words.ts";
import { inspectStore, KNOWN_SCHEMA } from "../store/inspect.ts";
import type { Check } from "./check.ts";
import { type Outcome, ok, problem } from "./row.ts";

interface StoreParts {
  readonly config: Pick<Config, "dataDirectory" | "databaseUrl">;
  readonly clock: Clock;
  readonly words: Words;
  /** Milliseconds that whoever holds the data directory may take to say who it is. */
  readonly patience: number;
  /** Bytes that the disk of a folder has left for this user. */
  readonly freeBytes: (folder: string) => Promise<number>;
}

/** Less would not hold a copy of the embedded database beside its log. */
const LEAST_ROOM = 256 * 1024 * 1024;

/** Whether the store opens, can be written to, has room, and is not ahead of this version. */
export function storeCheck(parts: StoreParts): Check {
  const { config, words } = parts;
  return {
    id: "store",
    subject: words.doctor.store.subject,
    late: "STORE-UNAVAILABLE",
    run: () => (config.databaseUrl === undefined ? embedded(parts) : opened(parts)),
  };
}

/** Of processes on one data directory only one may open it: beside a running bot that one is asked. */
async function embedded(parts: StoreParts): Promise<Outcome> {
  const { config, clock, patience, words, freeBytes } = parts;
  const claim = await claimDataDirectory(config.dataDirectory, { clock, patience });
  const free = await freeBytes(config.dataDirectory);
  const room = gigabytes(free);
  try {
    if (free < LEAST_ROOM) {
      const { what, remedy } = words.doctor.store.noRoom(room);
      return problem(what, remedy);
    }
    if (!claim.held) {
      await askHolder(config.dataDirectory, { name: "states", argument: {} });
      return ok(words.doctor.store.held(claim.holder.pid, claim.holder.version, room));
    }
    return await opened(parts, room);
  } finally {
    if (claim.held) {
      await claim.release();
    }
  }
}

async function opened({ config, words }: StoreParts, room?: string): Promise<Outcome> {
  const about = await inspectStore(config);
  const said = words.doctor.store;
  if (!about) {
    return ok(said.unmade(room ?? ""));
  }
  const { kind, schema } = about;
  if (schema > KNOWN_SCHEMA) {
    const { what, remedy } = said.newer(schema, KNOWN_SCHEMA);
    return { ...problem(what, remedy), code: "STORE-UNAVAILABLE" };
  }
  return ok(said.ok({ kind: said.kinds[kind], schema, known: KNOWN_SCHEMA, ...(room && { room }) }));
}

/** What the file system says; a folder that it does not know of is a problem of the store. */
export async function freeBytesOf(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (thrown) {
    throw new AppError("STORE-UNAVAILABLE", { detail: `The room in ${folder} is not known.` }, thrown);
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
