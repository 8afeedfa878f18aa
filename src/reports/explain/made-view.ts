import type { Question } from "../../language/question.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ReportSection, ReportView } from "../../views/view.ts";
import { readFooter } from "../footer.ts";
import type { ReadFacts } from "./facts.ts";

/** Whose figures are explained, and to whom. */
export interface ExplainedTo {
  /** The question whose answer is explained. */
  readonly question: Question;
  /** The question of the message, to which Back leads. */
  readonly base: Question;
  readonly audience: Audience;
  /** False where everybody sees it, for want of a client that can show it to one. */
  readonly onlyYou?: boolean;
}

/** The frame of every explanation: what was read stands first, then what is told of the figures. */
export function madeView(
  { facts, remarks, reader, readAt }: ReadFacts,
  sections: readonly ReportSection[],
  { question, base, audience, onlyYou = true }: ExplainedTo,
): ReportView {
  const { words } = audience;
  const { explain, counted } = words.reports;
  const format = createFormat(audience);
  const report = questionTitle(question, words);
  return {
    kind: "report",
    title: explain.title(report),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline: explain.headline(report),
    subtitle: format.day(readAt),
    notices: [],
    sections: [{ headline: explain.read, facts, remarks }, ...sections],
    explanations: [],
    footer: readFooter({ reader, readAt }, { words, format }),
    buttons: onlyYou ? [{ title: words.buttons.back, verb: "back", question: base }] : [],
    shortened: counted.shortened,
  };
}
