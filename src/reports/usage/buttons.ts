import type { Question } from "../../language/question.ts";
import { PERIODS, type Period } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import type { ActionButton } from "../../views/view.ts";

interface Shown {
  readonly question: Question;
  /** The period of the numbers, also where the question named none. */
  readonly period: Period;
  readonly onlyYou: boolean;
  /** The question of the message. */
  readonly base: Question;
}

/**
 * Refresh is for all who see the message, so only the message's own view has it; a view for the presser has
 * the way back instead. Another period or breakdown is always for the presser.
 */
export function usageButtons({ question, period, onlyYou, base }: Shown, words: Words): ActionButton[] {
  const { buttons, periods } = words;
  const look = (title: string, options: Question["options"]): ActionButton => ({
    title,
    verb: "look",
    question: { command: "usage", options: { ...question.options, ...options } },
    base,
  });
  const isByFeature = question.options.by === "feature";
  return [
    onlyYou
      ? { title: buttons.back, verb: "back", question: base }
      : { title: buttons.refresh, verb: "refresh", question },
    ...PERIODS.filter((other) => other !== period).map((other) =>
      look(periods[other].button, { period: other }),
    ),
    isByFeature ? look(buttons.byMethod, { by: "method" }) : look(buttons.byFeature, { by: "feature" }),
  ];
}

/** "Refresh card" of the Teams message menu: asks for what the person sees, and for that person only. */
export function menuRefresh({ question, onlyYou, base }: Shown, { buttons }: Words): ActionButton {
  return onlyYou
    ? { title: buttons.refresh, verb: "look", question, base }
    : { title: buttons.refresh, verb: "refresh", question };
}
