import type { Call } from "./call.ts";
import { GraphError } from "./graph-error.ts";

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const MOST_IDS = 20;

/**
 * Which of the asked role template ids and group ids a person holds, transitively
 * (learn.microsoft.com/graph/api/directoryobject-checkmemberobjects).
 */
export function checkMemberObjects(call: Call): object {
  const user = call.parameters[0] ?? "";
  const ids = readIds(call.body);
  const holdings = call.company.people.holdings(user);
  if (!holdings) {
    throw new GraphError(
      404,
      "Request_ResourceNotFound",
      `Resource '${user}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  return {
    "@odata.context": `${call.origin}/${call.version}/$metadata#Collection(Edm.String)`,
    value: ids.filter((id) => holdings.has(id.toLowerCase())),
  };
}

function readIds(body: unknown): readonly string[] {
  const ids: unknown = typeof body === "object" && body !== null && "ids" in body ? body.ids : undefined;
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_IDS) {
    throw new GraphError(400, "Request_BadRequest", `'ids' must name between 1 and ${MOST_IDS} objects.`);
  }
  return ids.map((id: unknown) => {
    if (typeof id === "string" && GUID.test(id)) return id;
    throw new GraphError(400, "Request_BadRequest", `Invalid object identifier '${String(id)}'.`);
  });
}
