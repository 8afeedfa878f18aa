import type { Permission } from "../access/permission.ts";
import type { Question } from "../language/question.ts";
import type { Audience } from "./audience.ts";
import type { ActionButton, HelpView } from "./view.ts";

/** Something to ask: the words a person would type, and what they come down to. */
export interface Suggestion {
  readonly words: string;
  readonly question: Question;
}

export interface HelpAnswer {
  /** Every command that works, in the order it is shown. */
  readonly available: readonly Suggestion[];
  readonly audience: Audience;
  /** What the asker may do. Absent where that is not known. */
  readonly allowed?: readonly Permission[];
}

/** Every working command with its summary; the first of them, save help itself, are buttons too. */
export function helpView({ available, audience, allowed }: HelpAnswer): HelpView {
  const { help, commands } = audience.words;
  return {
    kind: "help",
    title: help.title,
    headline: help.headline(available.length),
    intro: help.intro,
    ...(allowed && { access: accessLine(allowed, audience) }),
    commands: available.map(({ words, question }) => ({ words, summary: commands[question.command] })),
    outro: [help.options, help.refine, help.mention],
    buttons: askButtons(available.filter(({ question }) => question.command !== "help")),
  };
}

function accessLine(allowed: readonly Permission[], { words }: Audience): string {
  const { access } = words;
  const mays = allowed.map((permission) => access.may[permission]);
  return mays.length > 0 ? access.youMay(mays) : access.youMayNothing;
}

const BUTTONS = 5;

/** Buttons that ask, with the words a person would type as their title; at most five. */
export function askButtons(suggestions: readonly Suggestion[]): ActionButton[] {
  return suggestions
    .slice(0, BUTTONS)
    .map(({ words, question }) => ({ title: words, verb: "ask", question }));
}
