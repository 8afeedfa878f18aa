import { dayOf, type ServiceChange } from "../reference/service-changes.ts";
import type { Words } from "../reference/words/words.ts";
import { createFormat } from "../views/format.ts";
import { printable } from "../views/plain-text.ts";

/** What is told of a change; digests freeze it. */
export type ToldChange = Pick<ServiceChange, "id" | "date" | "message" | "text" | "announcedFirstFor">;

/** An operator's own text may be longer than a name. */
const LONGEST_TEXT = 200;

/** "Since 9 Nov 2026, as announced: … (MC1325414)."; `now` decides between "since" and "from". */
export function announcedLine(change: ToldChange, words: Words, now: Date): string {
  const { announced, changes } = words.history;
  const known: Readonly<Record<string, string>> = changes;
  const text = change.text ?? known[change.id] ?? change.id;
  const source = announced.message(change.message && printable(change.message));
  const day = dayText(change.date, words, now);
  const told = change.announcedFirstFor
    ? announced.first(day, dayText(change.announcedFirstFor, words, now))
    : day;
  const when = dayOf(change) <= now ? announced.since : announced.from;
  return when(told, printable(text, LONGEST_TEXT), source);
}

/** A day of the calendar, the same in every time zone. */
export function dayText(date: string, words: Words, now: Date): string {
  return createFormat({ words, locale: "en", timeZone: "UTC", now }).day(dayOf({ date }));
}
