import { z } from "zod";

/**
 * Reads one value that Graph sent, or throws a `Mismatch`. A schema is nicer to write, and checking rows by one took more
 * time than anything else in a reading: the two reports with a row for each person or try are read with these functions.
 */
export type Reader<T> = (value: unknown) => T;

/** Something is not as documented. It holds the place alone, never a value. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
  /** Names of properties and indexes from the outside in; none for the whole of what was read. */
  readonly place: readonly (string | number)[];

  constructor(...place: readonly (string | number)[]) {
    super("another shape than documented");
    this.place = place;
  }
}

/** An object of which nothing is known yet but the names of what is used. */
export type Unread<Name extends string> = { readonly [Each in Name]?: unknown };

export function fieldsOf<Name extends string>(value: unknown): Unread<Name> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Mismatch();
  }
  return value;
}

export function textOf(value: unknown, place: string): string {
  if (typeof value !== "string") {
    throw new Mismatch(place);
  }
  return value;
}

/** Empty where there is none. */
export function textOrEmpty(value: unknown, place: string): string {
  return value === null || value === undefined ? "" : textOf(value, place);
}

export function booleanOf(value: unknown, place: string): boolean {
  if (typeof value !== "boolean") {
    throw new Mismatch(place);
  }
  return value;
}

const MOMENT = z.regexes.datetime({ offset: true });

/** A date and time with its zone (RFC 3339). */
export function momentOf(value: unknown, place: string): Date {
  const text = textOf(value, place);
  if (!MOMENT.test(text)) {
    throw new Mismatch(place);
  }
  return new Date(text);
}

/** A name in Graph's own words, see `readable`. */
export function nameOf(value: unknown, place: string): string {
  return readable(textOf(value, place));
}

export function nameOrEmpty(value: unknown, place: string): string {
  return readable(textOrEmpty(value, place));
}

export function namesOf(value: unknown, place: string): readonly string[] {
  return listOf(value, place, ownName);
}

function ownName(value: unknown): string {
  if (typeof value !== "string") {
    throw new Mismatch();
  }
  return readable(value);
}

/** Every entry as it is read, which may tell the place of a mismatch within itself. */
export function listOf<T>(value: unknown, place: string, read: Reader<T>): readonly T[] {
  if (!Array.isArray(value)) {
    throw new Mismatch(place);
  }
  let index = 0;
  try {
    const entries: T[] = [];
    for (; index < value.length; index += 1) {
      entries.push(read(value[index]));
    }
    return entries;
  } catch (thrown) {
    throw thrown instanceof Mismatch ? new Mismatch(place, index, ...thrown.place) : thrown;
  }
}

/**
 * What no database stores as text, the zero character and half a surrogate pair, is replaced as Unicode asks for, so
 * that the rest of the name is kept and shown.
 */
export function readable(text: string): string {
  return text.isWellFormed() && !text.includes("\0") ? text : text.toWellFormed().replaceAll("\0", "\uFFFD");
}
