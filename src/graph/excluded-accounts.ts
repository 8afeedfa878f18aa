import { z } from "zod";
import { AppError } from "../kernel/problem.ts";
import type { ReadOptions } from "../ports/usage.ts";
import type { Endpoint } from "./exchange.ts";
import type { GraphClient } from "./graph-client.ts";
import { pagesOf } from "./pages.ts";

export const TRANSITIVE_MEMBERS: Endpoint = {
  name: "transitiveMembers",
  permission: "GroupMember.Read.All",
  bucket: "directory",
};

const MEMBER = z.object({ id: z.string() });

/**
 * Object ids, in lower case, of all that are in one of these groups, also through other groups
 * (learn.microsoft.com/graph/api/group-list-transitivemembers; 999 is the largest page). Without a cast to users, which
 * would need an index that may lag behind: the ids of groups and devices among them are nobody's.
 * Rejects with GRAPH-GROUP for a group that the tenant does not have: its members would be counted unnoticed.
 */
export async function readExcludedAccounts(
  client: GraphClient,
  groups: readonly string[],
  { signal, onProgress }: ReadOptions,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const onWait = (waitingUntil: Date) => onProgress({ pages: 0, rows: 0, waitingUntil });
  const call = { endpoint: TRANSITIVE_MEMBERS, signal, onWait };
  for (const group of groups) {
    const path = `/v1.0/groups/${encodeURIComponent(group)}/transitiveMembers?$select=id&$top=999`;
    try {
      for await (const page of pagesOf(client, path, MEMBER, call)) {
        for (const { id } of page) {
          ids.add(id.toLowerCase());
        }
      }
    } catch (error) {
      throw isUnknownGroup(error) ? unknownGroup(group, error) : error;
    }
  }
  return ids;
}

function isUnknownGroup(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "GRAPH-REFUSED" && error.facts.status === 404;
}

function unknownGroup(group: string, cause: AppError): AppError {
  const detail = `EXCLUDE_GROUP_IDS names ${group}, and the tenant has no group with this object id.`;
  return new AppError("GRAPH-GROUP", { ...cause.facts, detail }, cause);
}
