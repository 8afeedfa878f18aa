import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "../kernel/problem.ts";
import { CHUNK, type Cipher, SEALED } from "./cipher.ts";

/** A run of full chunks and perhaps a shorter last one. */
export interface Segment {
  /** Plain bytes. */
  readonly bytes: number;
  /** Number of its first chunk, and where that begins in the file. */
  readonly chunk: number;
  readonly offset: number;
}

interface Range {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/**
 * The plain bytes of a range over these segments, one after the other. Sizes come from memory, not from the disk,
 * so that a file that was cut is seen. Rejects with STORE-UNAVAILABLE when a byte is not what was written.
 */
export async function* readSpooled(
  path: string,
  cipher: Cipher,
  segments: readonly Segment[],
  { from, to }: Range,
): AsyncGenerator<Buffer, void> {
  const file = await open(path).catch((cause: unknown) => {
    throw changed(cause);
  });
  try {
    let before = 0;
    for (const segment of segments) {
      yield* readSegment(file, cipher, segment, { from: from - before, to: to - before });
      before += segment.bytes;
    }
  } finally {
    await file.close();
  }
}

async function* readSegment(
  file: FileHandle,
  cipher: Cipher,
  { bytes, chunk, offset }: Segment,
  { from, to }: Range,
): AsyncGenerator<Buffer, void> {
  const end = Math.min(to, bytes);
  if (from >= end) {
    return;
  }
  const first = Math.max(0, Math.floor(from / CHUNK));
  const room = Buffer.alloc(SEALED);
  for (let index = first; index * CHUNK < end; index += 1) {
    const start = index * CHUNK;
    const sealed = room.subarray(0, Math.min(CHUNK, bytes - start) + SEALED - CHUNK);
    const { bytesRead } = await file.read(sealed, 0, sealed.length, offset + index * SEALED);
    const plain = bytesRead === sealed.length ? cipher.open(chunk + index, sealed) : undefined;
    if (!plain) {
      throw changed();
    }
    yield plain.subarray(Math.max(0, from - start), end - start);
  }
}

function changed(cause?: unknown): AppError {
  const detail =
    'A file in the folder "spool" of the data directory was changed or removed by somebody else.';
  return new AppError("STORE-UNAVAILABLE", { detail }, cause);
}
