import { maskText } from "../reference/mask.ts";
import { OTHER_REASONS, reasonOf, UNSPECIFIED } from "../reference/reasons.ts";

/** Distinct unknown texts that one reading keeps: enough to see what is new, and a bound for memory and store. */
const MOST_UNKNOWN = 50;
/** Texts of known reasons are looked up once: more of them than Microsoft has published. */
const MOST_REMEMBERED = 200;

/**
 * What is counted for Graph's `failureReason`: the id of a known reason, else the text with everything personal masked,
 * `unspecified` where there is none, and `other` for texts beyond the first fifty unknown ones.
 */
export function createFailureReasons(): (text: string) => string {
  const unknown = new Set<string>();
  const before = new Map<string, string>();
  return (text) => {
    const known = before.get(text) ?? reasonOf(text)?.id;
    if (known) {
      if (before.size < MOST_REMEMBERED) {
        before.set(text, known);
      }
      return known;
    }
    const masked = maskText(text);
    if (masked === "") {
      return UNSPECIFIED;
    }
    if (unknown.size < MOST_UNKNOWN) {
      unknown.add(masked);
    }
    return unknown.has(masked) ? masked : OTHER_REASONS;
  };
}
