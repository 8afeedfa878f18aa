import type { Question } from "../language/question.ts";
import type { Audience } from "./audience.ts";
import { createFormat } from "./format.ts";
import { questionTitle } from "./question-title.ts";
import type { ActionButton, ProgressView } from "./view.ts";

export interface Progress {
  readonly pages: number;
  readonly rows: number;
  /** Graph asked to wait until then. */
  readonly waitingUntil?: Date;
  readonly question: Question;
  readonly audience: Audience;
  /** Only the presser sees this view: nothing can be put in its place later. */
  readonly onlyYou?: boolean;
  /** The question of the message, where the presser looks at another one. */
  readonly base?: Question;
  /** What the presser pressed, where it was no look: pressing again does the same. */
  readonly again?: Pick<ActionButton, "verb" | "values" | "paging">;
}

/**
 * How far a reading is. A card for all fills itself; Refresh is there for the case that the bot ends before.
 * A view for the presser asks to be pressed again instead.
 */
export function progressView(shown: Progress): ProgressView {
  const { pages, rows, waitingUntil, question, audience, onlyYou = false } = shown;
  const { progress, buttons } = audience.words;
  const { number, moment } = createFormat(audience);
  const sofar =
    pages === 0
      ? progress.starting
      : progress.sofar(number(pages), number(rows), { page: pages === 1, row: rows === 1 });
  const next = onlyYou ? progress.again(buttons.refresh) : progress.stay;
  return {
    kind: "progress",
    ...(onlyYou && { onlyYou: audience.words.onlyYou }),
    title: questionTitle(question, audience.words),
    headline: `${sofar} ${next}`,
    lines: [sofar, ...(waitingUntil ? [progress.waiting(moment(waitingUntil))] : []), next],
    buttons: onlyYou ? presserButtons(shown) : [{ title: buttons.refresh, verb: "refresh", question }],
  };
}

/** The same press once more; without a `base` it was Back that has to wait. */
function presserButtons({ question, base, audience, again }: Progress): ActionButton[] {
  const { refresh, back } = audience.words.buttons;
  return base
    ? [
        { title: refresh, ...(again ?? { verb: "look" }), question, base },
        { title: back, verb: "back", question: base },
      ]
    : [{ title: refresh, verb: "back", question }];
}
