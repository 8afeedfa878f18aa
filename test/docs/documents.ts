import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/** Path from the root of every page that is written for people. */
export const PAGES: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

export function pathOf(page: string): string {
  return join(ROOT, page);
}

export function textOf(page: string): string {
  return readFileSync(pathOf(page), "utf8");
}

/** The cells of the table whose first heading is this one, row by row, without the headings. */
export function tableOf(page: string, heading: string): readonly (readonly string[])[] {
  const rows = textOf(page).split("\n").map(cellsOf);
  const begin = rows.findIndex(
    (cells, index) => cells?.[0] === heading && /^-+$/.test(rows[index + 1]?.[0] ?? ""),
  );
  if (begin < 0) {
    throw new Error(`${page} has no table that begins with "${heading}"`);
  }
  const body = rows.slice(begin + 2);
  const end = body.indexOf(undefined);
  return body.slice(0, end < 0 ? undefined : end).filter((cells) => cells !== undefined);
}

function cellsOf(line: string): readonly string[] | undefined {
  const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  return row?.split("|").map((cell) => cell.trim());
}

/** What stands between backticks. */
export function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}
