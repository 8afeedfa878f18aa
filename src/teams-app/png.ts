import { inflateSync } from "node:zlib";

/** A PNG file as far as its chunks tell (www.w3.org/TR/png-3). */
export interface Png {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 2 is RGB, 6 is RGB with transparency. */
  readonly colorType: number;
  readonly interlaced: boolean;
  /** The compressed rows. */
  readonly data: Buffer;
}

const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Undefined where it is no PNG, or one that is cut off. */
export function readPng(bytes: Buffer): Png | undefined {
  const chunks = bytes.subarray(0, 8).equals(SIGNATURE) ? chunksOf(bytes) : undefined;
  const header = chunks?.[0];
  if (!chunks || header?.type !== "IHDR" || header.data.length !== 13) {
    return undefined;
  }
  const data = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map((chunk) => chunk.data));
  return {
    width: header.data.readUInt32BE(0),
    height: header.data.readUInt32BE(4),
    bitDepth: header.data.readUInt8(8),
    colorType: header.data.readUInt8(9),
    interlaced: header.data.readUInt8(12) !== 0,
    data,
  };
}

/** Undefined where the last one is missing: the file was cut off. */
function chunksOf(bytes: Buffer): readonly { readonly type: string; readonly data: Buffer }[] | undefined {
  const chunks = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
    if (type === "IEND") {
      return at <= bytes.length ? chunks : undefined;
    }
  }
  return undefined;
}

const CHANNELS = 4;

/**
 * Red, green, blue and alpha of every pixel, row by row. Undefined for a kind of PNG other than 8 bits with
 * transparency and without interlace, and where the rows cannot be read.
 */
export function pixelsOf({ width, height, bitDepth, colorType, interlaced, data }: Png): Buffer | undefined {
  if (bitDepth !== 8 || colorType !== 6 || interlaced) {
    return undefined;
  }
  const rowLength = width * CHANNELS;
  const stored = inflated(data, height * (rowLength + 1));
  if (!stored) {
    return undefined;
  }
  const rows: Buffer[] = [];
  for (let at = 0; at < stored.length; at += rowLength + 1) {
    const filter = stored.readUInt8(at);
    rows.push(unfiltered(filter, stored.subarray(at + 1, at + 1 + rowLength), rows.at(-1)));
  }
  return Buffer.concat(rows);
}

/** A row as it is, from what is stored of it and the row above; the first row has nothing above. */
function unfiltered(filter: number, stored: Buffer, above: Buffer | undefined): Buffer {
  const row = Buffer.alloc(stored.length);
  for (const [at, byte] of stored.entries()) {
    const left = row[at - CHANNELS] ?? 0;
    const up = above?.[at] ?? 0;
    const upLeft = above?.[at - CHANNELS] ?? 0;
    row[at] = byte + predicted(filter, left, up, upLeft);
  }
  return row;
}

function inflated(data: Buffer, length: number): Buffer | undefined {
  try {
    const rows = inflateSync(data, { maxOutputLength: length + 1 });
    return rows.length === length ? rows : undefined;
  } catch {
    // What cannot be inflated is a damaged picture, and told as one.
    return undefined;
  }
}

/** What a row's filter adds to each byte. */
function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      return 0;
  }
}

/** The neighbour that is nearest to `left + up - upLeft`. */
function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) {
    return left;
  }
  return toUp <= toUpLeft ? up : upLeft;
}
