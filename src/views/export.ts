import type { ProblemCode, ProblemFacts } from "../kernel/problem.ts";
import type { Question } from "../language/question.ts";
import type { ExportWords } from "../reference/words/export-words.ts";
import type { Audience } from "./audience.ts";
import { createFormat } from "./format.ts";
import { plainNotice } from "./notice.ts";
import { problemView } from "./problem.ts";
import type { ActionButton, Fact, NoticeView, ProblemView, ProgressView, ReportView } from "./view.ts";

/** What all views of one export say alike. */
export interface ExportShown {
  readonly id: string;
  /** Title of the report. */
  readonly report: string;
  /** Of the file. */
  readonly name: string;
  readonly question: Question;
  readonly audience: Audience;
}

/** How far a file is that is being made. */
export function makingView(shown: ExportShown, rows: number): ProgressView {
  const { exports } = shown.audience.words;
  const line = rows === 0 ? exports.starting : exports.sofar(rowsText(rows, shown.audience));
  return {
    kind: "progress",
    title: exports.title(shown.report),
    headline: line,
    lines: [line, exports.stay],
    buttons: [endButton(exports.cancel, shown)],
  };
}

export interface MadeFile {
  readonly rows: number;
  /** Bytes. */
  readonly size: number;
  /** The figures that the file begins with. */
  readonly facts: readonly Fact[];
  readonly readAt: Date;
  /** When it is removed; absent in the terminal, which takes it at once. */
  readonly until?: Date;
}

/** What is in a file that is complete: the very figures that it begins with. */
export function madeView(shown: ExportShown, { rows, size, facts, readAt, until }: MadeFile): ReportView {
  const { audience, name, report } = shown;
  const { exports } = audience.words;
  const { moment } = createFormat(audience);
  const title = exports.title(report);
  const headline = exports.headline(title, rowsText(rows, audience));
  return {
    kind: "report",
    title,
    headline,
    subtitle: exports.subtitle(name, sizeText(size, audience)),
    notices: [],
    sections: [{ headline, facts, remarks: rows === 0 ? [exports.empty] : [] }],
    explanations: until ? [exports.accept(moment(until))] : [],
    footer: exports.footer(moment(readAt)),
    buttons: until ? [endButton(exports.remove, shown)] : [],
    shortened: audience.words.reports.counted.shortened,
  };
}

/** One line of Teams' own card. */
export function consentText({ report, audience }: ExportShown, rows: number): string {
  return audience.words.exports.consent(report, rowsText(rows, audience));
}

/** How much of an accepted file has arrived; sizes are bytes. */
export function sendingView(shown: ExportShown, sent: number, size: number): ProgressView {
  const { audience, report } = shown;
  const { exports } = audience.words;
  const line = exports.uploading(sizeText(sent, audience), sizeText(size, audience));
  return {
    kind: "progress",
    title: exports.title(report),
    headline: line,
    lines: [line, exports.stay],
    buttons: [endButton(exports.cancel, shown)],
  };
}

/** A file that has arrived. */
export function arrivedView({ name, audience }: ExportShown, inTerminal: boolean): NoticeView {
  const { uploaded, written } = audience.words.exports;
  return plainNotice(inTerminal ? written(name) : uploaded(name), []);
}

/** An export that ended without a file: why, and what can be done. */
export function endedView(
  { question, audience }: Pick<ExportShown, "question" | "audience">,
  why: (words: ExportWords) => string,
): NoticeView {
  const { exports, buttons } = audience.words;
  const again: ActionButton = { title: buttons.tryAgain, verb: "ask", question };
  return plainNotice(why(exports), [exports.askAgain], [again]);
}

/** An id that is nobody's, or somebody else's; both look alike. */
export function goneView({ words: { exports } }: Audience): NoticeView {
  return plainNotice(exports.gone, [exports.askAgain]);
}

/** A fault while the file was made or sent. */
export function failedView(
  { question, audience }: Pick<ExportShown, "question" | "audience">,
  problem: { readonly code: ProblemCode; readonly facts: ProblemFacts },
  correlationId: string,
): ProblemView {
  return problemView({ ...problem, question, audience, correlationId });
}

/** A line about exports, and perhaps what to ask instead. */
export function exportNotice(
  { words }: Audience,
  lines: (words: ExportWords) => readonly string[],
  buttons: ActionButton[] = [],
): NoticeView {
  return plainNotice(words.commands.export, lines(words.exports), buttons);
}

function endButton(title: string, { id, question }: ExportShown): ActionButton {
  return { title, verb: "cancel", question, exportId: id };
}

function rowsText(rows: number, audience: Audience): string {
  return audience.words.exports.rows(createFormat(audience).number(rows), rows === 1);
}

const KB = 1024;

/** "1,024 bytes", "312 KB", "41 MB": rounded up, so that nothing is never said of something. */
function sizeText(bytes: number, audience: Audience): string {
  const { number } = createFormat(audience);
  const { size } = audience.words.exports;
  if (bytes < 10 * KB) {
    return size(number(bytes), "bytes");
  }
  return bytes < 10 * KB * KB
    ? size(number(Math.ceil(bytes / KB)), "KB")
    : size(number(Math.ceil(bytes / KB / KB)), "MB");
}
