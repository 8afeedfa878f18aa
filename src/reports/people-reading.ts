import type { Question } from "../language/question.ts";
import {
  LEFT_OUT_RULES,
  type LeftOutRule,
  PEOPLE_SCOPES,
  type PeopleCounts,
  type PeopleNote,
  type PeopleReading,
  type PeopleScope,
} from "../ports/people.ts";
import { printable } from "../views/plain-text.ts";
import type { ReportAnswer } from "./answer.ts";
import { readFooter } from "./footer.ts";
import { ageNotices, heardNotices } from "./usage/notices.ts";
import type { Telling } from "./usage/section.ts";
import { ENOUGH_TRIES } from "./usage/worst-method.ts";

/** A question about how many people, and the complete reading that answers it. */
export interface PeopleAnswer extends ReportAnswer {
  readonly reading: PeopleReading;
}

export interface ShownScope {
  /** What was asked for; members where nothing was. */
  readonly asked: PeopleScope;
  readonly scope: PeopleScope;
  readonly counts: PeopleCounts;
}

/** The scope that was asked for; where the reading does not know it, everyone. Throws where it knows none. */
export function shownScope({ reading, question }: Pick<PeopleAnswer, "reading" | "question">): ShownScope {
  const asked = question.options.scope ?? "members";
  for (const scope of [asked, "everyone", ...PEOPLE_SCOPES] as const) {
    const counts = reading.scopes[scope];
    if (counts) {
      return { asked, scope, counts };
    }
  }
  throw new Error("a reading of people counts nobody");
}

/** The same people by another report; members are who is counted where nobody is named. */
export function questionOf(command: "registration" | "methods", scope: PeopleScope): Question {
  return { command, options: scope === "members" ? {} : { scope } };
}

/** "19,412 members". */
export function peopleText(scope: PeopleScope, count: number, { words, format }: Telling): string {
  return words.reports.counted.of[scope](format.people(count), isOne(count, { format }));
}

/** Whether one person is said to be one: a small count that is not told is several. */
export function isOne(count: number, { format }: Pick<Telling, "format">): boolean {
  return count === 1 && format.people(count) === format.number(count);
}

/**
 * A share as text; a dash of fewer than twenty people, and where a count is not told exactly, because the share would
 * tell it. It is not clamped: Microsoft's own counts can exceed the whole.
 */
export function shareText(count: number, whole: number, telling: Telling): string {
  return shareOrNone(count, whole, telling) ?? telling.words.figures.none;
}

export function shareOrNone(count: number, whole: number, { format }: Telling): string | undefined {
  const isTold = (people: number): boolean => format.people(people) === format.number(people);
  return whole >= ENOUGH_TRIES && isTold(count) && isTold(whole) ? format.percent(count, whole) : undefined;
}

/** How the question was read, how old the numbers are, and whom they are about instead. */
export function peopleNotices(
  answer: PeopleAnswer,
  { asked, scope }: ShownScope,
  telling: Telling,
): string[] {
  const { reading, nextReadAt } = answer;
  const { counted } = telling.words.reports;
  return [
    ...heardNotices(answer, telling.words),
    ...(asked === scope ? [] : [counted.otherScope(counted.scopes[asked], counted.scopes[scope])]),
    ...ageNotices(reading.readAt, nextReadAt, telling),
    ...(reading.notes ?? []).map((note) => noteText(note, telling)),
  ];
}

function noteText(note: PeopleNote, { words, format }: Telling): string {
  const { counted } = words.reports;
  switch (note.kind) {
    case "legacy-instead":
      return counted.legacyInstead(printable(note.permission ?? "AuditLog.Read.All"));
    case "groups-not-left-out":
      return counted.groupsNotLeftOut(format.number(note.groups), note.groups === 1);
  }
}

/** Who is counted, and how many were left out by which rule. */
export function countedLines(
  { reader }: PeopleReading,
  { scope, counts }: ShownScope,
  telling: Telling,
): string[] {
  const { counted } = telling.words.reports;
  const who = counted.counted(peopleText(scope, counts.people, telling));
  return [reader === "details" ? `${who} ${leftOutText(counts, telling)}` : `${who} ${counted.byMicrosoft}`];
}

/** Accounts that are nobody's: their number is no count of people. */
const NO_PEOPLE: readonly LeftOutRule[] = ["serviceAccounts", "excludedGroups"];

/**
 * How many were left out by each rule, as parts of a sentence; a few people are not told exactly. Where those who are
 * counted are few themselves, the people beside them are not told at all: with a total one would follow from the other.
 */
export function leftOutParts({ people, leftOut }: PeopleCounts, { words, format }: Telling): string[] {
  const { leftOutBy } = words.reports.counted;
  const told = LEFT_OUT_RULES.filter((rule) => NO_PEOPLE.includes(rule) || !format.isFew(people));
  return told.flatMap((rule) => {
    const count = leftOut[rule] ?? 0;
    const text = NO_PEOPLE.includes(rule) ? format.number(count) : format.people(count);
    return count > 0 ? [leftOutBy[rule](text, isOne(count, { format }))] : [];
  });
}

/** Service accounts are always looked for, so that none were found is said as well. */
function leftOutText(counts: PeopleCounts, telling: Telling): string {
  const { counted } = telling.words.reports;
  const none = counts.leftOut.serviceAccounts ? [] : [counted.noServiceAccounts];
  return counted.leftOut([...none, ...leftOutParts(counts, telling)]);
}

/** "21 Nov 2026 · 19,412 members". */
export function peopleSubtitle(
  { reading }: PeopleAnswer,
  { scope, counts }: ShownScope,
  telling: Telling,
): string {
  const { counted } = telling.words.reports;
  return counted.subtitle(telling.format.day(reading.readAt), peopleText(scope, counts.people, telling));
}

export function peopleFooter({ reading, refreshed, audience }: PeopleAnswer, telling: Telling): string {
  const reader = telling.words.reports.counted.readers[reading.reader];
  return readFooter(
    { reader, readAt: reading.readAt, ...(refreshed && { refreshedAt: audience.now }) },
    telling,
  );
}
