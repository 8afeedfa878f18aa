import type { PeopleCollector } from "../../collect/people-collector.ts";
import type { UsageCollector } from "../../collect/usage-collector.ts";
import type { Head, Table } from "../../export/table.ts";
import type { Labels } from "../../export/tables.ts";
import type { Question } from "../../language/question.ts";
import type { PeopleLists } from "../../ports/people.ts";
import type { Period, UsageSource } from "../../ports/usage.ts";
import { reasonText } from "../../reports/failures/groups.ts";
import { methodLabel } from "../../reports/people/method-list.ts";
import type { Fact } from "../../views/view.ts";
import type { Turn } from "../answer.ts";

/** What exports read. */
export interface SourceParts {
  readonly usage: UsageCollector;
  readonly people: PeopleCollector;
  readonly lists: PeopleLists;
  /** When a period begins that ends at this moment, in milliseconds. */
  readonly beginOf: (period: Period, end: Date) => number;
  /** Whose numbers. */
  readonly source: () => Promise<UsageSource>;
  /** Milliseconds: younger numbers are not read again. */
  readonly refreshAfter: number;
}

/** A question about a report, and how it is asked. */
export interface Asked {
  readonly options: Question["options"];
  readonly turn: Turn;
  /** Numbers that are kept may be too old. */
  readonly wantsNew: boolean;
}

/** What a file says of itself, and the same figures in words: one reading, so that both agree. */
export interface Contents extends Omit<Head, "exportedAt" | "source"> {
  readonly facts: readonly Fact[];
}

/** One report as lines. */
export interface ReportSource<Record> {
  readonly table: Table<Record>;
  /** Reads everything, gives it on in batches, and tells what it was. Rejects with the signal's reason. */
  readonly read: (
    write: (records: readonly Record[]) => Promise<void>,
    signal: AbortSignal,
  ) => Promise<Contents>;
}

/** What values are called on the cards. */
export function labelsOf({ audience: { words } }: Turn): Labels {
  return {
    method: (method) => methodLabel(method, words),
    reason: (reason) => reasonText(reason, words),
    leftOut: (rule) => words.exports.rules[rule],
  };
}

/**
 * Stored numbers, or new ones where there are none or they are too old. A reading of Graph is shared with all who wait
 * for it, so it goes on when only this export ends.
 */
export async function numbersFor<Reading extends { readonly readAt: Date }>(
  stored: Reading | undefined,
  collect: (askedAt: Date) => { readonly done: Promise<Reading> },
  { turn, wantsNew }: Asked,
  refreshAfter: number,
  signal: AbortSignal,
): Promise<Reading> {
  const { now } = turn.audience;
  const isOld = stored && wantsNew && now.getTime() - stored.readAt.getTime() >= refreshAfter;
  return stored && !isOld ? stored : unlessAborted(collect(now).done, signal);
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let giveUp = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason);
  });
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
