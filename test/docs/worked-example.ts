import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { textOf } from "./documents.ts";

/** A file of the page's example: all of it, or lines that change one which is there. */
interface Step {
  readonly path: string;
  readonly kind: "ts" | "diff";
  readonly text: string;
}

const PAGE = "docs/adding-a-report.md";

/** A path in bold names the file of the blocks below it. */
export function stepsOfExample(): readonly Step[] {
  const steps: Step[] = [];
  let path: string | undefined;
  for (const [, named, kind, text = ""] of textOf(PAGE).matchAll(
    /^\*\*`(.+)`\*\*$|^```(\w+)\n([\s\S]*?)^```$/gm,
  )) {
    if (named !== undefined) {
      path = named;
    } else if (path !== undefined && (kind === "ts" || kind === "diff")) {
      steps.push({ path, kind, text });
    } else {
      throw new Error(`${PAGE} has a block in "${kind}" that belongs to no file`);
    }
  }
  return steps;
}

/** Does what the page says to the sources below `root`; what they look like otherwise stays. */
export async function followExample(root: string): Promise<void> {
  for (const { path, kind, text } of stepsOfExample()) {
    const place = join(root, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, kind === "ts" ? text : changed(await readFile(place, "utf8"), text, path));
  }
}

/** Lines that begin with a blank or "-" have to be there once; those with a blank or "+" are there afterwards. */
export function changed(source: string, diff: string, path: string): string {
  const lines = diff.split("\n").filter((line) => line !== "");
  const side = (sign: string) =>
    lines
      .filter((line) => line.startsWith(" ") || line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const [before, after] = [`\n${side("-")}`, `\n${side("+")}`];
  const text = `\n${source}`;
  const at = text.indexOf(before);
  if (at < 0 || text.includes(before, at + 1)) {
    throw new Error(`${path} has these lines ${at < 0 ? "nowhere" : "more than once"}:${before}`);
  }
  return (text.slice(0, at) + after + text.slice(at + before.length)).slice(1);
}
