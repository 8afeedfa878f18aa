import type { DoctorWords } from "../reference/words/doctor-words.ts";
import { breakWords, naturalWidths, plainTable, wrap } from "../render/text-layout.ts";
import type { Row, RowState } from "./row.ts";

/** Below it the columns stand under one another. */
const NARROW = 60;
const WIDEST = 100;
const GAP = 2;

/** How many rows are in each state. */
export function countsOf(rows: readonly Row[]): Readonly<Record<RowState, number>> {
  const count = (state: RowState): number => rows.filter((row) => row.state === state).length;
  return { ok: count("ok"), problem: count("problem"), skipped: count("skipped") };
}

/** The rows for a terminal of so many columns, and a summary. */
export function diagnosisText(rows: readonly Row[], width: number, words: DoctorWords): string {
  const room = Math.max(24, Math.min(width, WIDEST));
  const text = room < NARROW ? listText(rows, room, words) : tableText(rows, room, words);
  return `${text}\n\n${wrap(words.summary(countsOf(rows)), room)}`;
}

function tableText(rows: readonly Row[], room: number, words: DoctorWords): string {
  const cells = rows.map((row) => [row.id, words.states[row.state], saidOf(row, words).join("\n")]);
  const [id = 0, state = 0] = naturalWidths([words.columns, ...cells].map((row) => row.slice(0, 2)));
  const what = room - id - state - 2 * GAP;
  const wrapped = cells.map(([name = "", is = "", text = ""]) => [name, is, fitted(text, what)]);
  return plainTable({
    rows: [[...words.columns], ...wrapped],
    widths: [id, state, what],
    rightAligned: [],
  });
}

function listText(rows: readonly Row[], room: number, words: DoctorWords): string {
  return rows
    .map((row) => [`${words.states[row.state]}: ${row.id}`, ...saidOf(row, words)])
    .map(([head = "", ...said]) => [head, ...said.map((line) => indented(line, room))].join("\n"))
    .join("\n");
}

/** What was seen; under it what to do, except where all is well. */
function saidOf({ what, remedy, code, requestId }: Row, words: DoctorWords): readonly string[] {
  return [
    code === undefined ? what : `${what} [${code}]`,
    ...(remedy === undefined ? [] : [`${words.remedy} ${remedy}`]),
    ...(requestId === undefined ? [] : [`${words.requestId} ${requestId}`]),
  ];
}

function fitted(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => wrap(breakWords(line, width), width))
    .join("\n");
}

function indented(line: string, room: number): string {
  return fitted(line, room - GAP)
    .split("\n")
    .map((part) => `${" ".repeat(GAP)}${part}`)
    .join("\n");
}
