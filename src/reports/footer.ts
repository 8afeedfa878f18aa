import type { Telling } from "./usage/section.ts";

interface Read {
  /** The report by name. */
  readonly reader: string;
  readonly readAt: Date;
  /** Somebody pressed Refresh: when. */
  readonly refreshedAt?: Date;
}

/** Source, time of reading, completeness and lag. */
export function readFooter({ reader, readAt, refreshedAt }: Read, { words, format }: Telling): string {
  const read = format.moment(readAt);
  return refreshedAt
    ? words.usage.footerRefreshed(reader, read, format.moment(refreshedAt))
    : words.usage.footer(reader, read);
}
