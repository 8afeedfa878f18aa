import type { Question } from "../../language/question.ts";
import type { Period } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import type { ActionButton } from "../../views/view.ts";
import { explainButton, firstButton, look, type Standing } from "../buttons.ts";

interface Shown extends Standing {
  /** The period of the numbers, also where the question named none. */
  readonly period: Period;
}

/** Another period or breakdown is always for the presser. */
export function usageButtons(shown: Shown, words: Words): ActionButton[] {
  const { question, period } = shown;
  const {
    buttons,
    periods,
    reports: { bestMethods },
  } = words;
  const { feature, method } = question.options;
  const narrowed = (title: string, options: Question["options"]): ActionButton =>
    look(title, { command: "usage", options: { ...question.options, ...options } }, shown);
  const { by: _by, ...options } = question.options;
  // A card has room for six buttons; any other period can be asked for in words.
  const other = period === "D7" ? "D30" : "D7";
  const isByFeature = question.options.by === "feature";
  return [
    firstButton(shown, words),
    look(buttons.whyFail, { command: "failures", options: { ...options, period } }, shown),
    // One method alone has no order.
    ...(method === undefined
      ? [
          look(
            bestMethods.button,
            { command: "best-methods", options: { ...(feature && { feature }), period } },
            shown,
          ),
        ]
      : []),
    narrowed(periods[other].button, { period: other }),
    isByFeature
      ? narrowed(buttons.byMethod, { by: "method" })
      : narrowed(buttons.byFeature, { by: "feature" }),
    explainButton(shown, words),
  ];
}
