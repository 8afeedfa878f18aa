import type { DigestExtra, DigestNumbers } from "../../ports/digest.ts";
import type { SpanWords } from "../../reference/words/digest-words.ts";
import type { Telling } from "../../reports/usage/section.ts";
import type { DigestView } from "../../views/view.ts";

/** What the sections of a digest are told with. */
export interface DigestTelling extends Telling {
  readonly span: SpanWords;
  /** The last seven days as of now, not a week of the calendar. */
  readonly isOverview: boolean;
}

/** One section's part of the card. */
export type DigestPart = Partial<Pick<DigestView, "news" | "table" | "people" | "reasons" | "advice">>;

export interface DigestSection {
  /** Shown only where the place chose it; sections without it are on every digest. */
  readonly extra?: DigestExtra;
  readonly part: (numbers: DigestNumbers, telling: DigestTelling) => DigestPart;
}
