import { z } from "zod";
import type { UserId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import type { Directory, DirectoryAccount } from "../ports/directory.ts";
import type { Endpoint } from "./exchange.ts";
import type { GraphClient } from "./graph-client.ts";
import { readShape } from "./shape.ts";

const CHECK_MEMBER_OBJECTS: Endpoint = {
  name: "checkMemberObjects",
  permission: "User.Read.All",
  bucket: "directory",
};

const USER: Endpoint = { name: "user", permission: "User.Read.All", bucket: "directory" };

const ACCOUNT = z.object({ userType: z.string().nullish(), displayName: z.string().nullish() });

const HELD = z.object({ value: z.array(z.string()) });

/** The most ids of one call (learn.microsoft.com/graph/api/directoryobject-checkmemberobjects). */
const IDS_A_CALL = 20;

/** The directory of the tenant, as `checkMemberObjects` and `GET /users/{id}` of Graph v1.0 tell it. */
export function createDirectory(client: GraphClient): Directory {
  async function heldOf(
    user: UserId,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    try {
      const path = `/v1.0/users/${encodeURIComponent(user)}/checkMemberObjects`;
      const answer = await client.postJson(path, { ids }, { endpoint: CHECK_MEMBER_OBJECTS, signal });
      return readShape(HELD, answer).value;
    } catch (error) {
      if (isUnknownUser(error)) {
        return [];
      }
      throw error;
    }
  }

  return {
    async held(user, ids, signal) {
      const calls = chunksOf(ids, IDS_A_CALL).map((chunk) => heldOf(user, chunk, signal));
      const held = new Set((await Promise.all(calls)).flat().map((id) => id.toLowerCase()));
      return new Set(ids.map((id) => id.toLowerCase()).filter((id) => held.has(id)));
    },
    async account(user, signal) {
      try {
        const path = `/v1.0/users/${encodeURIComponent(user)}?$select=userType,displayName`;
        const { userType, displayName } = readShape(
          ACCOUNT,
          await client.getJson(path, { endpoint: USER, signal }),
        );
        return { kind: kindOf(userType), ...(displayName && { name: displayName }) };
      } catch (error) {
        if (isUnknownUser(error)) {
          return { kind: "none" };
        }
        throw error;
      }
    },
  };
}

/** `Member` or `Guest` (learn.microsoft.com/graph/api/resources/user); whoever is not said to be a member is none. */
function kindOf(userType: string | null | undefined): DirectoryAccount["kind"] {
  return userType?.toLowerCase() === "member" ? "member" : "guest";
}

/** Somebody who is not in this tenant holds nothing in it; any other 404 leaves the question open. */
function isUnknownUser(error: unknown): boolean {
  return error instanceof AppError && error.facts.graphCode === "Request_ResourceNotFound";
}

function chunksOf<T>(items: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
