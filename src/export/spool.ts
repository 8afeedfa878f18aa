import { chmod, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../kernel/problem.ts";
import { CHUNK, type Cipher, createCipher, SEALED } from "./cipher.ts";
import { readSpooled } from "./spool-reader.ts";

/** A file that is complete, encrypted on the disk, and gone as soon as it is removed. */
export interface SpooledFile {
  /** Bytes of the plain file. */
  readonly size: number;
  /** The plain bytes from `from` (included) to `to` (not included); rejects with STORE-UNAVAILABLE when the file was changed. */
  read(from?: number, to?: number): AsyncGenerator<Buffer, void>;
  /** Also forgets the key. Removing twice is harmless. */
  remove(): Promise<void>;
}

/** Takes the body first and the head last, because a head with totals is known when all has been read. */
export interface SpoolWriter {
  /** Resolves when the bytes are with the operating system; wait for it before the next. Rejects with EXPORT-TOO-LARGE or STORE-UNAVAILABLE. */
  write(bytes: Buffer): Promise<void>;
  /** Nothing can be written afterwards. The head stands before the body in what is read. */
  finish(head: Buffer): Promise<SpooledFile>;
  /** Closes and removes a file that is not finished. */
  discard(): Promise<void>;
}

export interface Spool {
  create(): Promise<SpoolWriter>;
}

interface SpoolParts {
  /** A folder of its own: everything else in it is deleted. */
  readonly directory: string;
  /** The most bytes of one plain file. */
  readonly limit: number;
  /** Unpredictable bytes, as of node:crypto's `randomBytes`: keys and names are made of them. */
  readonly randomBytes: (size: number) => Buffer;
}

/**
 * Files that wait to be uploaded, in a folder of mode 0700, each of mode 0600 and encrypted with a key of its
 * own that is only in memory. No file of an earlier process can be read any more, so all of them are deleted
 * here: only the process that holds the data directory may call this. Rejects with STORE-UNAVAILABLE.
 */
export async function createSpool({ directory, limit, randomBytes }: SpoolParts): Promise<Spool> {
  await onDisk(async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
    for (const name of await readdir(directory)) {
      await rm(join(directory, name), { recursive: true, force: true });
    }
  });
  return {
    create() {
      const path = join(directory, randomBytes(16).toString("hex"));
      return openWriter(path, createCipher(randomBytes(32)), limit);
    },
  };
}

async function openWriter(path: string, cipher: Cipher, limit: number): Promise<SpoolWriter> {
  const file = await onDisk(() => open(path, "wx", 0o600));
  const pending = Buffer.alloc(CHUNK);
  let filled = 0;
  let chunks = 0;
  let size = 0;

  async function flush(): Promise<void> {
    const sealed = cipher.seal(chunks, pending.subarray(0, filled));
    await onDisk(() => file.writeFile(sealed));
    chunks += 1;
    filled = 0;
  }

  async function write(bytes: Buffer): Promise<void> {
    size += bytes.length;
    if (size > limit) {
      throw new AppError("EXPORT-TOO-LARGE", { detail: `The file would be larger than ${limit} bytes.` });
    }
    for (let taken = 0; taken < bytes.length; ) {
      const copied = bytes.copy(pending, filled, taken);
      taken += copied;
      filled += copied;
      if (filled === CHUNK) {
        await flush();
      }
    }
  }

  /** So that the head begins with a chunk of its own. */
  async function endSegment(): Promise<number> {
    if (filled > 0) {
      await flush();
    }
    return chunks;
  }

  return {
    write,
    async finish(head) {
      const body = { bytes: size, chunk: 0, offset: 0 };
      const chunk = await endSegment();
      const offset = body.bytes + chunk * (SEALED - CHUNK);
      await write(head);
      await endSegment();
      await onDisk(() => file.close());
      const segments = [{ bytes: head.length, chunk, offset }, body];
      return {
        size,
        read: (from = 0, to = size) => readSpooled(path, cipher, segments, { from, to }),
        remove: () => removeFile(path, cipher),
      };
    },
    async discard() {
      try {
        await onDisk(() => file.close());
      } finally {
        await removeFile(path, cipher);
      }
    },
  };
}

async function removeFile(path: string, cipher: Cipher): Promise<void> {
  cipher.forget();
  await onDisk(() => rm(path, { force: true }));
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "no code";
    const why = NO_SPACE.has(code) ? "there is no space left" : `it cannot be used (${code})`;
    const detail = `An export waits in the folder "spool" of the data directory, and ${why}.`;
    throw new AppError("STORE-UNAVAILABLE", { detail }, thrown);
  }
}

const NO_SPACE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);
