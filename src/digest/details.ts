import type { DigestNumbers } from "../ports/digest.ts";
import { campaignsFor } from "../reports/campaign/rules.ts";
import { evidenceText, phoneLines } from "../reports/campaign/telling.ts";
import { countByFeature } from "../reports/usage/count.ts";
import { featureNews } from "../reports/usage/section.ts";
import { triesOf } from "../reports/usage/worst-method.ts";
import { weekNumber } from "../views/iso-week.ts";
import type { DigestView } from "../views/view.ts";
import type { DigestAnswer } from "./answer.ts";
import { backButton } from "./buttons.ts";
import { campaignFigures } from "./campaign-figures.ts";
import { digestHeadline } from "./headline.ts";
import { footerLines } from "./remarks.ts";
import { failureReasons } from "./sections/reasons.ts";
import type { DigestTelling } from "./sections/section.ts";
import { tellingOf } from "./telling.ts";
import { triesTable } from "./tries-table.ts";

/** As many reasons as a card has room for; the others stay one line. */
const REASONS = 15;

/**
 * Behind a posted digest, from its own numbers and for the presser only: registration tries, all reasons, and what speaks
 * for the digest's advice with a text to send; where nothing is advised, the text for people who cannot reset yet.
 */
export function digestDetailsView(answer: DigestAnswer): DigestView {
  const { numbers, base } = answer;
  const { telling, days } = tellingOf(answer);
  const { words } = telling;
  const [registrations] = countByFeature(numbers.tries?.week.rows ?? [], { feature: "registration" }, words);
  const isKnown = numbers.tries !== undefined && registrations !== undefined;
  const hasTries = isKnown && triesOf(registrations) > 0;
  return {
    kind: "digest",
    title: words.digest.details(weekNumber(numbers.week)),
    onlyYou: words.onlyYou,
    headline: digestHeadline(numbers, telling),
    subtitle: days.week(new Date(numbers.from), new Date(numbers.to)),
    notices: [],
    news: [isKnown ? `${featureNews(registrations, telling)}.` : words.digest.news.unread],
    ...(hasTries && { table: triesTable(registrations, undefined, telling) }),
    ...failureReasons(numbers.tries?.week.resetFailures ?? [], REASONS, telling),
    advice: adviceOf(numbers, telling),
    footer: footerLines(answer, telling),
    buttons: base ? [backButton(base, words)] : [],
  };
}

function adviceOf(numbers: DigestNumbers, telling: DigestTelling): string {
  const { words, span } = telling;
  const [first] = campaignsFor(campaignFigures(numbers, words));
  if (!first) {
    return words.digest.advice.reminder;
  }
  const { to, text } = words.campaign.campaigns[first.id];
  return [
    evidenceText(first, span.before, telling),
    ...(first.id === "passkey" ? phoneLines(numbers.people?.phoneUsers, telling) : []),
    `${words.campaign.textFor(to)} ${text}`,
  ].join(" ");
}
