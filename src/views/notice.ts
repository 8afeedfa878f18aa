import type { Misunderstood } from "../language/question.ts";
import type { Words } from "../reference/words/words.ts";
import type { Audience } from "./audience.ts";
import { askButtons, type Suggestion } from "./help.ts";
import { printable } from "./plain-text.ts";
import type { ActionButton, NoticeView } from "./view.ts";

/** More unknown words than this make a message that is not for the bot. */
const WORDS_NAMED = 5;

export interface MisunderstoodAnswer {
  readonly reading: Misunderstood;
  /** The nearest commands, best first. */
  readonly suggestions: readonly Suggestion[];
  readonly audience: Audience;
}

/** Names what was not understood and offers the nearest commands; nothing is run on a guess. */
export function misunderstoodView({ reading, suggestions, audience }: MisunderstoodAnswer): NoticeView {
  const { replies } = audience.words;
  const named = reading.unknownWords.slice(0, WORDS_NAMED).map((word) => printable(word, 30));
  const unknown = named.length > 0 ? [replies.unknown(named)] : [];
  const hint = reading.unknownWords.some(replies.isAboutTime) ? [replies.periodHint] : [];
  return {
    kind: "notice",
    title: replies.misunderstood,
    headline: named.length > 0 ? replies.unknown(named) : `${replies.misunderstood}.`,
    lines: [...unknown, ...hint, suggestions.length > 0 ? replies.didYouMean : replies.nothingNear],
    buttons: suggestions.length > 0 ? askButtons(suggestions) : [helpButton(audience.words)],
  };
}

export interface Welcome {
  readonly place: "personal" | "team" | "groupChat";
  readonly suggestions: readonly Suggestion[];
  readonly audience: Audience;
}

/** One introduction where the bot was added. */
export function welcomeView({ place, suggestions, audience }: Welcome): NoticeView {
  const { welcome } = audience.words;
  return {
    kind: "notice",
    title: welcome.title,
    headline: `${welcome.title}. ${welcome.what}`,
    lines: [welcome.what, welcome.who, place === "personal" ? welcome.personal : welcome.shared],
    buttons: askButtons(suggestions),
  };
}

/** One thing to say, and nothing to press. */
export function plainNotice(
  title: string,
  lines: readonly string[],
  buttons: ActionButton[] = [],
): NoticeView {
  return { kind: "notice", title, headline: `${title}.`, lines, buttons };
}

function helpButton({ buttons }: Words): ActionButton {
  return { title: buttons.help, verb: "ask", question: { command: "help", options: {} } };
}
