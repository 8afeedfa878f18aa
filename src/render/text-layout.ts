import Table from "cli-table3";

const GAP = "  ";
const NO_BORDER = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: GAP,
};

export interface PlainTable {
  readonly rows: readonly (readonly string[])[];
  /** Of every column; text that is longer is wrapped. */
  readonly widths: readonly number[];
  readonly rightAligned: readonly number[];
}

/** Columns beside one another, two blanks between them, no lines. */
export function plainTable({ rows, widths, rightAligned }: PlainTable): string {
  const table = new Table({
    chars: NO_BORDER,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: [...widths],
    colAligns: widths.map((_width, column) => (rightAligned.includes(column) ? "right" : "left")),
    wordWrap: true,
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replace(/ +$/gm, "");
}

/** Every column as wide as its longest text. */
export function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_unused, column) =>
    Math.max(1, ...rows.map((row) => columnsOf(row[column] ?? ""))),
  );
}

/** Characters from here on take two columns in a terminal (Hangul, CJK, full-width forms, emoji). */
const WIDE_FROM = 0x1100;

function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + widthOf(character.codePointAt(0) ?? 0), 0);
}

function widthOf(codePoint: number): number {
  const isPunctuation = codePoint >= 0x2000 && codePoint < 0x2e80;
  return codePoint < WIDE_FROM || isPunctuation ? 1 : 2;
}

/** Lines of at most `width` columns, broken at blanks; a longer word stands alone. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join("\n");
}

/** The text with words that are wider than `width` columns broken, so that a table does not cut them. */
export function breakWords(text: string, width: number): string {
  return text
    .split(" ")
    .map((word) => (columnsOf(word) <= width ? word : pieces(word, width).join("\n")))
    .join(" ");
}

function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && columnsOf(piece + character) > width) {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}
