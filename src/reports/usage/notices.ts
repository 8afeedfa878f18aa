import type { Correction, Feature } from "../../language/question.ts";
import type { CollectionName, CollectionState } from "../../ports/collections.ts";
import type { KeptQuarters, ReadingNote, UsageSnapshot } from "../../ports/usage.ts";
import type { Words } from "../../reference/words/words.ts";
import type { Audience } from "../../views/audience.ts";
import { createFormat } from "../../views/format.ts";
import { printable } from "../../views/plain-text.ts";
import { type ProblemAnswer, problemTitle } from "../../views/problem.ts";
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

export interface ShownReading {
  readonly snapshot: Pick<UsageSnapshot, "readAt" | "notes">;
  /** Refresh was pressed before Graph may be asked again: when it may. */
  readonly nextReadAt?: Date;
}

/** What stands between these numbers and the truth. */
export function readingNotices({ snapshot, nextReadAt }: ShownReading, telling: Telling): string[] {
  return [
    ...ageNotices(snapshot.readAt, nextReadAt, telling),
    ...snapshot.notes.flatMap((note) => noteTexts(note, telling)),
  ];
}

export function ageNotices(readAt: Date, nextReadAt: Date | undefined, { words, format }: Telling): string[] {
  return nextReadAt ? [words.usage.readAgain(format.age(readAt), format.moment(nextReadAt))] : [];
}

type Fault = Pick<ProblemAnswer, "code" | "facts"> & { readonly at: Date };

/** What a collection failed of after these numbers were read; undefined where it did not. */
export function faultSince(
  readAt: Date,
  collection: CollectionName,
  states: readonly Pick<CollectionState, "name" | "last">[],
): Fault | undefined {
  const last = states.find(({ name }) => name === collection)?.last;
  return last?.fault && last.at > readAt ? { at: last.at, ...last.fault } : undefined;
}

/** What the schedule of collections says of numbers. */
export interface Kept {
  readonly readAt: Date;
  /** Milliseconds after which numbers are old. */
  readonly oldAfter: number;
  /** Of a collection that was tried after these numbers were read. */
  readonly fault?: Fault;
}

/** Why there are no newer numbers than these, and that they are old. */
export function standingNotices({ readAt, oldAfter, fault }: Kept, audience: Audience): string[] {
  const { words, now } = audience;
  const format = createFormat(audience);
  if (fault) {
    const title = problemTitle(fault.code, fault.facts, audience);
    return [words.usage.newerFailed(format.moment(fault.at), title, fault.code, format.age(readAt))];
  }
  return now.getTime() - readAt.getTime() > oldAfter ? [words.usage.old(format.age(readAt))] : [];
}

/** "3 quarters of an hour between … and …". */
export function keptText({ count, from, to }: KeptQuarters, { words, format }: Telling): string {
  return words.usage.kept(format.number(count), count === 1, format.moment(from), format.moment(to));
}

function noteTexts(note: ReadingNote, { words, format }: Telling): string[] {
  switch (note.kind) {
    case "legacy-instead-of-events":
      return [words.usage.legacyInsteadOfEvents(printable(note.permission ?? "AuditLog.Read.All"))];
    case "events-in-the-future":
      return [words.usage.eventsInTheFuture(format.number(note.count), note.count === 1)];
    case "kept-quarters":
      return [words.usage.keptQuarters(keptText(note, { words, format }))];
    // They bend no count of tries: they are told where people are.
    case "tries-without-a-person":
    case "people-not-counted":
      return [];
  }
}

/**
 * Why there may be nothing to count beside the plain truth that nobody tried. Without any reset in the period,
 * collecting may never have been switched on (learn.microsoft.com/entra/identity/authentication/
 * howto-sspr-reporting: an administrator must open the audit logs at least once). Of registrations nobody has to switch
 * that on, so it is not told where they alone are missing.
 */
export function reasonsForNone(
  { rows, period }: Pick<UsageSnapshot, "rows" | "period">,
  { usage }: Words,
  feature?: Feature,
): string[] {
  const lag = usage.lag[period];
  const hasResets = rows.some((row) => row.feature === "reset" && triesOf(row) > 0);
  const isAboutResets = feature !== "registration";
  return [
    ...(lag === undefined ? [] : [lag]),
    ...(isAboutResets && !hasResets ? [usage.neverCollected] : []),
  ];
}
