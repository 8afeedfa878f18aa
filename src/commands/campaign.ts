import type { PeopleCollector } from "../collect/people-collector.ts";
import { campaignFigures } from "../digest/campaign-figures.ts";
import type { DigestNumbersSource } from "../digest/numbers.ts";
import type { Question } from "../language/question.ts";
import type { DigestNumbers } from "../ports/digest.ts";
import { type CampaignAnswer, campaignTextsView, campaignView } from "../reports/campaign/campaign-view.ts";
import type { View } from "../views/view.ts";
import type { Asking, Handler, Turn } from "./answer.ts";
import { type InTimeParts, inTime } from "./in-time.ts";
import { wantsNew } from "./reports/from-reading.ts";

interface CampaignParts extends InTimeParts {
  readonly numbers: DigestNumbersSource;
  readonly people: Pick<PeopleCollector, "latest">;
  /** Milliseconds: younger numbers are not read again. */
  readonly refreshAfter: number;
}

/** "campaign": what would help most, from the figures of the overview, so that both say the same. */
export function campaignHandler(parts: CampaignParts): Handler {
  const { numbers, people, clock, refreshAfter } = parts;

  async function made(question: Question, turn: Turn, asking: Asking): Promise<View> {
    await numbers.bringUpToDate(wantsNew(turn, asking) ? refreshAfter : Number.POSITIVE_INFINITY);
    const stored = await numbers.asOfNow(turn.audience.timeZone);
    const { words } = turn.audience;
    const { mode, onlyYou, base, corrected, refined, explain } = asking;
    const readAt = readAtOf(stored);
    const isYoung = readAt !== undefined && turn.audience.now.getTime() - readAt.getTime() < refreshAfter;
    const phoneUsers = (await people.latest())?.scopes.members?.phoneUsers?.D30;
    const answer: CampaignAnswer = {
      figures: campaignFigures(stored, words),
      readAt: readAt ?? clock.now(),
      question,
      audience: { ...turn.audience, now: clock.now() },
      withTexts: turn.place === "terminal",
      refreshed: mode === "refresh",
      ...(mode === "refresh" &&
        isYoung &&
        readAt < turn.audience.now && { nextReadAt: new Date(readAt.getTime() + refreshAfter) }),
      ...(phoneUsers && { phoneUsers }),
      ...(onlyYou && { onlyYou }),
      ...(base && { base }),
      ...(corrected && { corrections: corrected }),
      ...(refined && { refined }),
    };
    return explain ? campaignTextsView(answer) : campaignView(answer);
  }

  return (question, turn, asking) =>
    inTime({ view: made(question, turn, asking), progress: numbers.progress }, question, turn, asking, parts);
}

/** Numbers are as old as the older of the two readings. */
function readAtOf({ tries, people }: DigestNumbers): Date | undefined {
  const read = [tries?.readAt, people?.readAt].filter((at) => at !== undefined).sort();
  return read[0] === undefined ? undefined : new Date(read[0]);
}
