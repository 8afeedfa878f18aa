import type { PeopleCollector } from "../../collect/people-collector.ts";
import type { Question } from "../../language/question.ts";
import type { PeopleFilter, PeopleReading, PeopleScope } from "../../ports/people.ts";
import { peopleCountView } from "../../reports/people/count-view.ts";
import type { NoticeView } from "../../views/view.ts";
import type { Turn } from "../answer.ts";
import { personalChat } from "../shared-place.ts";

/** How many people a list has by the last complete count; undefined where that does not tell. */
export function storedCount(
  reading: PeopleReading | undefined,
  filter: PeopleFilter,
  scope: PeopleScope,
): number | undefined {
  const counts = reading?.scopes[scope];
  // Sums of Microsoft hold accounts that the list leaves out.
  if (!counts || reading.reader === "summaries") {
    return undefined;
  }
  switch (filter) {
    case "not-registered":
      return without(counts.people, counts.ssprRegistered);
    case "without-mfa":
      return without(counts.people, counts.mfaRegistered);
    case "phone-only":
      return counts.phoneOnly;
    case "failing":
      return undefined;
  }
}

/** Counts of Microsoft can be above the whole; then nothing follows from them. */
function without(people: number, registered: number | undefined): number | undefined {
  return registered === undefined || registered > people ? undefined : people - registered;
}

/**
 * What others may read instead of a list: the stored count, never a live one, and where the names are. Undefined for a
 * question that no list answers.
 */
export function countElsewhere(
  people: Pick<PeopleCollector, "latest">,
): (question: Question, turn: Turn) => Promise<NoticeView | undefined> {
  return async (question, turn) => {
    const { filter, scope = "members" } = question.options;
    if (question.command !== "people" || !filter) {
      return undefined;
    }
    const reading = await people.latest();
    // The retired report knows everyone only, as its list does.
    const known = reading && !reading.scopes[scope] ? "everyone" : scope;
    const count = storedCount(reading, filter, known);
    return peopleCountView({
      ...{ filter, scope: known, question, audience: turn.audience, url: personalChat(question, turn) },
      ...(count !== undefined && { count }),
    });
  };
}
