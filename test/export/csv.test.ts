import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvBytes, guarded } from "../../src/export/csv.ts";
import { readCsv } from "./setup.ts";

/** Mostly what is special to CSV and spreadsheets. */
const tricky = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      ",",
      ";",
      "\r",
      "\n",
      "\t",
      " ",
      "\u00a0",
      "\u200b",
      "\ufeff",
      "'",
      "a",
      "é",
      "名",
      "😀",
    ),
    fc.constantFrom("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁺", "⁻", "−"),
  ),
  maxLength: 12,
});

/** Where a spreadsheet may begin a cell: at its start and, with a list separator `;`, at each of these. */
function pieces(cell: string): readonly string[] {
  return cell.split(/[;\t\r\n]/);
}

function isFormula(piece: string): boolean {
  const [first = ""] = piece.replace(/^[\s\p{C}]+/u, "").normalize("NFKC");
  return "=+-@−".includes(first) && first !== "";
}

describe("csvBytes", () => {
  it("gives every cell back to a reader of RFC 4180, apart from the guard", () => {
    const cell = fc.oneof(tricky, fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1 }), (rows) => {
        const read = readCsv(csvBytes(rows).toString());

        expect(read).toEqual(rows.map((cells) => cells.map((text) => guarded(text))));
      }),
    );
  });

  it("quotes what RFC 4180 wants quoted, doubles quotes and ends each line with CRLF", () => {
    const bytes = csvBytes([
      ["plain", 'say "hi"', "a,b"],
      ["a\nb", "a\rb", ""],
    ]);

    expect(bytes.toString()).toBe('plain,"say ""hi""","a,b"\r\n"a\nb","a\rb",\r\n');
  });

  it("writes numbers plainly, times in ISO 8601, truth in words and nothing for what is not known", () => {
    const bytes = csvBytes([[-5, 0, 12_345_678, true, false, new Date("2026-08-03T10:00:00Z"), undefined]]);

    expect(bytes.toString()).toBe("-5,0,12345678,true,false,2026-08-03T10:00:00.000Z,\r\n");
  });

  it("writes nothing for no rows", () => {
    expect(csvBytes([]).length).toBe(0);
  });
});

describe("guarded", () => {
  it("leaves no piece of a cell that a spreadsheet takes for a formula", () => {
    fc.assert(
      fc.property(tricky, (text) => {
        expect(pieces(guarded(text)).filter(isFormula)).toEqual([]);
        expect(guarded(text)).not.toMatch(/^[\t\r\n]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it("adds apostrophes alone, and guards nothing twice", () => {
    fc.assert(
      fc.property(tricky, (text) => {
        expect(guarded(text).replaceAll("'", "")).toBe(text.replaceAll("'", ""));
        expect(guarded(guarded(text))).toBe(guarded(text));
      }),
    );
  });

  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    [" =1", "' =1"],
    ['x;"=1+1', `x;'"=1+1`],
    ["+49 30 1", "'+49 30 1"],
    ["-5", "'-5"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["＝1", "'＝1"],
    ["\tx", "'\tx"],
    ["a;=1", "a;'=1"],
    ["a\n=1", "a\n'=1"],
  ])("guards %j", (text, safe) => {
    expect(guarded(text)).toBe(safe);
  });

  it.each(["", "Ana Sá", "ana@example.com", "O'Neil", "Smith-Jones; Ana", "1+1=2", "ext. -5"])(
    "leaves %j alone",
    (text) => {
      expect(guarded(text)).toBe(text);
    },
  );
});
