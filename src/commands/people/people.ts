import type { PeopleCollector } from "../../collect/people-collector.ts";
import { canonicalWords } from "../../language/canonical.ts";
import type { Question } from "../../language/question.ts";
import type { PeopleFilter } from "../../ports/people.ts";
import { listGoneView, notToldView, whichPeopleView } from "../../reports/people/notices.ts";
import { peopleView } from "../../reports/people/people-view.ts";
import { nothingStoredView } from "../../views/no-numbers.ts";
import type { View } from "../../views/view.ts";
import type { Answer, Asking, Handler, Turn } from "../answer.ts";
import { type InTimeParts, inTime } from "../in-time.ts";
import type { Continuations, Kept } from "./continuations.ts";
import { type Listing, type ListingParts, openListing } from "./listing.ts";
import { storedCount } from "./stored-count.ts";

interface PeopleParts extends InTimeParts, ListingParts {
  readonly people: Pick<PeopleCollector, "latest">;
  readonly continuations: Continuations<Listing>;
}

/** "people …": who is not registered, has no MFA, has only a phone, or fails; read live, page by page. */
export function peopleHandler(parts: PeopleParts): Handler {
  const { lists, people, continuations } = parts;

  /**
   * The list of the page that is asked for, or a new one. Whoever waits for a list already, or goes back to it, gets
   * the same one again.
   */
  function listOf(
    filter: PeopleFilter,
    question: Question,
    turn: Turn,
    { paging, presserOnly = false }: Asking,
  ): Kept<Listing> | undefined {
    if (paging) {
      return continuations.find(paging.continuation, question, turn);
    }
    const newest = continuations.newest(question, turn);
    return newest && (presserOnly || newest.list.isAwaited())
      ? newest
      : continuations.keep(question, turn, openListing(filter, question, turn.audience.now, parts));
  }

  async function pageOf(
    { id, list }: Kept<Listing>,
    filter: PeopleFilter,
    question: Question,
    turn: Turn,
    asking: Asking,
  ): Promise<View> {
    const isTerminal = turn.place === "terminal";
    try {
      const { total = storedCount(await people.latest(), filter, list.scope), ...page } = await list.page(
        asking.paging?.page ?? 1,
      );
      return peopleView({
        ...page,
        ...(total !== undefined && { total }),
        ...(isTerminal && page.hasNext && { hasNext: false, firstOnly: true }),
        continuation: id,
        question,
        audience: { ...turn.audience, now: parts.clock.now() },
        ...howAsked(question, asking),
      });
    } catch (thrown) {
      // What comes after a fault would look like the end of the list.
      continuations.drop(id);
      throw thrown;
    } finally {
      if (isTerminal) {
        continuations.drop(id);
      }
    }
  }

  return async (question, turn, asking) => {
    const { audience } = turn;
    const { filter } = question.options;
    if (!filter) {
      return nothingShown(whichPeopleView(audience));
    }
    if (asking.mode === "stored") {
      return nothingShown(nothingStoredView({ question, audience }));
    }
    if (filter === "phone-only" && !lists.scopes.includes("members")) {
      return nothingShown(notToldView("phone-only", audience));
    }
    const kept = listOf(filter, question, turn, asking);
    if (!kept) {
      return nothingShown(listGoneView(question, audience));
    }
    const view = pageOf(kept, filter, question, turn, asking);
    return inTime({ view, progress: kept.list.progress }, question, turn, asking, parts);
  };
}

/** It is written down that somebody asked for names, and that there were none in the answer. */
export function nothingShown(view: View): Answer {
  return { kind: "answered", view, acted: { what: "names", outcome: "nothing shown" } };
}

/**
 * In a personal chat a page takes the place of the one before: there is nobody else for whom the message would be
 * another one. Only where the list is looked at from another answer, the view leads back to that.
 */
function howAsked(
  question: Question,
  { base, onlyYou, corrected, refined }: Asking,
): Partial<Parameters<typeof peopleView>[0]> {
  const isLook = base !== undefined && canonicalWords(base) !== canonicalWords(question);
  return {
    ...(isLook && { base, ...(onlyYou && { onlyYou }) }),
    ...(corrected && { corrections: corrected }),
    ...(refined && { refined }),
  };
}
