import type { Question } from "../../language/question.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Audience } from "../../views/audience.ts";
import { TREND_KINDS, trendKind } from "../../views/question-title.ts";
import type { ActionButton } from "../../views/view.ts";
import { firstButton, look, type Standing } from "../buttons.ts";
import type { Heard } from "../usage/notices.ts";

/** How a question about weeks was asked; its numbers stand beside it. */
export interface TrendAnswer extends Heard {
  readonly question: Question;
  /** Weeks are cut in its zone. */
  readonly audience: Audience;
  /** What Microsoft announced, the oldest first. */
  readonly changes: readonly ServiceChange[];
  /** Somebody pressed Refresh: the footer says when. */
  readonly refreshed?: boolean;
  /** Refresh was pressed before Graph may be asked again: when it may. */
  readonly nextReadAt?: Date;
  /** Only the presser sees this view. */
  readonly onlyYou?: boolean;
  /** The question of the message, where it is not the view's own. */
  readonly base?: Question;
}

export function standingOf({ question, onlyYou = false, base = question }: TrendAnswer): Standing {
  return { question, onlyYou, base };
}

/** Weeks that were asked for where nothing was said. */
export const USUAL_WEEKS = 12;

/** The other trends, for the presser. */
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
  ];
}
