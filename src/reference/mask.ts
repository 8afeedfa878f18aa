const LONGEST = 120;
/** Of a longer text only the beginning is looked at, so that no text costs more than a moment. */
const MOST_LOOKED_AT = 2_000;

/** What may name a person or their phone, the wider patterns first. */
const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/\b(?:CN|OU|DC)=.*$/gi, "(directory name)"],
  [/\S*@\S*/g, "(mail address)"],
  [/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, "(id)"],
  [/[\w.-]+\\[\w.$-]+/g, "(account)"],
  // Microsoft's own codes are what an administrator looks up, so their digits stay.
  [/(?<!AADSTS\d*)\+?\(?\d(?:[\s()./-]{0,2}\d){5,}/g, "(number)"],
];

/**
 * A text of Graph that nobody knows yet, fit to be stored and shown: one line of at most 120 characters in which mail
 * addresses, directory names, GUIDs, on-premises accounts, phone numbers and runs of six or more digits are masked.
 * Texts that differ in these alone become one.
 */
export function maskText(text: string): string {
  const line = text
    .slice(0, MOST_LOOKED_AT)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, " ")
    .trim();
  const masked = PERSONAL.reduce((masking, [pattern, name]) => masking.replace(pattern, name), line);
  const letters = [...masked];
  if (letters.length <= LONGEST) {
    return masked;
  }
  const beginning = letters.slice(0, LONGEST - 1).join("");
  return `${beginning.trimEnd()}…`;
}
