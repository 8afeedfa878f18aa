import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { parse } from "../language/parse.ts";
import { EXIT, type Terminal } from "./terminal.ts";

/** Prints what is understood and runs nothing. A single `-` reads one message a line, blank ones too. */
export async function parseOnly(terminal: Terminal, words: readonly string[]): Promise<number> {
  if (words.length !== 1 || words[0] !== "-") {
    terminal.print(JSON.stringify(parse(words.join(" "))));
    return EXIT.done;
  }
  for await (const line of createInterface({
    input: Readable.from(terminal.input),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    terminal.print(JSON.stringify(parse(line)));
  }
  return EXIT.done;
}
