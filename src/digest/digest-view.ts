import { weekNumber } from "../views/iso-week.ts";
import type { DigestView, NoticeView } from "../views/view.ts";
import type { DigestAnswer } from "./answer.ts";
import { digestButtons } from "./buttons.ts";
import { digestHeadline } from "./headline.ts";
import { footerLines, noticeLines } from "./remarks.ts";
import { scheduleLine } from "./schedule-line.ts";
import type { DigestPart, DigestTelling } from "./sections/section.ts";
import { SECTIONS } from "./sections/sections.ts";
import { tellingOf } from "./telling.ts";

/**
 * One week in one card. Pure: the same numbers give the same view, so a stored digest can be shown again.
 * Where nothing is known at all, a short notice stands instead of zeros.
 */
export function digestView(answer: DigestAnswer): DigestView | NoticeView {
  const { numbers, subscription } = answer;
  const { telling, days } = tellingOf(answer);
  const { words } = telling;
  const buttons = digestButtons(answer);
  const onlyYou = onlyYouLine(answer, telling);
  if (numbers.tries === undefined && numbers.people === undefined) {
    const title = words.digest.notices.noNumbers(telling.span.name(weekNumber(numbers.week)));
    const lines = [...noticeLines(answer, telling, days), words.digest.notices.noNumbersWhy];
    return { kind: "notice", title, headline: `${title}.`, lines, buttons, ...onlyYou };
  }
  return {
    kind: "digest",
    title: telling.isOverview ? words.digest.overview : words.digest.title(weekNumber(numbers.week)),
    ...onlyYou,
    headline: digestHeadline(numbers, telling),
    subtitle: telling.isOverview
      ? words.digest.rolling(telling.format.days(new Date(numbers.from), new Date(numbers.to)))
      : days.week(new Date(numbers.from), new Date(numbers.to)),
    notices: noticeLines(answer, telling, days),
    news: [],
    ...partsOf(answer, telling),
    footer: footerLines(answer, telling),
    ...(subscription && { schedule: scheduleLine(subscription, words) }),
    buttons,
  };
}

function partsOf({ numbers, extras }: DigestAnswer, telling: DigestTelling): DigestPart {
  const chosen = SECTIONS.filter(
    ({ extra }) => extra === undefined || extras === undefined || extras.includes(extra),
  );
  const parts = chosen.map(({ part }) => part(numbers, telling));
  // More than one section has news; everything else is of one alone.
  return { ...Object.assign({}, ...parts), news: parts.flatMap(({ news = [] }) => news) };
}

function onlyYouLine(
  { kind, onlyYou = false, audience }: DigestAnswer,
  { words, format }: DigestTelling,
): { readonly onlyYou?: string } {
  if (!onlyYou) {
    return {};
  }
  return {
    onlyYou: kind === "overview" ? words.digest.onlyYouToday(format.moment(audience.now)) : words.onlyYou,
  };
}
