import type { Button, Fact, UsageLine, UsageSection, View } from "../views/view.ts";
import { naturalWidths, plainTable, wrap } from "./text-layout.ts";

const NARROWEST = 40;
const GAP = 2;
const INDENT = "  ";
const SHORTEST_NAME = 12;
/** Shorter bars would say less than they cost. */
const SHORTEST_BAR = 8;
const LONGEST_BAR = 32;
const WORKED = "█";
const FAILED = "░";

/**
 * The view as plain text, at most `width` characters wide where figures and links allow it: the words and
 * figures of the card, bars instead of its chart, and its links instead of its buttons.
 */
export function viewText(view: View, width: number): string {
  const room = Math.max(NARROWEST, width);
  const text = (lines: readonly string[]): string => lines.map((line) => wrap(line, room)).join("\n");
  const links = view.buttons.flatMap((button) => ("url" in button ? [`${button.title}: ${button.url}`] : []));
  const heading = [...(view.onlyYou === undefined ? [] : [view.onlyYou]), view.title];
  const blocks = [...bodyOf(view, heading, room, text), links.join("\n")];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

type Layout = (lines: readonly string[]) => string;

function bodyOf(view: View, heading: readonly string[], room: number, text: Layout): string[] {
  switch (view.kind) {
    case "usage":
      return [
        text([...heading, view.subtitle]),
        text(view.notices),
        ...view.sections.map((section) => sectionText(section, room, text)),
        text([...view.explanations, view.footer]),
      ];
    case "problem":
      return [text(heading), text([view.what]), factsText(view.facts, room), view.reference];
    case "whoami":
      return [text(heading), factsText(view.facts, room), text(view.lines)];
    case "help":
      return [
        text(heading),
        text([view.intro, ...(view.access === undefined ? [] : [view.access])]),
        factsText(
          view.commands.map(({ words, summary }) => ({ name: words, value: summary })),
          room,
        ),
        text(view.outro),
      ];
    case "progress":
      return [text(heading), text(view.lines)];
    case "notice":
      return [text(heading), text(view.lines), askable(view.buttons)];
  }
}

/** What the card offers as buttons, to be typed. */
function askable(buttons: readonly Button[]): string {
  return buttons
    .filter((button) => "verb" in button && button.verb === "ask")
    .map(({ title }) => `${INDENT}${title}`)
    .join("\n");
}

function sectionText(section: UsageSection, room: number, text: Layout): string {
  const news = text([section.headline, ...(section.remark === undefined ? [] : [section.remark])]);
  const table = section.rows.length > 0 ? [usageTable(section, room)] : [];
  return [news, ...table, ...section.remarks.map((remark) => text([remark]))].join("\n");
}

function usageTable({ columns, rows }: UsageSection, room: number): string {
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

function factsText(facts: readonly Fact[], room: number): string {
  const rows = facts.map(({ name, value }) => [name, value]);
  const [name = 0, value = 0] = naturalWidths(rows);
  return plainTable({
    rows,
    widths: [name, Math.min(value, Math.max(SHORTEST_NAME, room - name - GAP))],
    rightAligned: [],
  });
}
