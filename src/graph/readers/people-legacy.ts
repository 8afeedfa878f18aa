import { z } from "zod";
import { since } from "../../kernel/clock.ts";
import { AppError } from "../../kernel/problem.ts";
import type { PeopleCountReader, PeopleCounts } from "../../ports/people.ts";
import type { ReadOptions, ReadProgress } from "../../ports/usage.ts";
import type { Endpoint } from "../exchange.ts";
import type { GraphClient } from "../graph-client.ts";
import { createMethodTally } from "../people-fold.ts";
import {
  CREDENTIAL_USER_REGISTRATION_DETAILS,
  CREDENTIAL_USER_REGISTRATION_DETAILS_PATH,
  LEGACY_ROW,
} from "../registration-rows.ts";
import { count } from "../shape.ts";
import { groupsNotLeftOut, type PeopleReaderParts } from "./people-parts.ts";
import { readRows } from "./read-rows.ts";

const GET_CREDENTIAL_USER_REGISTRATION_COUNT: Endpoint = {
  name: "getCredentialUserRegistrationCount",
  permission: "Reports.Read.All",
  bucket: "reports",
  retired: true,
};

/** The page of the API spells the keys otherwise, with a slip, than the page of the resource and the metadata. */
const STATUS_COUNT = z.union([
  z.object({ registrationStatus: z.string(), registrationCount: count }),
  z.object({ userRegistrationStatus: z.string(), userRegistationCount: count }).transform((row) => ({
    registrationStatus: row.userRegistrationStatus,
    registrationCount: row.userRegistationCount,
  })),
]);

const REGISTRATION_COUNT = z.object({
  totalUserCount: count,
  userRegistrationCounts: z.array(STATUS_COUNT),
});
type RegistrationCount = z.infer<typeof REGISTRATION_COUNT>;

/**
 * The retired beta APIs (learn.microsoft.com/graph/api/reportroot-getcredentialuserregistrationcount and
 * …-list-credentialuserregistrationdetails). They know only everyone, and nobody can be left out. The list of people
 * is documented to return no data since June 2024, the count has no such notice: where only the list is gone the
 * methods are absent. A count of nobody is GRAPH-RETIRED.
 */
export function legacyPeopleReader({ client, clock, excludeGroups }: PeopleReaderParts): PeopleCountReader {
  return {
    async read(options) {
      const readAt = clock.now();
      const rows: RegistrationCount[] = [];
      const source = {
        endpoint: GET_CREDENTIAL_USER_REGISTRATION_COUNT,
        path: "/beta/reports/getCredentialUserRegistrationCount",
      };
      const counted = await readRows(client, source, REGISTRATION_COUNT, options, (row) => rows.push(row));
      const everyone = countsOf(theOnly(rows));
      const listed = await readMethods(client, after(counted, options));
      return {
        reader: "legacy",
        readAt,
        took: since(readAt, clock),
        pages: counted.pages + listed.pages,
        rowsRead: counted.rows + listed.rows,
        scopes: { everyone: { ...everyone, ...(listed.rows > 0 && { methods: listed.methods }) } },
        ...groupsNotLeftOut(excludeGroups),
      };
    },
  };
}

function theOnly(rows: readonly RegistrationCount[]): RegistrationCount {
  const [row, another] = rows;
  if (another) {
    throw new AppError("GRAPH-ANSWER", { detail: "getCredentialUserRegistrationCount has several rows." });
  }
  const isZero = row?.userRegistrationCounts.every(({ registrationCount }) => registrationCount === 0);
  if (!row || (row.totalUserCount === 0 && isZero)) {
    throw new AppError("GRAPH-RETIRED", {
      permission: "AuditLog.Read.All",
      detail: "getCredentialUserRegistrationCount counts nobody.",
    });
  }
  return row;
}

function countsOf({ totalUserCount, userRegistrationCounts }: RegistrationCount): PeopleCounts {
  const figure = (name: keyof PeopleCounts, status: string) => {
    const found = userRegistrationCounts.find(({ registrationStatus }) => registrationStatus === status);
    return found && { [name]: found.registrationCount };
  };
  return {
    people: totalUserCount,
    ...figure("ssprRegistered", "registered"),
    ...figure("ssprEnabled", "enabled"),
    ...figure("ssprCapable", "capable"),
    ...figure("mfaRegistered", "mfaRegistered"),
    leftOut: {},
  };
}

/** Progress goes on from where the first report ended. */
function after(done: ReadProgress, { signal, onProgress }: ReadOptions): ReadOptions {
  return {
    signal,
    onProgress: ({ pages, rows, ...more }) =>
      onProgress({ pages: done.pages + pages, rows: done.rows + rows, ...more }),
  };
}

/** People per method; no rows where Microsoft has taken the list away. */
async function readMethods(client: GraphClient, options: ReadOptions) {
  const tally = createMethodTally();
  const source = {
    endpoint: CREDENTIAL_USER_REGISTRATION_DETAILS,
    path: CREDENTIAL_USER_REGISTRATION_DETAILS_PATH,
  };
  try {
    const { pages, rows } = await readRows(client, source, LEGACY_ROW, options, ({ methods }) =>
      tally.add(methods),
    );
    return { pages, rows, methods: tally.counts() };
  } catch (error) {
    if (error instanceof AppError && error.code === "GRAPH-RETIRED") {
      return { pages: 0, rows: 0, methods: {} };
    }
    throw error;
  }
}
