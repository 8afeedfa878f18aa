import { createReadStream } from "node:fs";
import { transferFault } from "./format.ts";

/** Far more than a row has: a file without line ends must not fill the memory. */
const LONGEST = 16 * 1024 * 1024;

/** The lines of a file one after the other. A last one that has no line end is cut off, so it is left out. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of textOf(path)) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST) {
      throw transferFault(`${path} is no export of AuthPulse: a line of it does not end.`);
    }
    yield* lines;
  }
}

async function* textOf(path: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(path, { encoding: "utf8" });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw transferFault(`The file cannot be read: ${reason}.`, thrown);
  }
}
