import { guidOf, indexOfGuid } from "./guids.ts";
import { nameOf } from "./names.ts";
import { byWeight, mix, stream } from "./random.ts";
import { ROLES, VIEWER_LIST, type Viewer } from "./viewers.ts";

/** An enabled account of the company; disabled ones are in none of the reports. */
export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly kind: "member" | "guest" | "service";
  /** Template id of the role an administrator holds. */
  readonly role?: string;
}

/**
 * The company's accounts. Each is derived from seed and index when it is needed, so that a hundred thousand of them
 * cost nothing.
 */
export interface People {
  readonly count: number;
  readonly seed: number;
  at(index: number): Person;
  kindAt(index: number): Person["kind"];
  indexOf(id: string): number | undefined;
  /** What a person holds, by role template id or group id; undefined when the directory has no such person. */
  holdings(id: string): ReadonlySet<string> | undefined;
}

const DOMAIN = "contoso.example";
const KIND_SALT = 11;
const ROLE_SALT = 12;

const KINDS = ["member", "guest", "service"] as const;
const pickKind = byWeight([90.5, 8, 1.5]);

const ADMIN_SHARE = 0.012;
const ADMIN_ROLES = [
  ROLES.helpdeskAdministrator,
  ROLES.userAdministrator,
  ROLES.authenticationAdministrator,
  ROLES.securityReader,
  ROLES.globalReader,
  ROLES.conditionalAccessAdministrator,
  ROLES.billingAdministrator,
  ROLES.globalAdministrator,
];
const pickRole = byWeight([40, 18, 12, 10, 8, 5, 4, 3]);

export function createPeople(seed: number, count: number): People {
  const kindAt = (index: number) => kindOf(seed, index);
  const at = (index: number) => personOf(seed, index);
  const indexOf = (id: string) => {
    const viewer = VIEWER_LIST.findIndex((one) => one.id === id.toLowerCase());
    const index = viewer >= 0 ? viewer : indexOfGuid(seed, id);
    return index !== undefined && index < count ? index : undefined;
  };
  return { count, seed, at, kindAt, indexOf, holdings };

  function holdings(id: string): ReadonlySet<string> | undefined {
    const viewer = VIEWER_LIST.find((one) => one.id === id.toLowerCase());
    if (viewer) return new Set(viewer.holds);
    const index = indexOf(id);
    if (index === undefined) return undefined;
    const role = at(index).role;
    return new Set(role === undefined ? [] : [role]);
  }
}

function personOf(seed: number, index: number): Person {
  const viewer = VIEWER_LIST[index];
  if (viewer) return personOfViewer(viewer);
  const kind = kindOf(seed, index);
  const id = guidOf(seed, index);
  if (kind === "service") return { id, kind, ...serviceName(index, id) };
  const { displayName, alias } = nameOf(seed, index);
  if (kind === "guest") return { id, kind, ...guestName(displayName, alias) };
  const draw = stream(mix(seed, index, ROLE_SALT));
  const role = draw() < ADMIN_SHARE ? ADMIN_ROLES[pickRole(draw())] : undefined;
  return { id, kind, displayName, userPrincipalName: `${alias}@${DOMAIN}`, ...(role && { role }) };
}

function personOfViewer(viewer: Viewer): Person {
  const { id, displayName, userPrincipalName, userType, holds } = viewer;
  const role = holds.find((held) => Object.values<string>(ROLES).includes(held));
  return { id, displayName, userPrincipalName, kind: userType, ...(role && { role }) };
}

function kindOf(seed: number, index: number): Person["kind"] {
  const viewer = VIEWER_LIST[index];
  if (viewer) return viewer.userType;
  return KINDS[pickKind(mix(seed, index, KIND_SALT) / 2 ** 32)] ?? "member";
}

function guestName(displayName: string, alias: string) {
  return {
    displayName: `${displayName} (Fabrikam)`,
    userPrincipalName: `${alias}_fabrikam.example#EXT#@${DOMAIN}`,
  };
}

/** Accounts that nobody signs in with; they make percentages unreachable wherever they are counted. */
function serviceName(index: number, id: string) {
  const names = [
    { displayName: `Meeting room ${index}`, userPrincipalName: `room-${index}@${DOMAIN}` },
    { displayName: `Shared mailbox ${index}`, userPrincipalName: `mailbox-${index}@${DOMAIN}` },
    { displayName: `svc-backup-${index}`, userPrincipalName: `svc-backup-${index}@${DOMAIN}` },
    {
      displayName: "On-Premises Directory Synchronization Service Account",
      userPrincipalName: `Sync_SRV${index}_${id.slice(0, 8)}@${DOMAIN}`,
    },
    { displayName: `Package ${index}`, userPrincipalName: `package_${id}@${DOMAIN}` },
  ];
  return (
    names[index % names.length] ?? {
      displayName: `svc-${index}`,
      userPrincipalName: `svc-${index}@${DOMAIN}`,
    }
  );
}
