import type { WeekTries } from "../../ports/digest.ts";
import { isNamedReason, OTHER_REASONS } from "../../reference/reasons.ts";
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
  // A text that nobody knows could hold a person's name, and the card is read by a whole channel.
  const nameable = known.flatMap(({ reason, count }) =>
    isNamedReason(reason) && reason !== OTHER_REASONS ? [{ reason, count }] : [],
  );
  const named = nameable.length === limit + 1 ? nameable : nameable.slice(0, limit);
  const rest = sum(known) - sum(named);
  const lines = [
    ...named.map(({ reason, count }) => ({ count: format.number(count), text: words.reasons[reason] })),
    ...(rest > 0 ? [{ count: format.number(rest), text: others }] : []),
  ];
  return lines.length > 0 ? { reasons: { title, lines } } : {};
}

function sum(failures: WeekTries["resetFailures"]): number {
  return failures.reduce((total, { count }) => total + count, 0);
}
