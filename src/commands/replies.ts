import type { Permission } from "../access/permission.ts";
import { isShared } from "../access/places.ts";
import type { AccessRules } from "../access/rules.ts";
import { parse } from "../language/parse.ts";
import type { CommandId, Misunderstood, Question } from "../language/question.ts";
import { misunderstoodView } from "../views/notice.ts";
import { problemView } from "../views/problem.ts";
import type { Answer, Turn } from "./answer.ts";
import type { Lacking } from "./authorise.ts";
import { shownIn, withoutAddresses } from "./shared-place.ts";
import { suggestionOf } from "./suggestions.ts";

/** Several people together want the digest most. */
const OFFERED_TO_MANY: readonly CommandId[] = ["usage", "overview", "digest", "digest-subscribe", "help"];

/** What a welcome offers in this place. */
export function offered(
  working: readonly CommandId[],
  where: "personal" | "team" | "groupChat",
): readonly CommandId[] {
  return where === "personal" ? working : OFFERED_TO_MANY.filter((command) => working.includes(command));
}

/** Who may see it, and how to be let in. */
export function refused(
  question: Question,
  { viewer, place, audience, correlationId }: Turn,
  denied: Lacking & { readonly holders: AccessRules[Permission] },
): Answer {
  const account = viewer.kind === "person" && place === "personal" ? viewer.name : undefined;
  const view = problemView({
    code: "ACCESS-DENIED",
    facts: {},
    audience,
    correlationId,
    question: shownIn(place, question),
    denied,
    ...(account && { account }),
  });
  return { kind: "refused", view };
}

/** Nothing but courtesies, so that help is the answer. */
export function saysNothing({ unknownWords, suggestions }: Misunderstood): boolean {
  return unknownWords.length === 0 && suggestions.every((words) => words === "help");
}

/** What was not understood, with the nearest questions as buttons. */
export function misunderstood(reading: Misunderstood, { audience, place }: Turn): Answer {
  const suggestions = reading.suggestions.flatMap((words) => {
    const suggested = parse(words);
    if ("misunderstood" in suggested) {
      return [];
    }
    const { command, options } = suggested;
    return [suggestionOf(shownIn(place, { command, options }))];
  });
  const told = isShared(place) ? withoutAddresses(reading) : reading;
  return { kind: "misunderstood", view: misunderstoodView({ reading: told, suggestions, audience }) };
}
