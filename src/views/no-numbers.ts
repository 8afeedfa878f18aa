import type { Question } from "../language/question.ts";
import type { Audience } from "./audience.ts";
import { questionTitle } from "./question-title.ts";
import type { ProgressView } from "./view.ts";

interface Asked {
  readonly question: Question;
  readonly audience: Audience;
}

/** For who asks for the last numbers where there are none yet. */
export function nothingStoredView({ question, audience }: Asked): ProgressView {
  return withRefresh(question, audience, audience.words.progress.nothingStored);
}

/** For a card that was to fill itself when the product was stopped. */
export function stoppedView({ question, audience }: Asked): ProgressView {
  return withRefresh(question, audience, audience.words.progress.stopped);
}

function withRefresh(question: Question, { words }: Audience, line: string): ProgressView {
  return {
    kind: "progress",
    title: questionTitle(question, words),
    headline: line,
    lines: [line],
    buttons: [{ title: words.buttons.refresh, verb: "refresh", question }],
  };
}
