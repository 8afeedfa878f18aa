import type { PhoneUsers } from "../../ports/people.ts";
import { CAMPAIGN_PAGES } from "../../reference/campaigns.ts";
import { createFormat } from "../../views/format.ts";
import type { Button, ReportSection, ReportView } from "../../views/view.ts";
import { announcedLine, type ToldChange } from "../announced.ts";
import { type ReportAnswer, standingOf } from "../answer.ts";
import { explainButton, firstButton, menuRefresh } from "../buttons.ts";
import { readFooter } from "../footer.ts";
import { ageNotices, heardNotices } from "../usage/notices.ts";
import type { Telling } from "../usage/section.ts";
import { type Campaign, type CampaignFigures, campaignsFor, isKnown } from "./rules.ts";
import { evidenceText, phoneLines, taskOf, whoText } from "./telling.ts";

export interface CampaignAnswer extends ReportAnswer {
  readonly figures: CampaignFigures;
  /** Of thirty days; absent where nobody could count them. */
  readonly phoneUsers?: PhoneUsers["D30"];
  /** What Microsoft announced for a day near to now; it is no cause of any figure. */
  readonly serviceChange?: ToldChange;
  /** When the older of tries and people was read. */
  readonly readAt: Date;
  /** A text to send stands below each campaign; otherwise a button shows the texts. */
  readonly withTexts?: boolean;
}

/** The list is short: what comes behind is named in one line. */
const SHOWN = 3;

/**
 * What would help adoption most, for whom, why, and how to begin. Pure. The same rules make the digest's line of the
 * week; where no rule speaks, nothing is urgent, or too little is known to say so.
 */
export function campaignView(answer: CampaignAnswer): ReportView {
  const { figures, question, audience, readAt, nextReadAt, refreshed, onlyYou = false } = answer;
  const { serviceChange } = answer;
  const { words } = audience;
  const { campaign } = words;
  const telling: Telling = { words, format: createFormat(audience) };
  const standing = standingOf(answer);
  const campaigns = campaignsFor(figures);
  const [first] = campaigns;
  const nothing = isKnown(figures) ? campaign.nothing : campaign.unknown;
  const headline = first ? campaign.headline(taskOf(first, telling)) : nothing;
  const shown = campaigns.slice(0, SHOWN);
  const also = campaigns.slice(SHOWN).map((one) => taskOf(one, telling));
  return {
    kind: "report",
    title: campaign.title,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline,
    subtitle: campaign.subtitle(telling.format.day(readAt)),
    notices: [
      ...heardNotices(answer, words),
      ...ageNotices(readAt, nextReadAt, telling),
      ...notKnown(figures, telling),
    ],
    sections:
      shown.length > 0
        ? [
            ...shown.map((one, index) => campaignSection(one, index + 1, answer, telling)),
            ...(also.length > 0 ? [{ remarks: [campaign.also(also)] }] : []),
          ]
        : [{ headline: nothing, remarks: [] }],
    explanations: [
      ...campaign.explanations,
      ...(serviceChange ? [announcedLine(serviceChange, words, audience.now)] : []),
    ],
    footer: readFooter(
      { reader: campaign.reader, readAt, ...(refreshed && { refreshedAt: audience.now }) },
      telling,
    ),
    buttons: [
      firstButton(standing, words),
      ...(first && !answer.withTexts
        ? [{ title: campaign.textButton, verb: "details" as const, question, base: standing.base }]
        : []),
      explainButton(standing, words),
      ...shown.map(
        ({ id }, index): Button => ({ title: campaign.pageButton(index + 1), url: CAMPAIGN_PAGES[id] }),
      ),
    ],
    refresh: menuRefresh(standing, words),
    shortened: campaign.shortened,
  };
}

/** The text of every campaign that is suggested, to copy. */
export function campaignTextsView(answer: CampaignAnswer): ReportView {
  const { figures, audience, readAt, onlyYou = false } = answer;
  const { words } = audience;
  const { campaign } = words;
  const telling: Telling = { words, format: createFormat(audience) };
  const campaigns = campaignsFor(figures);
  const nothing = isKnown(figures) ? campaign.nothing : campaign.unknown;
  return {
    kind: "report",
    title: campaign.textsTitle,
    ...(onlyYou && { onlyYou: words.onlyYou }),
    headline: campaign.textsTitle,
    subtitle: campaign.subtitle(telling.format.day(readAt)),
    notices: [],
    sections:
      campaigns.length > 0
        ? campaigns.map((one, index) => ({
            headline: campaign.ranked(index + 1, taskOf(one, telling)),
            remarks: textLines(one, telling),
          }))
        : [{ headline: nothing, remarks: [] }],
    explanations: [],
    footer: readFooter({ reader: campaign.reader, readAt }, telling),
    buttons: onlyYou ? [firstButton(standingOf(answer), words)] : [],
    shortened: campaign.shortened,
  };
}

function campaignSection(
  one: Campaign,
  place: number,
  { phoneUsers, withTexts }: CampaignAnswer,
  telling: Telling,
): ReportSection {
  const { words } = telling;
  const { campaign } = words;
  const before = words.history.compare.before.D7;
  return {
    headline: campaign.ranked(place, taskOf(one, telling)),
    facts: [
      { name: campaign.facts.who, value: whoText(one, telling) },
      { name: campaign.facts.evidence, value: evidenceText(one, before, telling) },
      { name: campaign.facts.first, value: campaign.campaigns[one.id].first },
    ],
    remarks: [
      ...(one.id === "passkey" ? phoneLines(phoneUsers, telling) : []),
      ...(withTexts ? textLines(one, telling) : []),
    ],
  };
}

function textLines({ id }: Campaign, { words }: Telling): string[] {
  const { to, text } = words.campaign.campaigns[id];
  return [words.campaign.textFor(to), text];
}

/** What no rule could look at, and that nobody tried. */
function notKnown({ people, resets, byWhom }: CampaignFigures, { words }: Telling): string[] {
  const { notKnown: lines, noTries } = words.campaign;
  return [
    ...(people === undefined ? [lines.people] : []),
    ...(people !== undefined && people.phoneOnly === undefined ? [lines.phoneOnly] : []),
    ...(people?.inScope === 0 ? [lines.inScope] : []),
    ...(resets === undefined ? [lines.resets] : []),
    ...(resets?.tries === 0 ? [noTries] : []),
    ...(byWhom === undefined ? [lines.byWhom] : []),
  ];
}
