import type { Button, UsageSection, View } from "../views/view.ts";
import { digestText, formText, statusText } from "./digest-text.ts";
import { reportText } from "./report-text.ts";
import { wrap } from "./text-layout.ts";
import { factsText, type Layout, usageTable } from "./text-parts.ts";

const NARROWEST = 40;
const INDENT = "  ";

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

function bodyOf(view: View, heading: readonly string[], room: number, text: Layout): string[] {
  switch (view.kind) {
    case "usage":
      return [
        text([...heading, view.subtitle]),
        text(view.notices),
        ...view.sections.map((section) => sectionText(section, room, text)),
        text([...view.explanations, view.footer]),
      ];
    case "report":
      return reportText(view, heading, room, text);
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
    case "digest":
      return digestText(view, heading, room, text);
    case "form":
      return formText(view, heading, text);
    case "digest-status":
      return statusText(view, heading, room, text);
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
