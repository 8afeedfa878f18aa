import type { Core } from "../core.ts";
import { AppError } from "../kernel/problem.ts";
import { OPERATOR } from "./ask-operator.ts";

/** Bytes of one part: in base64 well below what one answer of the local socket may have. */
const PART = 4 * 1024 * 1024;

interface Part {
  readonly id: string;
  /** The first byte. */
  readonly from: number;
}

/** Part of a file that was made for the terminal, in base64; "" at its end. Rejects where it is not there any more. */
export async function partOfFile({ files }: Core, { id, from }: Part): Promise<string> {
  const file = files.file(id, OPERATOR);
  if (!file) {
    throw new AppError("STORE-UNAVAILABLE", {
      detail: "The export is not there any more. Ask for it again.",
    });
  }
  const pieces: Buffer[] = [];
  for await (const piece of file.read(from, Math.min(from + PART, file.size))) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("base64");
}

/** The terminal has all of it, or could not take it: the file is removed, and the audit has its line. */
export async function endFile(
  { files }: Core,
  { id, isTaken }: Pick<Part, "id"> & { readonly isTaken: boolean },
): Promise<null> {
  await (isTaken ? files.taken(id, OPERATOR) : files.dropped(id, OPERATOR));
  return null;
}
