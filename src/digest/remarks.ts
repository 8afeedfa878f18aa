import type { DeliveryState } from "../ports/digest.ts";
import type { Words } from "../reference/words/words.ts";
import { announcedLine } from "../reports/announced.ts";
import { faultSince } from "../reports/usage/notices.ts";
import type { Days } from "../views/days.ts";
import { weekNumber } from "../views/iso-week.ts";
import { problemTitle } from "../views/problem.ts";
import type { DigestAnswer } from "./answer.ts";
import { isSettled } from "./calendar.ts";
import type { DigestTelling } from "./sections/section.ts";

const DAY = 86_400_000;

/** What kind of digest it is, and whether its time or its numbers are late. */
export function noticeLines(
  { kind, audience, due, numbers, standing, outcome = "delivered" }: DigestAnswer,
  { words, format }: DigestTelling,
  days: Days,
): string[] {
  const { now } = audience;
  const { notices } = words.digest;
  const what = {
    weekly: [],
    overview: [],
    extra: [notices.extra],
    preview: [notices.preview],
    "as-posted": postedLines(outcome, days.moment(now), words),
  }[kind];
  const old = (name: "usage" | "people", readAt: string | undefined): string[] => {
    if (readAt === undefined) {
      return [];
    }
    const read = new Date(readAt);
    const fault = faultSince(read, name, standing?.collections ?? []);
    const isOld = now.getTime() - read.getTime() > (standing?.oldAfter ?? DAY);
    return [
      ...(fault || isOld ? [notices.old[name](format.moment(read))] : []),
      ...(fault
        ? [
            notices.failed(
              format.moment(fault.at),
              problemTitle(fault.code, fault.facts, audience),
              fault.code,
            ),
          ]
        : []),
    ];
  };
  return [
    ...what,
    ...(due ? [notices.late(days.moment(due))] : []),
    ...(numbers.missed ? [notices.missed(numbers.missed.map(weekNumber))] : []),
    ...new Set([...old("usage", numbers.tries?.readAt), ...old("people", numbers.people?.readAt)]),
  ];
}

/** When it was posted; where that is not certain, what happened instead. */
function postedLines(outcome: DeliveryState, at: string, { digest: { notices, status } }: Words): string[] {
  if (outcome === "delivered") {
    return [notices.asPosted(at)];
  }
  const said = `${status.outcome(status.outcomes[outcome], at)}.`;
  return outcome === "unknown" ? [said, status.unknownWhat] : [said];
}

/** What Microsoft announced for a day near to it, who is counted, and how complete the tries are. */
export function footerLines(answer: DigestAnswer, telling: DigestTelling): string[] {
  const { numbers, audience } = answer;
  const { serviceChange } = numbers;
  return [
    ...(serviceChange ? [announcedLine(serviceChange, telling.words, audience.now)] : []),
    ...countedLines(answer, telling),
  ];
}

function countedLines({ numbers }: DigestAnswer, { words, format, isOverview }: DigestTelling): string[] {
  const { footer } = words.digest;
  const { people, tries, to } = numbers;
  const counts = people?.counts;
  const leftOut = Object.values(counts?.leftOut ?? {}).reduce((sum, accounts) => sum + accounts, 0);
  const counted = counts ? [footer.counted(format.people(counts.people), format.number(leftOut))] : [];
  if (tries === undefined) {
    return counted;
  }
  const readAt = new Date(tries.readAt);
  return [[...counted, footer.tries, completeness()].join(" ")];

  function completeness(): string {
    const isOver = !isOverview && readAt.getTime() >= new Date(to).getTime();
    if (!isOver) {
      return footer.sofar(format.moment(readAt));
    }
    return isSettled(new Date(to), readAt) ? footer.complete : footer.mayGrow;
  }
}
