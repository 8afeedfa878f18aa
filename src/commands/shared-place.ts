import { type AskedIn, isShared } from "../access/places.ts";
import type { TenantId } from "../kernel/ids.ts";
import { canonicalWords } from "../language/canonical.ts";
import type { Misunderstood, Question } from "../language/question.ts";
import type { PlaceStore } from "../ports/places.ts";
import { plainNotice } from "../views/notice.ts";
import type { NoticeView, View } from "../views/view.ts";
import type { Answer, Turn } from "./answer.ts";

const TEAMS_CHAT = "https://teams.microsoft.com/l/chat/0/0";

/** Asked for names where several people read: where to ask instead. */
export function namesElsewhere(question: Question, turn: Turn): NoticeView {
  const { personalOnly } = turn.audience.words.access;
  return {
    ...plainNotice(personalOnly.title, [personalOnly.line]),
    buttons: [{ title: personalOnly.open, url: personalChat(question, turn) }],
  };
}

/** The answer goes to the asker's personal chat; these stand where it was asked. */
export function privately(answer: Answer, question: Question, turn: Turn): Answer {
  const { moved, personalOnly } = turn.audience.words.access;
  const notice = (line: string): View => ({
    ...plainNotice(moved.title, [line]),
    buttons: [{ title: personalOnly.open, url: personalChat(question, turn) }],
  });
  const notSent = { ...notice(moved.notSent), title: personalOnly.ask, headline: `${personalOnly.ask}.` };
  return { ...answer, privately: { sent: notice(moved.sent), notSent } };
}

/**
 * A link that opens the asker's chat with the bot, with the question in the box
 * (learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams).
 */
export function personalChat(question: Question, { address }: Turn): string {
  const message = canonicalWords(withoutName(question));
  const query = new URLSearchParams({ users: address?.botId ?? "", message });
  return `${TEAMS_CHAT}?${query.toString().replaceAll("+", "%20")}`;
}

/** Whoever is asked about is a name: it stands nowhere that others read, not in a button or a link either. */
export function withoutName({ command, options: { user: _user, ...told } }: Question): Question {
  return { command, options: told };
}

/** A question as it may stand in a button there. */
export function shownIn(place: AskedIn, question: Question): Question {
  return isShared(place) ? withoutName(question) : question;
}

/** The same for words that nobody understood: one of them may be a mail address. */
export function withoutAddresses({ unknownWords, ...reading }: Misunderstood): Misunderstood {
  return { ...reading, unknownWords: unknownWords.filter((word) => !word.includes("@")) };
}

/** Says once in a place that everybody there reads the answers. */
export async function tellingReaders(
  answer: Answer,
  turn: Turn,
  places: PlaceStore,
  tenantId: TenantId,
): Promise<Answer> {
  const { address } = turn;
  if (!address || !(await places.tellOnce(tenantId, address, "read-by-all", turn.audience.now))) {
    return answer;
  }
  const placeNote = turn.audience.words.access.readByAll;
  const noted = (view: View): View => ({ ...view, placeNote });
  return {
    ...answer,
    view: noted(answer.view),
    ...(answer.later && { later: mapped(answer.later, noted) }),
  };
}

async function* mapped(views: AsyncIterable<View>, change: (view: View) => View): AsyncIterable<View> {
  for await (const view of views) {
    yield change(view);
  }
}
