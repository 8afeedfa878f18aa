import { z } from "zod";
import type { UserId } from "../kernel/ids.ts";
import { AppError } from "../kernel/problem.ts";
import type { Directory } from "../ports/directory.ts";
import type { Endpoint } from "./exchange.ts";
import type { GraphClient } from "./graph-client.ts";
import { readShape } from "./shape.ts";

const CHECK_MEMBER_OBJECTS: Endpoint = {
  name: "checkMemberObjects",
  permission: "User.Read.All",
  bucket: "directory",
};

const HELD = z.object({ value: z.array(z.string()) });

/** The most ids of one call (learn.microsoft.com/graph/api/directoryobject-checkmemberobjects). */
const IDS_A_CALL = 20;

/** The directory of the tenant, as `checkMemberObjects` of Graph v1.0 tells it. */
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
      return new Set(ids.filter((id) => held.has(id.toLowerCase())));
    },
  };
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
