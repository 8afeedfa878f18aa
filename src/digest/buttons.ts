import type { Question } from "../language/question.ts";
import type { Words } from "../reference/words/words.ts";
import { weekNumber } from "../views/iso-week.ts";
import type { ActionButton } from "../views/view.ts";
import type { DigestAnswer } from "./answer.ts";

const OVERVIEW: Question = { command: "overview", options: {} };
const MANAGE: Question = { command: "digest-edit", options: {} };

/**
 * A posted digest is never edited: what its buttons show is for the presser, whose Back leads to the digest as
 * it was posted.
 */
export function digestButtons({ numbers, kind, audience, base, values }: DigestAnswer): ActionButton[] {
  const { buttons, digest } = audience.words;
  if (kind === "overview" || kind === "preview") {
    if (base) {
      return [backButton(base, audience.words, values)];
    }
    return kind === "overview" ? [{ title: buttons.refresh, verb: "refresh", question: OVERVIEW }] : [];
  }
  const posted: Question = { command: "digest-week", options: { week: weekNumber(numbers.week) } };
  return [
    { title: buttons.refresh, verb: "today", question: OVERVIEW, base: posted },
    { title: digest.buttons.details, verb: "details", question: posted, base: posted },
    { title: digest.buttons.manage, verb: "look", question: MANAGE, base: posted },
  ];
}

/** "Back to week 46", or plain "Back"; `values` are what a form held. */
export function backButton(
  base: Question,
  { buttons, digest }: Words,
  values?: DigestAnswer["values"],
): ActionButton {
  const { command, options } = base;
  const title =
    command === "digest-week" && options.week !== undefined ? digest.backToWeek(options.week) : buttons.back;
  return { title, verb: "back", question: base, ...(values && { values }) };
}
