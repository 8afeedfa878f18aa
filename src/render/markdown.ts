/** Emphasis, code, links and backslashes, wherever they stand. */
const ANYWHERE = /[\\*`[\]]/g;
/** An underscore within a word is plain text. */
const UNDERSCORE = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const TAG = /<(?=[\p{L}/!?])/gu;
const ENTITY = /&(?=#?\w+;)/g;
/** Bullets, headings, quotes and numbers that would begin a block. */
const BLOCK = /^\s*(?:>|(?:[-+]|#+|\d+[.)])(?=\s|$))/;
/** Invisible; what follows it does not begin the line. */
const WORD_JOINER = "\u2060";

/**
 * Text for a TextBlock or a FactSet, which read a part of markdown
 * (learn.microsoft.com/adaptive-cards/authoring-cards/text-features): shown as it is written, without links
 * or emphasis. Text that means nothing to markdown stays as it is, since not every client undoes a backslash.
 */
export function escapeMarkdown(text: string): string {
  const escaped = text
    .replace(ANYWHERE, "\\$&")
    .replace(UNDERSCORE, "\\_")
    .replace(TAG, "\\<")
    .replace(ENTITY, "\\&")
    .replaceAll("~~", "\\~\\~");
  return BLOCK.test(escaped) ? `${WORD_JOINER}${escaped}` : escaped;
}
