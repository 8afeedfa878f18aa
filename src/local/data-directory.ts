import { createHash } from "node:crypto";
import { chmod, mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { AppError } from "../kernel/problem.ts";
import { VERSION } from "../kernel/version.ts";
import { claimFolder, lastNumber, linkOf } from "./claims.ts";
import { type Call, callHolder, whoListens } from "./holder-client.ts";
import { type HolderServer, startHolderServer } from "./holder-server.ts";
import type { CallHandler, Holder } from "./messages.ts";
import { withShortPath } from "./short-path.ts";

/** What became of the wish to open a data directory. */
export type Claim =
  | {
      readonly held: true;
      /** Answers calls from the command line of the same user from now on. */
      serve(handler: CallHandler): void;
      /** Close the store first: the next process may open it at once. */
      release(): Promise<void>;
    }
  | { readonly held: false; readonly holder: Holder };

interface ClaimOptions {
  readonly clock?: Clock;
  /** How long a holder may take to say who it is, in milliseconds. It may be busy making its database. */
  readonly patience?: number;
}

/**
 * Makes the data directory if it is missing (mode 0700) and claims it for this process. Of all processes on
 * this machine one holds it, in whatever container; it is free at the moment that process ends, however it
 * ends, because what holds it is a socket that listens. Only the same user reaches that socket.
 *
 * Rejects with STORE-UNAVAILABLE when the directory cannot be used or its holder does not answer.
 */
export async function claimDataDirectory(
  directory: string,
  { clock = systemClock, patience = 15_000 }: ClaimOptions = {},
): Promise<Claim> {
  const self: Holder = { pid: process.pid, startedAt: clock.now(), version: VERSION };
  const claimed = await usable(directory, async () => {
    const folder = await prepare(directory);
    return process.platform === "win32"
      ? claimPipe(pipeOf(folder), self, patience)
      : claimFolder(folder, self, patience);
  });
  if ("holder" in claimed) {
    return { held: false, holder: claimed.holder };
  }
  const { serve, close } = claimed.server;
  return { held: true, serve, release: close };
}

/**
 * Calls the process that holds the directory and resolves with its answer, which may take minutes. Rejects
 * with the AppError of the call, or with STORE-UNAVAILABLE when that process is gone or ends meanwhile.
 */
export async function askHolder(directory: string, call: Call): Promise<unknown> {
  const reached = await usable(directory, async () => {
    const folder = join(await realpath(directory), LOCK);
    return process.platform === "win32"
      ? callHolder(pipeOf(folder), call)
      : withShortPath(folder, linkOf(await lastNumber(folder)), (path) => callHolder(path, call));
  });
  if (!reached) {
    const detail = `The process that had ${directory} open has ended. Try again.`;
    throw new AppError("STORE-UNAVAILABLE", { detail });
  }
  return reached.answer;
}

/** In a folder of its own, so that others are kept out also where the data directory was made by hand. */
const LOCK = "lock";

async function prepare(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const folder = join(await realpath(directory), LOCK);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return folder;
}

/** A named pipe is gone with its process, and only the first to make one of a name gets it (Windows). */
function pipeOf(folder: string): string {
  return `\\\\.\\pipe\\authpulse-${createHash("sha256").update(folder.toLowerCase()).digest("hex")}`;
}

async function claimPipe(
  pipe: string,
  self: Holder,
  patience: number,
): Promise<{ readonly server: HolderServer } | { readonly holder: Holder }> {
  for (;;) {
    try {
      return { server: await startHolderServer(pipe, self) };
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE")) {
        throw thrown;
      }
    }
    const holder = await whoListens(pipe, patience);
    if (holder) {
      return { holder };
    }
  }
}

async function usable<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof AppError) {
      throw thrown;
    }
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const detail =
      `The data directory ${directory} cannot be used: ${reason}. ` +
      "Set DATA_DIR to a directory on a local disk that belongs to this user.";
    throw new AppError("STORE-UNAVAILABLE", { detail }, thrown);
  }
}
