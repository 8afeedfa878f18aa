import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type IconKind, iconProblems } from "../../src/teams-app/icons.ts";
import { pixelsOf, readPng } from "../../src/teams-app/png.ts";
import { pngFile } from "./png-file.ts";

function own(file: string): Buffer {
  return readFileSync(new URL(`../../manifest/${file}`, import.meta.url));
}

function faults(kind: IconKind, bytes: Buffer | undefined): readonly string[] {
  return iconProblems(kind, "icon.png", bytes).map(({ problem }) => problem);
}

describe("the product's icons", () => {
  test("are as Teams takes them", () => {
    expect(faults("color", own("color.png"))).toEqual([]);
    expect(faults("outline", own("outline.png"))).toEqual([]);
  });
});

describe("an icon", () => {
  test("that is not there is named with what belongs there", () => {
    expect(iconProblems("color", "manifest/color.png", undefined)).toEqual([
      {
        what: "manifest/color.png",
        problem: "It is missing.",
        remedy: "Put a PNG of 192 × 192 pixels there.",
      },
    ]);
  });

  test.each([
    ["a text", Buffer.from("no picture")],
    ["an empty file", Buffer.alloc(0)],
    ["a JPEG", Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex")],
    ["a file that is cut off", own("color.png").subarray(0, 3_000)],
    ["a file without its last bytes", own("color.png").subarray(0, -1)],
  ])("that is %s is refused", (_, bytes) => {
    expect(faults("color", bytes)).toEqual(["It is no PNG, or one that is cut off."]);
  });

  test.each(["color", "outline"] as const)("of another size is refused as %s", (kind) => {
    const side = kind === "color" ? 192 : 32;

    expect(faults(kind, pngFile({ width: side, height: 33 }))).toEqual([
      `It has ${side} × 33 pixels; Teams takes ${side} × ${side} only.`,
    ]);
  });

  test("in full colour may have any colours", () => {
    expect(faults("color", pngFile({ width: 192, height: 192, pixel: (x, y) => [x, y, 7, 99] }))).toEqual([]);
  });
});

describe("an outline icon", () => {
  const size = { width: 32, height: 32 };

  test("may be white and transparent", () => {
    expect(faults("outline", pngFile(size))).toEqual([]);
  });

  test.each([
    ["black", [0, 0, 0, 255], "000000ff"],
    ["almost white", [255, 255, 254, 255], "fffffeff"],
    ["half transparent", [255, 255, 255, 128], "ffffff80"],
  ] as const)("with one pixel that is %s is refused, and the pixel named", (_, color, told) => {
    const pixel = (x: number, y: number) =>
      x === 3 && y === 30 ? color : ([255, 255, 255, x === 0 ? 0 : 255] as const);

    expect(faults("outline", pngFile({ ...size, pixel }))).toEqual([
      `The pixel 3, 30 is neither white nor transparent (RGBA ${told}).`,
    ]);
  });

  test("needs something to see, and something to see through", () => {
    const empty = pngFile({ ...size, pixel: () => [255, 255, 255, 0] });
    const full = pngFile({ ...size, pixel: () => [255, 255, 255, 255] });

    expect(faults("outline", empty)).toEqual(["Nothing of it can be seen."]);
    expect(faults("outline", full)).toEqual(["Nothing of it is transparent."]);
  });

  test.each([
    ["has no transparency", pngFile({ ...size, colorType: 2 })],
    ["is interlaced", pngFile({ ...size, interlace: 1 })],
    ["has damaged rows", damaged(pngFile(size))],
  ])("that %s is refused", (_, bytes) => {
    expect(faults("outline", bytes)).toEqual([
      "Its pixels cannot be read: it is not 8 bits with transparency, or damaged.",
    ]);
  });

  test("is read through each kind of filter", () => {
    const pixel = (x: number, y: number) => [(x * 37 + y * 11) % 256, (x * y) % 256, x ^ y, 255 - x] as const;
    const plain = Buffer.from(
      Array.from({ length: 32 * 32 }, (_, at) => pixel(at % 32, Math.floor(at / 32))).flat(),
    );

    const png = readPng(pngFile({ ...size, pixel, filter: (y) => y % 5 }));

    expect(png && pixelsOf(png)).toEqual(plain);
  });
});

/** Its compressed rows are those of no picture. */
function damaged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy.fill(0xee, 43, 53);
  return copy;
}
