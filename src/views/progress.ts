import type { Question } from "../language/question.ts";
import type { Audience } from "./audience.ts";
import { createFormat } from "./format.ts";
import { questionTitle } from "./question-title.ts";
import type { ProgressView } from "./view.ts";

export interface Progress {
  readonly pages: number;
  readonly rows: number;
  /** Graph asked to wait until then. */
  readonly waitingUntil?: Date;
  readonly question: Question;
  readonly audience: Audience;
}

/** How far a reading is. Refresh is there for the case that the bot ends before the card is filled. */
export function progressView({ pages, rows, waitingUntil, question, audience }: Progress): ProgressView {
  const { progress, buttons } = audience.words;
  const { number, moment } = createFormat(audience);
  const sofar =
    pages === 0
      ? progress.starting
      : progress.sofar(number(pages), number(rows), { page: pages === 1, row: rows === 1 });
  return {
    kind: "progress",
    title: questionTitle(question, audience.words),
    headline: `${sofar} ${progress.stay}`,
    lines: [sofar, ...(waitingUntil ? [progress.waiting(moment(waitingUntil))] : []), progress.stay],
    buttons: [{ title: buttons.refresh, verb: "refresh", question }],
  };
}
