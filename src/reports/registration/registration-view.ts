import type { PeopleScope } from "../../ports/people.ts";
import type { Words } from "../../reference/words/words.ts";
import { createFormat } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { ActionButton, ReportView } from "../../views/view.ts";
import { explainButton, firstButton, look, menuRefresh, type Standing } from "../buttons.ts";
import {
  countedLines,
  type PeopleAnswer,
  peopleFooter,
  peopleNotices,
  peopleSubtitle,
  peopleText,
  questionOf,
  shownScope,
} from "../people-reading.ts";
import type { Telling } from "../usage/section.ts";
import { figureTable } from "./figures.ts";
import { headlineOf, mfaTarget, type Targets } from "./headline.ts";

export interface RegistrationAnswer extends PeopleAnswer {
  /** Per cent of the people, 0 to 100. */
  readonly targets: Targets;
}

/**
 * How many people are registered, enabled and capable. Pure: the same reading, question and audience give the same
 * view. A figure that the API lacks says so and is never zero; nothing is clamped.
 */
export function registrationView(answer: RegistrationAnswer): ReportView {
  const { reading, question, audience, targets, onlyYou = false, base = question } = answer;
  const { words } = audience;
  const { registration, counted } = words.reports;
  const telling: Telling = { words, format: createFormat(audience) };
  const shown = shownScope(answer);
  const { scope, counts } = shown;
  const standing = { question, onlyYou, base };
  const nobody = counts.people === 0;
  const headline = nobody ? registration.nobody(counted.scopes[scope]) : headlineOf(shown, targets, telling);
  const { table, remarks } = figureTable(counts, peopleText(scope, counts.people, telling), telling);
  const hasDash = table.rows.some((row) => row.includes(words.figures.none));

  return {
    kind: "report",
    title: questionTitle({ ...question, options: { ...question.options, scope } }, words),
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: peopleSubtitle(answer, shown, telling),
    notices: peopleNotices(answer, shown, telling),
    sections: [
      nobody
        ? { headline, remarks: [] }
        : { headline, table, remarks: [...mfaTarget(counts, targets, telling), ...remarks] },
    ],
    explanations: [
      ...countedLines(reading, shown, telling),
      registration.meaning,
      ...(!nobody && hasDash ? [counted.noShare] : []),
    ],
    footer: peopleFooter(answer, telling),
    buttons: buttons(standing, shown.scope, Object.keys(reading.scopes), words),
    refresh: menuRefresh(standing, words),
    shortened: counted.shortened,
  };
}

const OFFERED: readonly PeopleScope[] = ["members", "guests", "admins"];
const SCOPE_BUTTONS = 2;

/** Two other scopes at most, and only those that the reading knows. */
function buttons(
  standing: Standing,
  shown: PeopleScope,
  known: readonly string[],
  words: Words,
): ActionButton[] {
  const scopes = OFFERED.filter((scope) => scope !== shown && known.includes(scope)).slice(0, SCOPE_BUTTONS);
  return [
    firstButton(standing, words),
    look(words.buttons.methods, questionOf("methods", shown), standing),
    ...scopes.map((scope) =>
      look(words.reports.counted.scopeButtons[scope], questionOf("registration", scope), standing),
    ),
    explainButton(standing, words),
  ];
}
