import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { AppError } from "../kernel/problem.ts";
import type { Database, Queries } from "./database.ts";
import { remembering } from "./remembering.ts";
import { createStore, type Store } from "./store.ts";

/**
 * Opens the embedded store in a data directory, which is made where it is missing, or for `memory` one that
 * is gone with the process. The caller must hold the directory (`claimDataDirectory`): two processes on one
 * directory lose rows without an error.
 *
 * Rejects with STORE-UNAVAILABLE when the directory cannot be used, its data is damaged or a newer version
 * wrote it; the detail says what to do.
 */
export async function openStore(directory: string | "memory"): Promise<Store> {
  return createStore(await openPglite(directory));
}

/** The embedded database as PostgreSQL. It survives a killed process; fsync is off, so not a power failure. */
export async function openPglite(directory: string | "memory"): Promise<Database> {
  if (directory === "memory") {
    return toDatabase(await startEngine());
  }
  const home = join(directory, "database");
  try {
    const files = await filesIn(home);
    if (files.length === 0) {
      await createDatabase(directory, home);
    } else if (!files.includes("PG_VERSION")) {
      // The engine would take it for empty and write a new database over what is left of the old one.
      throw new Error("its PG_VERSION is missing");
    }
    return toDatabase(await startEngine(home));
  } catch (thrown) {
    throw cannotOpen(home, thrown);
  }
}

/** Made beside its place and moved there when it is whole: half a database could never be opened again. */
async function createDatabase(directory: string, home: string): Promise<void> {
  const draft = `${home}.new`;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await rm(draft, { recursive: true, force: true });
  // The engine makes its files readable for everybody; their directory keeps others out.
  await mkdir(draft, { mode: 0o700 });
  const engine = await startEngine(draft);
  await engine.close();
  await rename(draft, home);
}

/** With the default of 128 MB of shared buffers the process takes twice the memory, for tables of kilobytes. */
const START_PARAMETERS = [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"];

async function startEngine(dataDir?: string): Promise<PGlite> {
  const lastWords: string[] = [];
  let isOpen = false;
  const onStderr = (line: string): boolean => {
    if (!isOpen && /\b(FATAL|PANIC|DETAIL):/.test(line)) {
      lastWords.push(line.replace(/^.*?(FATAL|PANIC|DETAIL):\s*/, ""));
    }
    return true;
  };
  try {
    const engine = await PGlite.create({
      ...(dataDir && { dataDir }),
      startParams: START_PARAMETERS,
      onStderr,
    });
    isOpen = true;
    return engine;
  } catch (thrown) {
    // The error itself says "failed to initialize" whatever it was; the reason is what the engine printed.
    throw lastWords.length > 0 ? new Error(lastWords.join(" "), { cause: thrown }) : thrown;
  }
}

function toDatabase(engine: PGlite): Database {
  const next = oneAfterAnother();
  const { query } = toQueries(engine);
  return remembering({
    kind: "embedded",
    query: (sql, parameters) => next(() => query(sql, parameters)),
    transaction: (work) =>
      next(() => guarded(() => engine.transaction((transaction) => work(toQueries(transaction))))),
    close: () => next(() => guarded(() => engine.close())),
  });
}

/**
 * The engine works in this process and never waits for anything: of many who ask at once it would serve one after
 * another before the event loop goes on, and meanwhile nobody is heard who connects. So each begins in a turn of its own.
 */
function oneAfterAnother(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => turnOfTheLoop()).then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

function toQueries(engine: PGlite | Transaction): Queries {
  return {
    query: (sql, parameters = []) =>
      guarded(async () => {
        const { rows } = await engine.query<Record<string, unknown>>(sql, [...parameters]);
        return rows;
      }),
  };
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof AppError) {
      throw thrown;
    }
    throw new AppError(
      "STORE-UNAVAILABLE",
      { detail: `The embedded database failed: ${reasonOf(thrown)}.` },
      thrown,
    );
  }
}

function cannotOpen(home: string, thrown: unknown): AppError {
  const isFileFault = fileErrorOf(thrown) !== undefined || (thrown instanceof Error && "syscall" in thrown);
  const remedy = isFileFault
    ? "Set DATA_DIR to a directory on a local disk that has room and that this user may write to."
    : "Put a copy of it back, or move it away to begin anew: Graph keeps the last 30 days.";
  const detail = `The database in ${home} cannot be opened: ${reasonOf(thrown)}. ${remedy}`;
  return new AppError("STORE-UNAVAILABLE", { detail }, thrown);
}

/** Numbers of the engine's file errors that an installation meets (WASI preview 1, `errno`). */
const FILE_ERRORS: Readonly<Record<string, string>> = {
  2: "EACCES, permission denied",
  19: "EDQUOT, the user's share of the disk is full",
  29: "EIO, the disk cannot be read or written",
  33: "EMFILE, too many open files",
  51: "ENOSPC, the disk is full",
  63: "EPERM, not permitted",
  69: "EROFS, the disk is read-only",
};

function reasonOf(thrown: unknown): string {
  const reason = fileErrorOf(thrown) ?? (thrown instanceof Error ? thrown.message : String(thrown));
  return reason.replace(/\.$/, "");
}

/** What the engine throws about a file is no `Error` and has no message, only a number. */
function fileErrorOf(thrown: unknown): string | undefined {
  return typeof thrown === "object" && thrown !== null && "errno" in thrown && !(thrown instanceof Error)
    ? (FILE_ERRORS[String(thrown.errno)] ?? `file error ${thrown.errno}`)
    : undefined;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") {
      return [];
    }
    throw thrown;
  }
}
