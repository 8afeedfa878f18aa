import type { Words } from "../reference/words/words.ts";

/** Whom a view speaks to: in which words, number format and time zone, and what "today" is. */
export interface Audience {
  readonly words: Words;
  /** BCP 47 tag for figures; the words themselves are English for now. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: Date;
  /** Counts of people below it are not told exactly; absent or 0 tells all. */
  readonly smallGroupFloor?: number;
}
