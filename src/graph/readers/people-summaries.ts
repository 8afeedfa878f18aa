import { z } from "zod";
import { since } from "../../kernel/clock.ts";
import { AppError } from "../../kernel/problem.ts";
import type { PeopleCountReader, PeopleCounts, PeopleScope } from "../../ports/people.ts";
import type { ReadOptions } from "../../ports/usage.ts";
import type { Endpoint } from "../exchange.ts";
import type { GraphClient } from "../graph-client.ts";
import { count, nameText, readShape } from "../shape.ts";
import { groupsNotLeftOut, type PeopleReaderParts } from "./people-parts.ts";

const BY_FEATURE: Endpoint = {
  name: "usersRegisteredByFeature",
  permission: "AuditLog.Read.All",
  bucket: "reports",
};
const BY_METHOD: Endpoint = { ...BY_FEATURE, name: "usersRegisteredByMethod" };

const FEATURES = z.object({
  totalUserCount: count,
  userRegistrationFeatureCounts: z.array(z.object({ feature: z.string(), userCount: count })),
});

const METHODS = z.object({
  userRegistrationMethodCounts: z.array(z.object({ authenticationMethod: nameText, userCount: count })),
});

/** Members first: they are what is asked for most. Administrators are members here as they are in the details. */
const PARAMETERS: readonly (readonly [scope: PeopleScope, types: string, roles: string])[] = [
  ["members", "member", "all"],
  ["everyone", "all", "all"],
  ["guests", "guest", "all"],
  ["admins", "member", "admin"],
];

/**
 * Graph's own sums for a signed-in person
 * (learn.microsoft.com/graph/api/authenticationmethodsroot-usersregisteredbyfeature and …-usersregisteredbymethod).
 * Two requests a scope. They have no `mfaRegistered`, and nothing can be left out of them.
 */
export function summariesReader({ client, clock, excludeGroups }: PeopleReaderParts): PeopleCountReader {
  return {
    async read(options) {
      const readAt = clock.now();
      const read = counting(client, options);
      const scopes: Partial<Record<PeopleScope, PeopleCounts>> = {};
      for (const [scope, types, roles] of PARAMETERS) {
        const parameters = `(includedUserTypes='${types}',includedUserRoles='${roles}')`;
        scopes[scope] = countsOf(
          readShape(FEATURES, await read(BY_FEATURE, parameters)),
          readShape(METHODS, await read(BY_METHOD, parameters)),
        );
      }
      if (scopes.everyone?.people === 0) {
        throw new AppError("GRAPH-NOT-COLLECTED", {
          report: "registrations",
          detail: "usersRegisteredByFeature counts nobody.",
        });
      }
      const requests = 2 * PARAMETERS.length;
      return {
        reader: "summaries",
        readAt,
        took: since(readAt, clock),
        pages: requests,
        rowsRead: requests,
        scopes,
        ...groupsNotLeftOut(excludeGroups),
      };
    },
  };
}

/** Asks one summary after the other, and tells how many there were. */
function counting(client: GraphClient, { signal, onProgress }: ReadOptions) {
  let done = 0;
  return async (endpoint: Endpoint, parameters: string): Promise<unknown> => {
    const path = `/v1.0/reports/authenticationMethods/${endpoint.name}${parameters}`;
    const onWait = (waitingUntil: Date) => onProgress({ pages: done, rows: done, waitingUntil });
    const answer = await client.getJson(path, { endpoint, signal, onWait });
    done += 1;
    onProgress({ pages: done, rows: done });
    return answer;
  };
}

function countsOf(byFeature: z.infer<typeof FEATURES>, byMethod: z.infer<typeof METHODS>): PeopleCounts {
  const { totalUserCount, userRegistrationFeatureCounts } = byFeature;
  const figure = <Name extends keyof PeopleCounts & string>(name: Name) => {
    const found = userRegistrationFeatureCounts.find(({ feature }) => feature === name);
    return found && { [name]: found.userCount };
  };
  const methods = byMethod.userRegistrationMethodCounts.map(
    ({ authenticationMethod, userCount }) => [authenticationMethod, userCount] as const,
  );
  return {
    people: totalUserCount,
    ...figure("ssprRegistered"),
    ...figure("ssprEnabled"),
    ...figure("ssprCapable"),
    ...figure("mfaCapable"),
    ...figure("passwordlessCapable"),
    methods: Object.fromEntries(methods),
    leftOut: {},
  };
}
