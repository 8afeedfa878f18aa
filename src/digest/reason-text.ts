import { isNamedReason } from "../reference/reasons.ts";
import type { Words } from "../reference/words/words.ts";
import { printable } from "../views/plain-text.ts";

/** A stored failure reason as it follows a count. */
export function reasonText(reason: string, words: Words): string {
  return isNamedReason(reason) ? words.reasons[reason] : words.otherReason(printable(reason, 80));
}
