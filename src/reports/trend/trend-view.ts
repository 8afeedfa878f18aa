import type { ServiceChange } from "../../reference/service-changes.ts";
import type { Words } from "../../reference/words/words.ts";
import { TREND_KINDS, trendKind } from "../../views/question-title.ts";
import type { ActionButton } from "../../views/view.ts";
import type { ReportAnswer } from "../answer.ts";
import { explainButton, firstButton, look, type Standing } from "../buttons.ts";

/** How a question about weeks was asked; its numbers stand beside it. */
export interface TrendAnswer extends ReportAnswer {
  /** What Microsoft announced, the oldest first. */
  readonly changes: readonly ServiceChange[];
}

/** Weeks that were asked for where nothing was said. */
export const USUAL_WEEKS = 12;

/** The other trends and how this one is made, for the presser. */
export function trendButtons(standing: Standing, words: Words): ActionButton[] {
  const { weeks, method } = standing.question.options;
  const shown = trendKind(standing.question.options);
  const kinds = TREND_KINDS.filter((kind) => kind !== shown || method !== undefined);
  const titles = {
    usage: words.features.reset.row,
    method: words.buttons.byMethod,
    registration: words.reports.registration.title,
    helpdesk: words.helpdesk.button,
  };
  return [
    firstButton(standing, words),
    ...kinds.map((report) =>
      look(
        titles[report],
        { command: "trend", options: { ...(weeks !== undefined && { weeks }), report } },
        standing,
      ),
    ),
    explainButton(standing, words),
  ];
}
