import { randomBytes } from "node:crypto";
import { readdir, readlink, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { whoListens } from "./holder-client.ts";
import { type HolderServer, startHolderServer } from "./holder-server.ts";
import type { Holder } from "./messages.ts";
import { withShortPath } from "./short-path.ts";

/**
 * Who holds a folder, decided without a lock that could be left behind. Every holder has a number; the one
 * with the highest number whose socket is alive holds the folder. `holder-7` is a symbolic link to the socket
 * of the seventh holder. To make a link is atomic and fails if it is there, so of those who see that the
 * seventh is gone only one becomes the eighth, and it is seen only with a socket that listens already. The
 * link with the highest number is never removed, not even by its owner: a number that could be given twice
 * would let somebody slow take a place that is taken.
 */
const LINK = /^holder-(\d{1,15})$/;
const SOCKET = /^[0-9a-f]{12}\.sock$/;

/** The number of the last holder, dead or alive; 0 in a folder that had none. */
export async function lastNumber(folder: string): Promise<number> {
  return Math.max(0, ...(await numbersIn(folder)));
}

export function linkOf(number: number): string {
  return `holder-${number}`;
}

/** The server of the new holder, or the holder that is there. */
export async function claimFolder(
  folder: string,
  self: Holder,
  patience: number,
): Promise<{ readonly server: HolderServer } | { readonly holder: Holder }> {
  for (;;) {
    const last = await lastNumber(folder);
    const holder =
      last > 0 && (await withShortPath(folder, linkOf(last), (path) => whoListens(path, patience)));
    if (holder) {
      return { holder };
    }
    const server = await takeNumber(folder, last + 1, self);
    if (server) {
      return { server };
    }
  }
}

/** Undefined when somebody else was faster. */
async function takeNumber(folder: string, number: number, self: Holder): Promise<HolderServer | undefined> {
  const socket = `${randomBytes(6).toString("hex")}.sock`;
  const server = await withShortPath(folder, socket, (path) => startHolderServer(path, self));
  const close = async (): Promise<void> => {
    await server.close();
    await rm(join(folder, socket), { force: true });
  };
  try {
    const isOurs = await makeLink(socket, join(folder, linkOf(number)));
    if (isOurs && (await lastNumber(folder)) === number) {
      await removeBefore(folder, number);
      return { ...server, close };
    }
    if (isOurs) {
      // The number was free only because its holder and the next had come and gone meanwhile.
      await rm(join(folder, linkOf(number)), { force: true });
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  await close();
  return undefined;
}

async function makeLink(target: string, path: string): Promise<boolean> {
  try {
    await symlink(target, path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST") {
      return false;
    }
    throw thrown;
  }
}

/** What holders before left behind. */
async function removeBefore(folder: string, number: number): Promise<void> {
  for (const old of (await numbersIn(folder)).filter((candidate) => candidate < number)) {
    const link = join(folder, linkOf(old));
    // Gone already, or no link at all: then there is no socket to remove either.
    const socket = await readlink(link).catch(() => "");
    if (SOCKET.test(socket)) {
      await rm(join(folder, socket), { force: true });
    }
    await rm(link, { force: true });
  }
}

async function numbersIn(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const number = LINK.exec(name)?.[1];
    return number ? [Number(number)] : [];
  });
}
