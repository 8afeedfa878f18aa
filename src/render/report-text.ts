import type { Advice, ReportSection, ReportTable, ReportView } from "../views/view.ts";
import { breakWords, naturalWidths, plainTable } from "./text-layout.ts";
import { factsText, type Layout } from "./text-parts.ts";

const GAP = 2;
const NARROWEST = 8;

export function reportText(
  view: ReportView,
  heading: readonly string[],
  room: number,
  text: Layout,
): string[] {
  return [
    text([...heading, view.subtitle]),
    text(view.notices),
    ...view.sections.map((section) => sectionText(section, room, text)),
    text([...view.explanations, view.footer]),
  ];
}

function sectionText(
  { headline, facts = [], table, remarks, advice = [] }: ReportSection,
  room: number,
  text: Layout,
): string {
  return [
    ...(headline === undefined ? [] : [text([headline])]),
    ...(facts.length > 0 ? [factsText(facts, room)] : []),
    ...(table ? [tableText(table, room)] : []),
    ...(remarks.length > 0 ? [text(remarks)] : []),
    ...(advice.length > 0 ? [text(advice.map(adviceText))] : []),
  ].join("\n");
}

function adviceText({ name, text, page }: Advice): string {
  return [`${name}: ${text}`, ...(page ? [page.url] : [])].join(" ");
}

/** Figures take what they need; words share the rest, and long ones are broken rather than cut. */
function tableText({ columns, wordColumns = [], rows }: ReportTable, room: number): string {
  const cells = [columns, ...rows];
  const isWords = (column: number): boolean => column === 0 || wordColumns.includes(column);
  const natural = naturalWidths(cells);
  const figures = natural.filter((_width, column) => !isWords(column));
  const left = room - figures.reduce((sum, width) => sum + width, 0) - GAP * (columns.length - 1);
  const shares = shareOut(
    natural.filter((_width, column) => isWords(column)),
    left,
  );
  const widths = natural.map((width, column) => (isWords(column) ? (shares.shift() ?? NARROWEST) : width));
  return plainTable({
    rows: cells.map((row) => row.map((cell, column) => breakWords(cell, widths[column] ?? NARROWEST))),
    widths,
    rightAligned: [...columns.keys()].filter((column) => !isWords(column)),
  });
}

/** The narrow columns get what they need, the wide ones an equal part of what is left. */
function shareOut(wanted: readonly number[], room: number): number[] {
  const shares = new Map<number, number>();
  let left = room;
  const byWidth = [...wanted.entries()].sort(([, one], [, other]) => one - other);
  for (const [position, [column, width]] of byWidth.entries()) {
    const share = Math.max(NARROWEST, Math.min(width, Math.floor(left / (byWidth.length - position))));
    shares.set(column, share);
    left -= share;
  }
  return wanted.map((_width, column) => shares.get(column) ?? NARROWEST);
}
