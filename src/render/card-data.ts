import type { ActionButton, Button, UsageSection, UsageView, View } from "../views/view.ts";
import { action, fact, row, texts } from "./card-parts.ts";
import { digestParts } from "./digest-data.ts";
import { formParts, statusParts } from "./form-data.ts";
import { escapeMarkdown } from "./markdown.ts";
import { reportParts } from "./report-data.ts";

/** Bars of the chart; the table below it has every row. */
const BARS = 6;

/** A view as its template binds it: markdown escaped, optional parts absent, buttons as rows of actions. */
export function cardData(view: View): object {
  return {
    headline: view.headline,
    title: escapeMarkdown(view.title),
    ...firstLine(view),
    buttonRows: buttonRows(view),
    ...partsOf(view),
  };
}

/** A view is for one person or for all, so it has one of these lines at most. */
function firstLine({ onlyYou, placeNote }: View): object {
  const line = onlyYou ?? placeNote;
  return line === undefined ? {} : { onlyYou: escapeMarkdown(line) };
}

function partsOf(view: View): object {
  switch (view.kind) {
    case "usage":
      return usageParts(view);
    case "report":
      return reportParts(view);
    case "problem":
      return {
        what: escapeMarkdown(view.what),
        facts: view.facts.map(fact),
        reference: escapeMarkdown(view.reference),
      };
    case "whoami":
      return { facts: view.facts.map(fact), lines: texts(view.lines) };
    case "help":
      return {
        intro: escapeMarkdown(view.intro),
        ...(view.access !== undefined && { access: escapeMarkdown(view.access) }),
        commands: view.commands.map(({ words, summary }) => ({
          words: escapeMarkdown(words),
          summary: escapeMarkdown(summary),
        })),
        outro: texts(view.outro),
      };
    case "progress":
    case "notice":
      return { lines: texts(view.lines) };
    case "digest":
      return digestParts(view);
    case "form":
      return formParts(view);
    case "digest-status":
      return statusParts(view);
  }
}

function usageParts(view: UsageView): object {
  return {
    subtitle: escapeMarkdown(view.subtitle),
    ...(view.notices.length > 0 && { notices: texts(view.notices) }),
    sections: view.sections.map((section, index) => sectionData(section, index === 0)),
    explanations: texts(view.explanations),
    footer: escapeMarkdown(view.footer),
    refresh: action(view.refresh),
  };
}

/** One chart a card, above the first table. */
function sectionData(section: UsageSection, isFirst: boolean): object {
  const [name, ok, failed, rate] = section.columns.map(escapeMarkdown);
  return {
    headline: escapeMarkdown(section.headline),
    ...(section.remark !== undefined && { remark: escapeMarkdown(section.remark) }),
    columns: { name, ok, failed, rate },
    ...(section.rows.length > 0 && { rows: section.rows.map(row) }),
    remarks: texts(section.remarks),
    charts: isFirst && section.chart !== undefined ? [chart(section.chart, section)] : [],
  };
}

/** Charts know no markdown. */
function chart(title: string, { rows, columns: [, okLegend, failedLegend] }: UsageSection): object {
  const bars = rows.filter(({ comparable }) => comparable).slice(0, BARS);
  return {
    title,
    bars: bars.map(({ name, successes, failures }) => ({
      name,
      successes,
      failures,
      okLegend,
      failedLegend,
    })),
  };
}

/** Links stand last, and another look at the same numbers stands apart from what the card is for. */
function buttonRows({ buttons }: View): object[] {
  const actions = buttons.filter((button) => "verb" in button);
  const links = buttons.filter((button) => "url" in button);
  const isLook = ({ verb, question, base, paging }: ActionButton): boolean =>
    verb === "explain" || (verb === "look" && question.command === base?.command && !paging);
  const first = [...actions.filter((button) => !isLook(button)), ...links];
  return [...rowsThatFit(first), ...rowsThatFit(actions.filter(isLook))].map((buttonRow) => ({
    actions: buttonRow.flatMap((button) => ("verb" in button ? [action(button)] : [])),
    links: buttonRow.flatMap((button) => ("url" in button ? [button] : [])),
  }));
}

/** Room for buttons on a card that is 320 px wide, and what a button takes beside its title. */
const ROOM = 288;
const BUTTON_FRAME = 26;
const GAP = 8;
const PIXELS_OF_A_LETTER = 8.5;

/** Not every client wraps the buttons of one row: those that do not fit would be cut off. */
function rowsThatFit(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  let left = 0;
  for (const button of buttons) {
    const width = button.title.length * PIXELS_OF_A_LETTER + BUTTON_FRAME;
    const row = rows.at(-1);
    if (row !== undefined && width + GAP <= left) {
      row.push(button);
      left -= width + GAP;
    } else {
      rows.push([button]);
      left = ROOM - width;
    }
  }
  return rows;
}
