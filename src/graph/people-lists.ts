import { toUserId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import { PEOPLE_SCOPES, type PeopleFilter, type PeopleLists, type ReportedPerson } from "../ports/people.ts";
import type { ReadOptions } from "../ports/usage.ts";
import { readExcludedAccounts } from "./excluded-accounts.ts";
import type { GraphClient } from "./graph-client.ts";
import { type ListSource, listCollectedPages } from "./list-pages.ts";
import { leftOutBy, standingOf } from "./people-rules.ts";
import {
  CREDENTIAL_USER_REGISTRATION_DETAILS,
  CREDENTIAL_USER_REGISTRATION_DETAILS_PATH,
  type DetailedPerson,
  LEGACY_ROW,
  readDatedDetails,
  USER_REGISTRATION_DETAILS,
  USER_REGISTRATION_DETAILS_PATH,
} from "./registration-rows.ts";
import { readShape } from "./shape.ts";
import { CURRENT_TRIES, createTryLists, LEGACY_TRIES, type TryLists } from "./try-lists.ts";
import type { ReportMode } from "./usage-reader.ts";

interface ListParts {
  readonly client: GraphClient;
  readonly mode: ReportMode;
  /** Object ids of the groups whose members are not listed. */
  readonly excludeGroups: readonly string[];
}

const CURRENT: ListSource<DetailedPerson> = {
  endpoint: USER_REGISTRATION_DETAILS,
  path: USER_REGISTRATION_DETAILS_PATH,
  row: readDatedDetails,
};
const LEGACY: ListSource<ReportedPerson> = {
  endpoint: CREDENTIAL_USER_REGISTRATION_DETAILS,
  path: CREDENTIAL_USER_REGISTRATION_DETAILS_PATH,
  row: LEGACY_ROW,
};

/** What may be asked of the server; who has nothing but a phone is among those with a second factor. */
const SERVER_FILTER = {
  "not-registered": { isSsprRegistered: false },
  "without-mfa": { isMfaRegistered: false },
  "phone-only": { isMfaRegistered: true },
} as const satisfies Readonly<Record<Exclude<PeopleFilter, "failing">, object>>;

/** Lists people by the current reports, which serve applications and signed-in people alike, unless told otherwise. */
export function createPeopleLists({ client, mode, excludeGroups }: ListParts): PeopleLists {
  return mode === "legacy" ? legacyLists(client) : currentLists(client, excludeGroups);
}

function currentLists(client: GraphClient, excludeGroups: readonly string[]): PeopleLists {
  const tries = createTryLists(client, CURRENT_TRIES);
  return {
    scopes: PEOPLE_SCOPES,
    failing: tries.failing,
    async *registered(filter, scope, options) {
      const excluded = await readExcludedAccounts(client, excludeGroups, options);
      for await (const page of listCollectedPages(client, CURRENT, SERVER_FILTER[filter], options)) {
        yield page.filter(
          (person) =>
            leftOutBy(standingOf(person, excluded), scope) === undefined &&
            (filter !== "phone-only" || person.phoneOnly),
        );
      }
    },
    async person(user, options) {
      const id = toUserId(user);
      if (id === undefined) {
        return withTries(user, byName(client, CURRENT, user, options), tries, options);
      }
      const person = await byId(client, id, options);
      return person && { person, tries: await tries.ofPerson(person.userPrincipalName, options) };
    },
  };
}

function legacyLists(client: GraphClient): PeopleLists {
  const tries = createTryLists(client, LEGACY_TRIES);
  return {
    scopes: ["everyone"],
    failing: tries.failing,
    async *registered(filter, scope, options) {
      if (scope !== "everyone" || filter === "phone-only") {
        throw notInLegacy(scope === "everyone" ? filter : scope);
      }
      yield* listCollectedPages(client, LEGACY, LEGACY_FILTER[filter], options);
    },
    async person(user, options) {
      if (toUserId(user) !== undefined) {
        throw notInLegacy("object ids");
      }
      return withTries(user, byName(client, LEGACY, user, options), tries, options);
    },
  };
}

const LEGACY_FILTER = {
  "not-registered": { isRegistered: false },
  "without-mfa": { isMfaRegistered: false },
} as const;

function notInLegacy(what: string): AppError {
  const detail = `${CREDENTIAL_USER_REGISTRATION_DETAILS.name} does not tell ${what}.`;
  return new AppError("GRAPH-RETIRED", { permission: "AuditLog.Read.All", detail });
}

async function withTries(
  userPrincipalName: string,
  finding: Promise<ReportedPerson | undefined>,
  lists: TryLists,
  options: ReadOptions,
): ReturnType<PeopleLists["person"]> {
  const [person, tries] = await Promise.all([finding, lists.ofPerson(userPrincipalName, options)]);
  return person && { person, tries };
}

/** Graph compares names without regard to case. */
async function byName<Row extends ReportedPerson>(
  client: GraphClient,
  source: ListSource<Row>,
  userPrincipalName: string,
  options: ReadOptions,
): Promise<Row | undefined> {
  for await (const [person] of listCollectedPages(client, source, { userPrincipalName }, options)) {
    if (person) {
      return person;
    }
  }
  return undefined;
}

async function byId(
  client: GraphClient,
  id: string,
  { signal, onProgress }: ReadOptions,
): Promise<DetailedPerson | undefined> {
  const onWait = (waitingUntil: Date) => onProgress({ pages: 0, rows: 0, waitingUntil });
  try {
    const call = { endpoint: USER_REGISTRATION_DETAILS, lane: "person", signal, onWait } as const;
    return readShape(readDatedDetails, await client.getJson(`${USER_REGISTRATION_DETAILS_PATH}/${id}`, call));
  } catch (error) {
    if (error instanceof AppError && error.code === "GRAPH-REFUSED" && error.facts.status === 404) {
      return undefined;
    }
    throw error;
  }
}
