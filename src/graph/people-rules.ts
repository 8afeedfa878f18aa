import type { LeftOutRule, PeopleScope } from "../ports/people.ts";
import type { DetailedPerson } from "./registration-rows.ts";

const SYNCHRONISATION = "On-Premises Directory Synchronization Service Account";
const PACKAGE = /^package_[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}@/i;

/** All that decides about scopes: a rule that leaves somebody out everywhere, or what kind of account it is. */
export const STANDINGS = [
  "serviceAccounts",
  "excludedGroups",
  "admins",
  "members",
  "guests",
  "others",
] as const;
export type Standing = (typeof STANDINGS)[number];

/** @param excluded object ids in lower case, see `readExcludedAccounts` */
export function standingOf(person: DetailedPerson, excluded: ReadonlySet<string>): Standing {
  if (isServiceAccount(person)) {
    return "serviceAccounts";
  }
  if (excluded.has(person.id)) {
    return "excludedGroups";
  }
  switch (person.userType) {
    case "member":
      return person.isAdmin ? "admins" : "members";
    case "guest":
      return "guests";
    case "other":
      return "others";
  }
}

type LeftOut = Readonly<Partial<Record<Standing, LeftOutRule>>>;

const EVERYWHERE: LeftOut = { serviceAccounts: "serviceAccounts", excludedGroups: "excludedGroups" };

const LEFT_OUT: Readonly<Record<PeopleScope, LeftOut>> = {
  members: { ...EVERYWHERE, guests: "guests", others: "otherTypes" },
  guests: { ...EVERYWHERE, admins: "members", members: "members", others: "otherTypes" },
  admins: { ...EVERYWHERE, members: "notAdmins", guests: "guests", others: "otherTypes" },
  everyone: EVERYWHERE,
};

/**
 * The first rule by which somebody is not counted in a scope; undefined for those who are. Counts and lists both ask
 * here, so that they agree to the person.
 */
export function leftOutBy(standing: Standing, scope: PeopleScope): LeftOutRule | undefined {
  return LEFT_OUT[scope][standing];
}

/**
 * Accounts nobody signs in with that every tenant has, by the rule that CIPP, a common administration tool, uses:
 * this display name, or a user principal name that begins `package_<guid>@`. Other service accounts cannot be told
 * from people by the report; `EXCLUDE_GROUP_IDS` names them.
 */
function isServiceAccount({ name, userPrincipalName }: DetailedPerson): boolean {
  return name === SYNCHRONISATION || PACKAGE.test(userPrincipalName);
}
