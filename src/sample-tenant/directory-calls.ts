import type { Call } from "./call.ts";
import { GraphError } from "./graph-error.ts";
import { VIEWER_LIST } from "./viewers.ts";

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const MOST_IDS = 20;

/**
 * Which of the asked role template ids and group ids a person holds, transitively
 * (learn.microsoft.com/graph/api/directoryobject-checkmemberobjects).
 */
export function checkMemberObjects(call: Call): object {
  const id = call.parameters[0] ?? "";
  const ids = readIds(call.body);
  const holdings = call.company.people.holdings(id);
  if (!holdings) {
    throw noSuchResource(id);
  }
  return {
    "@odata.context": `${call.origin}/${call.version}/$metadata#Collection(Edm.String)`,
    value: ids.filter((asked) => holdings.has(asked.toLowerCase())),
  };
}

const PROPERTIES = ["id", "displayName", "userPrincipalName", "userType", "accountEnabled"] as const;

/** An account of the directory (learn.microsoft.com/graph/api/user-get), with `$select` of the properties it has. */
export function user(call: Call): object {
  const id = call.parameters[0] ?? "";
  const account = accountOf(call, id);
  if (!account) {
    throw noSuchResource(id);
  }
  const selected = call.query.get("$select")?.split(",") ?? PROPERTIES;
  const told = PROPERTIES.filter((name) => selected.includes(name)).map((name) => [name, account[name]]);
  return {
    "@odata.context": `${call.origin}/${call.version}/$metadata#users(${selected.join(",")})/$entity`,
    ...Object.fromEntries(told),
  };
}

function accountOf({ company: { people } }: Call, id: string) {
  const viewer = VIEWER_LIST.find((one) => one.id === id.toLowerCase());
  const index = people.indexOf(id);
  const person = viewer ?? (index === undefined ? undefined : people.at(index));
  if (!person) return undefined;
  const isGuest = "userType" in person ? person.userType === "guest" : person.kind === "guest";
  const { displayName, userPrincipalName } = person;
  const userType = isGuest ? "Guest" : "Member";
  return { id: person.id, displayName, userPrincipalName, userType, accountEnabled: true };
}

function noSuchResource(id: string): GraphError {
  return new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
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
