import type { WeekTries } from "../../ports/digest.ts";
import { OTHER_REASONS } from "../../reference/reasons.ts";
import { reasonText } from "../reason-text.ts";
import type { DigestPart, DigestSection, DigestTelling } from "./section.ts";

const NAMED = 3;

/** The most frequent reasons, and the others as one line. */
export const reasonsSection: DigestSection = {
  part: ({ tries }, telling) => failureReasons(tries?.week.resetFailures ?? [], NAMED, telling),
};

/** At most `limit` reasons; a line that would stand for one reason takes the place of that reason. */
export function failureReasons(
  failures: WeekTries["resetFailures"],
  limit: number,
  { words, format }: DigestTelling,
): DigestPart {
  const { title, others } = words.digest.reasons;
  const known = failures.filter(({ count }) => count > 0);
  const nameable = known.filter(({ reason }) => reason !== OTHER_REASONS);
  const named = nameable.length === limit + 1 ? nameable : nameable.slice(0, limit);
  const rest = sum(known) - sum(named);
  const lines = [
    ...named.map(({ reason, count }) => ({ count: format.number(count), text: reasonText(reason, words) })),
    ...(rest > 0 ? [{ count: format.number(rest), text: others }] : []),
  ];
  return lines.length > 0 ? { reasons: { title, lines } } : {};
}

function sum(failures: WeekTries["resetFailures"]): number {
  return failures.reduce((total, { count }) => total + count, 0);
}
