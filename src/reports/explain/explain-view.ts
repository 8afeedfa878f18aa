import type { Question } from "../../language/question.ts";
import { PEOPLE_FIGURES } from "../../ports/people.ts";
import type { Words } from "../../reference/words/words.ts";
import { createFormat } from "../../views/format.ts";
import { printable } from "../../views/plain-text.ts";
import type { ReportSection, ReportTable, ReportView } from "../../views/view.ts";
import { shownScope } from "../people-reading.ts";
import { isMethodWanted, isWanted } from "../usage/count.ts";
import type { Telling } from "../usage/section.ts";
import { readFacts } from "./facts.ts";
import { type ExplainedTo, madeView } from "./made-view.ts";
import type { ExplainedNumbers } from "./numbers.ts";

export interface ExplainAnswer extends ExplainedTo {
  readonly numbers: ExplainedNumbers;
}

/**
 * How the figures of an answer came about: what was asked of Graph, when, for whom, how each figure is made, Graph's own
 * words, and the tile of the Entra admin center that shows the same. Pure.
 */
export function explainView({ numbers, ...to }: ExplainAnswer): ReportView {
  const { question, audience } = to;
  const { words } = audience;
  const { explain } = words.reports;
  const telling: Telling = { words, format: createFormat(audience) };
  return madeView(
    readFacts(numbers, question, telling),
    [
      { headline: explain.formulas, table: formulas(numbers, words), remarks: [] },
      ...rawSections(numbers, question, words),
      {
        headline: explain.adminCenter,
        remarks: [
          ...explain.tiles[numbers.about],
          ...("reading" in numbers && numbers.reading.reader === "details" ? [explain.otherPeople] : []),
          ...explain.differs[numbers.about],
        ],
      },
    ],
    to,
  );
}

/** Each figure and what it is made of, for this reader. */
function formulas(numbers: ExplainedNumbers, words: Words): ReportTable {
  const { explain, registration } = words.reports;
  const rows =
    numbers.about === "registration"
      ? PEOPLE_FIGURES.map((figure) => [
          registration.figures[figure],
          explain.registration[numbers.reading.reader][figure],
        ])
      : explain.figures[numbers.about].map(([figure, formula]) => [figure, formula]);
  return { columns: [explain.columns.figure, explain.columns.formula], wordColumns: [1], rows };
}

/** A count of people by figure has no values of its own. */
function rawSections(numbers: ExplainedNumbers, question: Question, words: Words): ReportSection[] {
  return numbers.about === "registration"
    ? []
    : [{ headline: words.reports.explain.raw, remarks: [rawText(rawValues(numbers, question), words)] }];
}

function rawValues(numbers: ExplainedNumbers, question: Question): string[] {
  if ("snapshot" in numbers) {
    const rows = numbers.snapshot.rows.filter((row) => isWanted(row, question.options));
    return [...rows.map(({ feature }) => feature), ...rows.map(({ method }) => method)];
  }
  const { counts } = shownScope({ reading: numbers.reading, question });
  const asked = numbers.about === "phone-retirement" ? "phone" : question.options.method;
  return Object.keys(counts.methods ?? {}).filter((method) => isMethodWanted(method, asked));
}

const VALUES_SHOWN = 60;

function rawText(values: readonly string[], { reports: { explain }, noName }: Words): string {
  const distinct = [...new Set(values)].map((value) => printable(value) || noName);
  const shown = distinct.slice(0, VALUES_SHOWN);
  return shown.length > 0 ? explain.rawValues(shown, distinct.length - shown.length) : explain.noRawValues;
}
