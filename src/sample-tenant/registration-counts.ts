import type { Growth } from "./growth.ts";
import type { People, Person } from "./people.ts";
import { REGISTRABLE_METHODS, type Registration, registrationOf } from "./registration.ts";
import { PRIVILEGED_ROLES } from "./viewers.ts";

export const USER_TYPES = ["all", "member", "guest"] as const;
export const USER_ROLES = ["all", "privilegedAdmin", "admin", "user"] as const;
type UserTypes = (typeof USER_TYPES)[number];
type UserRoles = (typeof USER_ROLES)[number];

type Flag = Exclude<keyof Registration, "methods" | "isAdmin">;

export interface RegistrationCount {
  readonly total: number;
  readonly byFlag: Readonly<Record<Flag, number>>;
  /** Every method, those nobody registered included. */
  readonly byMethod: ReadonlyMap<string, number>;
}

/**
 * Counts people by what they had registered at a moment (Unix milliseconds); a combination is counted once and
 * remembered until more is registered.
 */
export type RegistrationCounts = (types: UserTypes, roles: UserRoles, asOf: number) => RegistrationCount;

export function createRegistrationCounts(people: People, growth: Growth): RegistrationCounts {
  const known = new Map<string, { readonly grown: number; readonly count: RegistrationCount }>();
  return (types, roles, asOf) => {
    const key = `${types} ${roles}`;
    const grown = growth(asOf);
    const last = known.get(key);
    if (last?.grown === grown) return last.count;
    const count = countPeople(people, types, roles, grown);
    known.set(key, { grown, count });
    return count;
  };
}

function countPeople(people: People, types: UserTypes, roles: UserRoles, grown: number): RegistrationCount {
  const byFlag = {
    isSsprEnabled: 0,
    isSsprRegistered: 0,
    isSsprCapable: 0,
    isMfaRegistered: 0,
    isMfaCapable: 0,
    isPasswordlessCapable: 0,
  };
  const flags: readonly Flag[] = Object.keys(byFlag).filter((key): key is Flag => key in byFlag);
  const byMethod = new Map(REGISTRABLE_METHODS.map((method) => [method, 0]));
  let total = 0;
  for (let index = 0; index < people.count; index++) {
    const person = people.at(index);
    if (!isOfType(person, types) || !isOfRole(person, roles)) continue;
    total += 1;
    const registration = registrationOf(people, index, person, grown);
    for (const flag of flags) byFlag[flag] += Number(registration[flag]);
    for (const method of registration.methods) byMethod.set(method, (byMethod.get(method) ?? 0) + 1);
  }
  return { total, byFlag, byMethod };
}

/** Rooms and service accounts are members, as in a real directory. */
function isOfType(person: Person, types: UserTypes): boolean {
  return types === "all" || (person.kind === "guest") === (types === "guest");
}

function isOfRole(person: Person, roles: UserRoles): boolean {
  if (roles === "user") return person.role === undefined;
  if (roles === "admin") return person.role !== undefined;
  return roles === "all" || (person.role !== undefined && PRIVILEGED_ROLES.includes(person.role));
}
