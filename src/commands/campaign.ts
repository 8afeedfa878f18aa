import type { PeopleCollector } from "../collect/people-collector.ts";
import { campaignFigures } from "../digest/campaign-figures.ts";
import type { DigestNumbersSource } from "../digest/numbers.ts";
import type { Question } from "../language/question.ts";
import type { DigestNumbers } from "../ports/digest.ts";
import { type CampaignAnswer, campaignTextsView, campaignView } from "../reports/campaign/campaign-view.ts";
import { ofCampaign } from "../reports/explain/stored-figures.ts";
import { explainStoredView } from "../reports/explain/stored-view.ts";
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
    const answer = answerOf(stored, question, turn, asking);
    if (asking.explain) {
      return explained(stored, answer);
    }
    return asking.detailed ? campaignTextsView(answer) : campaignView(answer);
  }

  function answerOf(stored: DigestNumbers, question: Question, turn: Turn, asking: Asking): CampaignAnswer {
    const { mode, onlyYou, base, corrected, refined } = asking;
    const { now, words } = turn.audience;
    const { people: counted, serviceChange } = stored;
    const readAt = readAtOf(stored);
    const isYoung = readAt !== undefined && now.getTime() - readAt.getTime() < refreshAfter;
    return {
      figures: campaignFigures(stored, words),
      readAt: readAt ?? clock.now(),
      question,
      audience: { ...turn.audience, now: clock.now() },
      withTexts: turn.place === "terminal",
      refreshed: mode === "refresh",
      ...(mode === "refresh" &&
        isYoung &&
        readAt < now && { nextReadAt: new Date(readAt.getTime() + refreshAfter) }),
      ...(counted?.phoneUsers && { phoneUsers: counted.phoneUsers }),
      ...(serviceChange && { serviceChange }),
      ...(onlyYou && { onlyYou }),
      ...(base && { base }),
      ...(corrected && { corrections: corrected }),
      ...(refined && { refined }),
    };
  }

  async function explained(stored: DigestNumbers, answer: CampaignAnswer): Promise<View> {
    const { question, base = question, audience, readAt, onlyYou = false } = answer;
    const counted = await people.latest();
    const made = ofCampaign(stored, readAt, counted?.reader, audience.words);
    return explainStoredView(made, { question, base, audience, onlyYou });
  }

  return (question, turn, asking) =>
    inTime({ view: made(question, turn, asking), progress: numbers.progress }, question, turn, asking, parts);
}

/** Numbers are as old as the older of the two readings. */
function readAtOf({ tries, people }: DigestNumbers): Date | undefined {
  const read = [tries?.readAt, people?.readAt].filter((at) => at !== undefined).sort();
  return read[0] === undefined ? undefined : new Date(read[0]);
}
