import type { Question } from "../language/question.ts";
import type { Words } from "../reference/words/words.ts";
import type { ActionButton } from "../views/view.ts";

/** Where a view stands: for all who see the message, or for the presser alone. */
export interface Standing {
  readonly question: Question;
  readonly onlyYou: boolean;
  /** The question of the message. */
  readonly base: Question;
}

/**
 * Refresh is for all who see the message, so only the message's own view has it; a view for the presser has the way
 * back instead.
 */
export function firstButton({ question, onlyYou, base }: Standing, { buttons }: Words): ActionButton {
  return onlyYou
    ? { title: buttons.back, verb: "back", question: base }
    : { title: buttons.refresh, verb: "refresh", question };
}

/** Another view for the presser. */
export function look(title: string, question: Question, { base }: Standing): ActionButton {
  return { title, verb: "look", question, base };
}

export function explainButton({ question, base }: Standing, { buttons }: Words): ActionButton {
  return { title: buttons.explain, verb: "explain", question, base };
}

/** "Refresh card" of the Teams message menu: asks for what the person sees, and for that person only. */
export function menuRefresh({ question, onlyYou, base }: Standing, { buttons }: Words): ActionButton {
  return onlyYou
    ? { title: buttons.refresh, verb: "look", question, base }
    : { title: buttons.refresh, verb: "refresh", question };
}
