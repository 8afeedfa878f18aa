import { type Png, pixelsOf, readPng } from "./png.ts";
import type { PackageProblem } from "./problem.ts";

export const ICON_KINDS = ["color", "outline"] as const;

export type IconKind = (typeof ICON_KINDS)[number];

/** Side in pixels (learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package). */
const SIDES: Readonly<Record<IconKind, number>> = { color: 192, outline: 32 };

/** What Teams refuses about an icon; `file` is its name for the problem, `bytes` is undefined where it is not there. */
export function iconProblems(
  kind: IconKind,
  file: string,
  bytes: Buffer | undefined,
): readonly PackageProblem[] {
  const side = SIDES[kind];
  const png = bytes && readPng(bytes);
  const fault = png
    ? pictureFault(kind, png)
    : bytes
      ? "It is no PNG, or one that is cut off."
      : "It is missing.";
  const kinds = {
    color: `a PNG of ${side} × ${side} pixels`,
    outline: `a PNG of ${side} × ${side} pixels, 8 bits with transparency (RGBA), white on nothing`,
  };
  return fault === undefined ? [] : [{ what: file, problem: fault, remedy: `Put ${kinds[kind]} there.` }];
}

function pictureFault(kind: IconKind, png: Png): string | undefined {
  const side = SIDES[kind];
  if (png.width !== side || png.height !== side) {
    return `It has ${png.width} × ${png.height} pixels; Teams takes ${side} × ${side} only.`;
  }
  return kind === "outline" ? outlineFault(pixelsOf(png)) : undefined;
}

/**
 * `InvalidOutlineIconTransparency` (learn.microsoft.com/graph/api/teamsapp-publish): every pixel is transparent or
 * white. Half-transparent ones, which smooth an edge, are neither.
 */
function outlineFault(pixels: Buffer | undefined): string | undefined {
  if (!pixels) {
    return "Its pixels cannot be read: it is not 8 bits with transparency, or damaged.";
  }
  let white = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const color = pixels.readUInt32BE(at);
    const isTransparent = (color & 0xff) === 0;
    if (!isTransparent && color !== 0xffffffff) {
      return `The pixel ${placeOf(at / 4)} is neither white nor transparent (RGBA ${color.toString(16).padStart(8, "0")}).`;
    }
    white += isTransparent ? 0 : 1;
  }
  if (white === 0) {
    return "Nothing of it can be seen.";
  }
  return white === pixels.length / 4 ? "Nothing of it is transparent." : undefined;
}

function placeOf(pixel: number): string {
  return `${pixel % SIDES.outline}, ${Math.floor(pixel / SIDES.outline)}`;
}
