import type { Fact, UsageLine, UsageSection } from "../views/view.ts";
import { breakWords, naturalWidths, plainTable } from "./text-layout.ts";

const GAP = 2;
const SHORTEST_NAME = 12;
/** Shorter bars would say less than they cost. */
const SHORTEST_BAR = 8;
const LONGEST_BAR = 32;
const WORKED = "█";
const FAILED = "░";

/** Lines wrapped to the width of the terminal. */
export type Layout = (lines: readonly string[]) => string;

/** Bars stand beside the lines that can be compared, as far as there is room. */
export function usageTable({ columns, rows }: Pick<UsageSection, "columns" | "rows">, room: number): string {
  const cells = [[...columns], ...rows.map(({ name, ok, failed, rate }) => [name, ok, failed, rate])];
  const [longest = 0, ...figures] = naturalWidths(cells);
  const left = room - figures.reduce((sum, width) => sum + width + GAP, 0);
  const name = Math.min(longest, Math.max(SHORTEST_NAME, left));
  const bar = Math.min(LONGEST_BAR, left - name - GAP);
  const hasBars = bar >= SHORTEST_BAR && rows.some(({ comparable }) => comparable);
  const most = Math.max(1, ...rows.filter(({ comparable }) => comparable).map(triesOf));
  const bars = [legendOf(columns, bar), ...rows.map((row) => barOf(row, most, bar))];
  return plainTable({
    rows: hasBars ? cells.map((row, index) => [...row, bars[index] ?? ""]) : cells,
    widths: [name, ...figures, ...(hasBars ? [bar] : [])],
    rightAligned: [1, 2, 3],
  });
}

/** Stands above the bars where there is room; their order follows that of the columns anyway. */
function legendOf([, ok, failed]: UsageSection["columns"], room: number): string {
  const legend = `${WORKED} ${ok}  ${FAILED} ${failed}`;
  return legend.length <= room ? legend : "";
}

/** A bar as long as the tries, the failed part light; none below 20 tries, where nothing is compared. */
function barOf(line: UsageLine, most: number, longest: number): string {
  if (!line.comparable) {
    return "";
  }
  const length = Math.max(1, Math.round((triesOf(line) / most) * longest));
  const worked = Math.round((line.successes / triesOf(line)) * length);
  return `${WORKED.repeat(worked)}${FAILED.repeat(length - worked)}`;
}

function triesOf({ successes, failures }: UsageLine): number {
  return successes + failures;
}

export function factsText(facts: readonly Fact[], room: number): string {
  const rows = facts.map(({ name, value }) => [name, value]);
  const [longest = 0, value = 0] = naturalWidths(rows);
  const name = Math.min(longest, Math.floor(room / 2));
  const rest = Math.min(value, Math.max(SHORTEST_NAME, room - name - GAP));
  return plainTable({
    rows: rows.map((row) => row.map((cell, column) => breakWords(cell, column === 0 ? name : rest))),
    widths: [name, rest],
    rightAligned: [],
  });
}
