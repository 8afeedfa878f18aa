import { since } from "../../kernel/clock.ts";
import type { PeopleCountReader } from "../../ports/people.ts";
import { readExcludedAccounts } from "../excluded-accounts.ts";
import { noRows } from "../no-rows.ts";
import { foldPeople } from "../people-fold.ts";
import {
  readDetails,
  USER_REGISTRATION_DETAILS,
  USER_REGISTRATION_DETAILS_PATH,
} from "../registration-rows.ts";
import type { PeopleReaderParts } from "./people-parts.ts";
import { readRows } from "./read-rows.ts";

/**
 * Counts the people of `userRegistrationDetails` for every scope in one pass, page by page, so that no row is kept
 * (learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails). The report has enabled
 * accounts only. It documents no filter for the type of a user or for administrators, so all are read. With the index of
 * the same collection's events it also counts those who used a phone though they have something better.
 */
export function detailsReader({ client, clock, excludeGroups }: PeopleReaderParts): PeopleCountReader {
  return {
    async read(options) {
      const readAt = clock.now();
      const excluded = await readExcludedAccounts(client, excludeGroups, options);
      const fold = foldPeople(excluded, options.persons);
      const source = { endpoint: USER_REGISTRATION_DETAILS, path: USER_REGISTRATION_DETAILS_PATH };
      const { pages, rows } = await readRows(client, source, readDetails, options, fold.add);
      if (rows === 0) {
        throw noRows(USER_REGISTRATION_DETAILS);
      }
      return {
        reader: "details",
        readAt,
        took: since(readAt, clock),
        pages,
        rowsRead: rows,
        scopes: fold.scopes(),
        ...(excludeGroups.length > 0 && { excludeGroups: excludeGroups.toSorted() }),
      };
    },
  };
}
