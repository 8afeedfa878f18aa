import type { Question } from "../../language/question.ts";
import { PEOPLE_FILTERS } from "../../ports/people.ts";
import type { Audience } from "../../views/audience.ts";
import { plainNotice } from "../../views/notice.ts";
import type { NoticeView } from "../../views/view.ts";

/** Asked for people without saying which: a button for each list. */
export function whichPeopleView({ words }: Audience): NoticeView {
  const { which, titles } = words.reports.people;
  const buttons = PEOPLE_FILTERS.map((filter) => ({
    title: titles[filter],
    verb: "ask" as const,
    question: { command: "people" as const, options: { filter } },
  }));
  return plainNotice(which.title, [which.line], buttons);
}

/** Asked for a person without saying whom. */
export function whichPersonView({ words }: Audience): NoticeView {
  const { whom } = words.reports.person;
  return plainNotice(whom.title, [whom.line]);
}

/** A list that cannot be turned any more; it says nothing of whose it was. */
export function listGoneView(question: Question, { words }: Audience): NoticeView {
  const { gone } = words.reports.people;
  return plainNotice(gone.title, [gone.line], [{ title: gone.button, verb: "refresh", question }]);
}

/** What the retired API does not tell. */
export function notToldView(what: "phone-only" | "object-id", { words }: Audience): NoticeView {
  const { people, person } = words.reports;
  const { title, line } = what === "phone-only" ? people.phoneOnlyNotTold : person.idsNotTold;
  return plainNotice(title, [line]);
}
