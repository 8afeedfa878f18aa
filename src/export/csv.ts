import { type Options, stringify } from "csv-stringify/sync";

/** What a cell can hold. Numbers stay numbers, times are ISO 8601 in UTC, and undefined is an empty cell. */
export type Cell = string | number | boolean | Date | undefined;
export type Row = readonly Cell[];

/** Without it Excel reads a file that is opened by a double click in the machine's own code page. */
export const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/**
 * Rows as the bytes of CSV: RFC 4180 in UTF-8, every line ended by CRLF, cells guarded against formulas.
 * A batch at a time, so that the rows of a large file never stand in memory together.
 */
export function csvBytes(rows: readonly Row[]): Buffer {
  return Buffer.from(stringify(rows as Row[], OPTIONS));
}

const OPTIONS: Options = {
  record_delimiter: "windows",
  // A cell with a line feed alone would otherwise stand without quotes.
  quote_record_delimiter: true,
  cast: {
    string: guarded,
    boolean: String,
    date: (value) => value.toISOString(),
  },
};

/**
 * Text that no spreadsheet takes for a formula: an apostrophe stands before what could begin one, which
 * spreadsheets show as text (owasp.org/www-community/attacks/CSV_Injection).
 *
 * The package's own `escape_formulas` looks at the very first character only. It lets through ` =1+1`, a line
 * feed, and the small and superscript forms that normalisation turns into the same signs. It also does not see
 * that where Windows separates lists by semicolons, Excel cuts a cell at each of them and at each line end, in
 * spite of quotes, so that `a;=1+1` begins a formula in its middle.
 */
export function guarded(text: string): string {
  return MAY_BE_FORMULA.test(text) ? text.replaceAll(FORMULA_START, "'") : text;
}

/** The signs, with their full-width, small, superscript and subscript forms and the minus sign. */
const SIGNS =
  "=+\\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u207A\u207B\u207C\u208A\u208B\u208C\u2212";
const MAY_BE_FORMULA = new RegExp(`[${SIGNS}]|^[\\t\\r\\n]`);
const FORMULA_START = new RegExp(
  `(?<=^|[;\\t\\r\\n])(?=[[\\s\\p{C}"]--[\\t\\r\\n]]*[${SIGNS}])|^(?=[\\t\\r\\n])`,
  "gv",
);
