import type { Advice, LineChart, ReportSection, ReportTable, ReportView } from "../views/view.ts";
import { action, texts } from "./card-parts.ts";
import { factLists } from "./digest-data.ts";
import { escapeMarkdown } from "./markdown.ts";

/** Relative widths: what holds words is twice as wide as figures. */
const WORDS = 4;
const FIGURES = 2;

export function reportParts(view: ReportView): object {
  return {
    subtitle: escapeMarkdown(view.subtitle),
    ...(view.notices.length > 0 && { notices: texts(view.notices) }),
    sections: view.sections.map(sectionData),
    explanations: texts(view.explanations),
    footer: escapeMarkdown(view.footer),
    ...(view.refresh && { refresh: action(view.refresh) }),
  };
}

function sectionData({ headline, facts, chart, table, remarks, advice = [] }: ReportSection): object {
  return {
    ...(headline !== undefined && { headline: escapeMarkdown(headline) }),
    lists: factLists(facts ?? []),
    charts: chart ? [chartData(chart)] : [],
    tables: table ? [tableData(table)] : [],
    remarks: texts(remarks),
    advice: advice.map((one) => ({ text: adviceData(one) })),
  };
}

function adviceData({ name, text, page }: Advice): string {
  const link = page ? ` [${escapeMarkdown(page.title)}](${page.url})` : "";
  return `**${escapeMarkdown(name)}**: ${escapeMarkdown(text)}${link}`;
}

/** Blue for what works, orange for what does not; Teams calls its orange marigold. */
const LINE_COLORS = ["categoricalBlue", "categoricalMarigold"];

/** Charts know no markdown. */
function chartData({ title, axis, lines }: LineChart): object {
  return {
    title,
    xTitle: axis,
    lines: lines.map((line, index) => ({ ...line, color: LINE_COLORS[index] })),
  };
}

function tableData({ columns, wordColumns = [], widths, rows }: ReportTable): object {
  const isWords = (column: number): boolean => column === 0 || wordColumns.includes(column);
  const cells = (row: readonly string[]): object[] =>
    row.map((text, column) => ({
      text: escapeMarkdown(text),
      align: isWords(column) ? "Left" : "Right",
    }));
  return {
    widths: columns.map((_name, column) => ({
      width: widths?.[column] ?? (isWords(column) ? WORDS : FIGURES),
    })),
    header: cells(columns),
    rows: rows.map((row) => ({ cells: cells(row) })),
  };
}
