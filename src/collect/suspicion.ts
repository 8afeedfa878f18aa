import type { Collected, CollectionState } from "../ports/collections.ts";

/** Below this share of the rows that came before, an answer is not believed at once. */
const SHARE = 0.5;
/** So few rows may halve in a day without any fault. */
const FEW = 100;
/** Milliseconds after which an answer that stays small is believed. */
const BELIEVED_AFTER = 24 * 3_600_000;

export interface Suspicion {
  /** Rows of the last complete collection. */
  readonly rowsBefore: number;
  readonly suspect: NonNullable<CollectionState["suspect"]>;
}

/**
 * Whether what Graph answered can be the whole: reports have answered 200 with nothing or with a part, and history
 * must not be overwritten by it. An answer that stays as small for a day is the truth; one without rows never is.
 * The numbers are our own choice: a window of 30 days does not lose half of its rows between two collections.
 */
export function suspicionOf(
  { reader, rowsRead }: Pick<Collected, "reader" | "rowsRead">,
  before: Pick<CollectionState, "complete" | "suspect"> | undefined,
  now: Date,
): Suspicion | undefined {
  const { complete, suspect } = before ?? {};
  if (!complete || complete.reader !== reader) {
    return undefined;
  }
  const rowsBefore = complete.rowsRead;
  const isSmall = rowsRead === 0 ? rowsBefore > 0 : rowsBefore >= FEW && rowsRead < rowsBefore * SHARE;
  if (!isSmall) {
    return undefined;
  }
  if (!suspect || !isLike(rowsRead, suspect.rowsRead)) {
    return { rowsBefore, suspect: { since: now, rowsRead } };
  }
  const since = Math.abs(now.getTime() - suspect.since.getTime());
  return rowsRead > 0 && since >= BELIEVED_AFTER ? undefined : { rowsBefore, suspect };
}

/** Rows come and go between two collections, so "as small" is not "equal". */
function isLike(rows: number, others: number): boolean {
  return Math.min(rows, others) >= Math.max(rows, others) * SHARE;
}
