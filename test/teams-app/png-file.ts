import { crc32, deflateSync } from "node:zlib";

interface PictureOptions {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of a pixel. */
  readonly pixel?: (x: number, y: number) => readonly [number, number, number, number];
  /** The filter of each row, 0 to 4. */
  readonly filter?: (y: number) => number;
  readonly colorType?: number;
  readonly interlace?: number;
}

/** A PNG file; what is not given is white where x is even, and transparent elsewhere. */
export function pngFile({
  width,
  height,
  pixel = (x) => (x % 2 === 0 ? [255, 255, 255, 255] : [0, 0, 0, 0]),
  filter = () => 0,
  colorType = 6,
  interlace = 0,
}: PictureOptions): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colorType, 0, 0, interlace], 8);
  const rows: Buffer[] = [];
  const filtered: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const row = Buffer.from(Array.from({ length: width }, (_, x) => pixel(x, y)).flat());
    filtered.push(Buffer.from([filter(y)]), encoded(row, rows.at(-1), filter(y)));
    rows.push(row);
  }
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(filtered))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** What a row's filter leaves of it, written as the specification has it and not as the reader does. */
function encoded(row: Buffer, above: Buffer | undefined, filter: number): Buffer {
  return Buffer.from(
    row.map((byte, at) => {
      const [a, b, c] = [row[at - 4] ?? 0, above?.[at] ?? 0, above?.[at - 4] ?? 0];
      const distances = [a, b, c].map((value) => Math.abs(a + b - c - value));
      const nearest = [a, b, c][distances.indexOf(Math.min(...distances))] ?? 0;
      return byte - ([0, a, b, Math.floor((a + b) / 2), nearest][filter] ?? 0);
    }),
  );
}
