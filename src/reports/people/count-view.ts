import type { Question } from "../../language/question.ts";
import type { PeopleFilter, PeopleScope } from "../../ports/people.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { NoticeView } from "../../views/view.ts";
import { isOne, peopleText } from "../people-reading.ts";

export interface PeopleCountAnswer {
  readonly filter: PeopleFilter;
  /** Absent where there is no complete count. */
  readonly count?: number;
  readonly scope: PeopleScope;
  readonly question: Question;
  readonly audience: Audience;
  /** Opens the personal chat with the bot; absent where nobody knows its address. */
  readonly url?: string;
}

/** For a place that others read: the count, and where the names are shown. */
export function peopleCountView(answer: PeopleCountAnswer): NoticeView {
  const { filter, count, scope, question, audience, url } = answer;
  const { words } = audience;
  const { people } = words.reports;
  const telling = { words, format: createFormat(audience) };
  const title = questionTitle(question, words);
  const counted =
    count === undefined
      ? []
      : [
          words.reports.registration.asSentence(
            people.count[filter](peopleText(scope, count, telling), isOne(count, telling)),
          ),
        ];
  return {
    kind: "notice",
    title,
    headline: counted[0] ?? `${title}. ${people.namesElsewhere}`,
    lines: [...counted, people.namesElsewhere],
    buttons: url === undefined ? [] : [{ title: words.buttons.personalChat, url }],
  };
}
