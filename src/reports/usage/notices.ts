import type { Correction } from "../../language/question.ts";
import type { ReadingNote, UsageSnapshot } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import { printable } from "../../views/plain-text.ts";
import type { Telling } from "./section.ts";
import { triesOf } from "./worst-method.ts";

/** How a question was read. */
export interface Heard {
  readonly corrections?: readonly Correction[];
  /** Options alone, on top of the question before. */
  readonly refined?: boolean;
}

/** How the question was read; it stands first, because a wrong reading makes the rest worthless. */
export function heardNotices({ corrections = [], refined = false }: Heard, { usage }: Words): string[] {
  return [
    ...corrections.map(({ said, read }) => usage.corrected(printable(said), printable(read))),
    ...(refined ? [usage.refined] : []),
  ];
}

const OLD = 12 * 3_600_000;

export interface ShownReading {
  readonly snapshot: Pick<UsageSnapshot, "readAt" | "notes">;
  /** Refresh was pressed before Graph may be asked again: when it may. */
  readonly nextReadAt?: Date;
}

/** What stands between these numbers and the truth. `now` tells their age. */
export function readingNotices(
  { snapshot, nextReadAt }: ShownReading,
  now: Date,
  telling: Telling,
): string[] {
  return [
    ...ageNotices(snapshot.readAt, nextReadAt, now, telling),
    ...snapshot.notes.map((note) => noteText(note, telling)),
  ];
}

export function ageNotices(
  readAt: Date,
  nextReadAt: Date | undefined,
  now: Date,
  { words, format }: Telling,
): string[] {
  const isOld = now.getTime() - readAt.getTime() > OLD;
  const age = format.age(readAt);
  return [
    ...(isOld ? [words.usage.old(age)] : []),
    ...(nextReadAt ? [words.usage.readAgain(age, format.moment(nextReadAt))] : []),
  ];
}

function noteText(note: ReadingNote, { words, format }: Telling): string {
  switch (note.kind) {
    case "legacy-instead-of-events":
      return words.usage.legacyInsteadOfEvents(printable(note.permission ?? "AuditLog.Read.All"));
    case "events-in-the-future":
      return words.usage.eventsInTheFuture(format.number(note.count), note.count === 1);
  }
}

/**
 * Why there may be nothing to count beside the plain truth that nobody tried. Without any reset in the period,
 * collecting may never have been switched on (learn.microsoft.com/entra/identity/authentication/
 * howto-sspr-reporting: an administrator must open the audit logs at least once).
 */
export function reasonsForNone(
  { rows, period }: Pick<UsageSnapshot, "rows" | "period">,
  { usage }: Words,
): string[] {
  const lag = usage.lag[period];
  const hasResets = rows.some((row) => row.feature === "reset" && triesOf(row) > 0);
  return [...(lag === undefined ? [] : [lag]), ...(hasResets ? [] : [usage.neverCollected])];
}
