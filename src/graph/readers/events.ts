import { randomBytes } from "node:crypto";
import { AppError } from "../../kernel/problem.ts";
import type { ReadingNote, UsageReader } from "../../ports/usage.ts";
import type { Endpoint } from "../exchange.ts";
import { booleanOf, fieldsOf, momentOf, nameOf, textOrEmpty } from "../fields.ts";
import { foldEvents, type UsageEvent } from "../fold.ts";
import { createPersonIndex } from "../person-index.ts";
import { readRows } from "./read-rows.ts";
import type { ReaderParts } from "./summary.ts";

export const USER_EVENTS_SUMMARY: Endpoint = {
  name: "userEventsSummary",
  permission: "AuditLog.Read.All",
  bucket: "reports",
};

/** Of the person only what the index hashes at once; it is gone with the page. */
export function readEvent(value: unknown): UsageEvent {
  const event = fieldsOf<EventField>(value);
  return {
    userPrincipalName: textOrEmpty(event.userPrincipalName, "userPrincipalName"),
    feature: nameOf(event.feature, "feature"),
    method: nameOf(event.authMethod, "authMethod"),
    isSuccess: booleanOf(event.isSuccess, "isSuccess"),
    // Empty for a success; the documentation promises no text for a failure either.
    reason: textOrEmpty(event.failureReason, "failureReason"),
    at: momentOf(event.eventDateTime, "eventDateTime"),
  };
}

type EventField =
  | "userPrincipalName"
  | "feature"
  | "authMethod"
  | "isSuccess"
  | "failureReason"
  | "eventDateTime";

/**
 * Counts the single events of `userEventsSummary`, the only source of the usage summary that an
 * application without a signed-in person has
 * (learn.microsoft.com/graph/api/authenticationmethodsroot-list-usereventssummary). Its window and a
 * filter by date are not documented, so all pages are read and one reading answers every period. People are told
 * apart by the index of the collection, or by one that ends with this reading; not by the `id` of an event, which is
 * documented as the person's and may as well be the event's.
 */
export function eventsReader({ client, clock }: ReaderParts): UsageReader {
  return {
    async read(_period, options) {
      const persons = options.persons ?? createPersonIndex(clock.now(), randomBytes(16));
      const { readAt } = persons;
      const fold = foldEvents(readAt, persons);
      const source = {
        endpoint: USER_EVENTS_SUMMARY,
        path: "/beta/reports/authenticationMethods/userEventsSummary",
      };
      const { pages, rows } = await readRows(client, source, readEvent, options, fold.add);
      if (rows === 0) {
        throw new AppError("GRAPH-NOT-COLLECTED", { detail: "userEventsSummary has no rows." });
      }
      persons.complete();
      const future = fold.inTheFuture();
      const notes: ReadingNote[] = [
        ...(future > 0 ? [{ kind: "events-in-the-future" as const, count: future }] : []),
        ...persons.notes(),
      ];
      const history = fold.history();
      return {
        reader: "events",
        readAt,
        summaries: fold.summaries(),
        pages,
        rowsRead: rows,
        notes,
        ...(history && { history }),
      };
    },
  };
}
