import type { Call } from "./call.ts";
import { answerCollection, type CollectionReport } from "./collection.ts";
import { GraphError } from "./graph-error.ts";
import type { Person } from "./people.ts";
import type { Placed, Row } from "./rows.ts";
import { REPORT_READERS_GROUP, ROOMS_GROUP, SERVICE_ACCOUNTS_GROUP, VIEWERS } from "./viewers.ts";

const TRANSITIVE_MEMBERS: CollectionReport = {
  name: "transitiveMembers",
  context: "$metadata#directoryObjects",
  rules: { top: 999, pageSize: 100, select: true },
};

/** Who is in a group, and the groups that bring some of them in. */
interface Group {
  readonly groups: readonly Row[];
  readonly has: (person: Person) => boolean;
}

const ROOM = /^room-/;
/** What every tenant has and nobody put into a group: the accounts of synchronisation and packages. */
const OWN_ACCOUNT = /^(?:Sync_|package_)/;

const GROUPS: Readonly<Record<string, Group>> = {
  [SERVICE_ACCOUNTS_GROUP]: {
    groups: [{ "@odata.type": "#microsoft.graph.group", id: ROOMS_GROUP, displayName: "Meeting rooms" }],
    has: ({ kind, userPrincipalName }) => kind === "service" && !OWN_ACCOUNT.test(userPrincipalName),
  },
  [ROOMS_GROUP]: {
    groups: [],
    has: ({ kind, userPrincipalName }) => kind === "service" && ROOM.test(userPrincipalName),
  },
  [REPORT_READERS_GROUP]: { groups: [], has: ({ id }) => id === VIEWERS.groupMember.id },
};

/**
 * Everything in a group, also through other groups, which are among it
 * (learn.microsoft.com/graph/api/group-list-transitivemembers): pages of 100 unless up to 999 are asked for.
 * @throws GraphError 404 for a group that the company does not have
 */
export function transitiveMembers(call: Call): object {
  const id = (call.parameters[0] ?? "").toLowerCase();
  const group = Object.hasOwn(GROUPS, id) ? GROUPS[id] : undefined;
  if (!group) {
    throw new GraphError(
      404,
      "Request_ResourceNotFound",
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  return answerCollection(call, TRANSITIVE_MEMBERS, (_asOf, from) => membersOf(call, group, from));
}

/** The groups first, then people at the position of their index behind them. */
function* membersOf({ company }: Call, { groups, has }: Group, from: number): Iterable<Placed<Row>> {
  const { people } = company;
  for (let position = from; position < groups.length + people.count; position++) {
    const group = groups[position];
    const person = group ? undefined : people.at(position - groups.length);
    if (group) yield [position, group];
    if (person && has(person)) yield [position, toRow(person)];
  }
}

function toRow({ id, displayName, userPrincipalName }: Person): Row {
  return { "@odata.type": "#microsoft.graph.user", id, displayName, userPrincipalName };
}
