import type { Question } from "../language/question.ts";
import type { Audience } from "../views/audience.ts";
import type { Standing } from "./buttons.ts";
import type { Heard } from "./usage/notices.ts";

/** What a report is told beside its numbers: how it was asked, and for whom it stands where. */
export interface ReportAnswer extends Heard {
  readonly question: Question;
  readonly audience: Audience;
  /** Somebody pressed Refresh: the footer says when. */
  readonly refreshed?: boolean;
  /** Refresh was pressed before Graph may be asked again: when it may. */
  readonly nextReadAt?: Date;
  /** Only the presser sees this view. */
  readonly onlyYou?: boolean;
  /** The question of the message, where it is not the view's own. */
  readonly base?: Question;
}

export function standingOf({
  question,
  onlyYou = false,
  base = question,
}: Pick<ReportAnswer, "question" | "onlyYou" | "base">): Standing {
  return { question, onlyYou, base };
}
