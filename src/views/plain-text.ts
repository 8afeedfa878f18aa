/** Control and format characters: they could steer a terminal or turn the direction of the text around. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/**
 * Foreign text (a value of Graph, a word somebody typed, an account name) as one printable line of at most
 * `limit` characters, with "…" where it was cut.
 */
export function printable(text: string, limit = 60): string {
  const line = text
    .slice(0, 20 * limit)
    .replace(UNPRINTABLE, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const characters = Array.from(line);
  return characters.length <= limit
    ? line
    : `${characters
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}
