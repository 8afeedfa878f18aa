import { z } from "zod";
import type { PeopleLists, PersonTry } from "../ports/people.ts";
import type { ReadOptions } from "../ports/usage.ts";
import { createFailureReasons } from "./failure-reasons.ts";
import type { GraphClient } from "./graph-client.ts";
import { type ListSource, listCollectedPages, listPages } from "./list-pages.ts";
import { USER_EVENTS_SUMMARY } from "./readers/events.ts";
import { nameText } from "./shape.ts";

const TRY_ROW = z.object({
  userPrincipalName: nameText,
  userDisplayName: nameText.nullish(),
  feature: nameText,
  authMethod: nameText,
  isSuccess: z.boolean(),
  failureReason: z.string().nullish(),
  eventDateTime: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});
type TryRow = z.infer<typeof TRY_ROW>;

export const CURRENT_TRIES: ListSource<TryRow> = {
  endpoint: USER_EVENTS_SUMMARY,
  path: "/beta/reports/authenticationMethods/userEventsSummary",
  row: TRY_ROW,
};

/** The retired report has the same fields (learn.microsoft.com/graph/api/resources/usercredentialusagedetails). */
export const LEGACY_TRIES: ListSource<TryRow> = {
  endpoint: {
    name: "userCredentialUsageDetails",
    permission: "Reports.Read.All",
    bucket: "reports",
    retired: true,
  },
  path: "/beta/reports/userCredentialUsageDetails",
  row: TRY_ROW,
};

export interface TryLists extends Pick<PeopleLists, "failing"> {
  /** All tries of one person that the report has, newest first. */
  ofPerson(userPrincipalName: string, options: ReadOptions): Promise<readonly PersonTry[]>;
}

/** Tries from a report of single events; its window is not documented, and neither is a filter by date. */
export function createTryLists(client: GraphClient, source: ListSource<TryRow>): TryLists {
  return {
    async *failing({ from, to, feature }, options) {
      const reasonOf = createFailureReasons();
      const filter = { isSuccess: false, ...(feature !== undefined && { feature }) };
      for await (const page of listCollectedPages(client, source, filter, options)) {
        const inTime = page.filter(({ eventDateTime: at }) => at >= from && at < to);
        yield inTime.map((row) => ({
          ...toTry(row, reasonOf),
          name: row.userDisplayName ?? "",
          userPrincipalName: row.userPrincipalName,
        }));
      }
    },
    async ofPerson(userPrincipalName, options) {
      const reasonOf = createFailureReasons();
      const tries: TryRow[] = [];
      // The person's own row waits in the other lane at the same time.
      for await (const page of listPages(client, source, { userPrincipalName }, options, "collection")) {
        tries.push(...page);
      }
      const newestFirst = tries.sort((one, other) => Number(other.eventDateTime) - Number(one.eventDateTime));
      return newestFirst.map((row) => toTry(row, reasonOf));
    },
  };
}

/** A success has no reason, though the documented sample of the retired report has one with a text. */
function toTry(row: TryRow, reasonOf: (text: string) => string): PersonTry & { readonly at: Date } {
  return {
    at: row.eventDateTime,
    feature: row.feature,
    method: row.authMethod,
    isSuccess: row.isSuccess,
    reason: row.isSuccess ? "" : reasonOf(row.failureReason ?? ""),
  };
}
