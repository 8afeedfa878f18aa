import type { LeftOutRule, PeopleScope } from "../ports/people.ts";
import type { DetailedPerson } from "./registration-rows.ts";

const SYNCHRONISATION = "On-Premises Directory Synchronization Service Account";
const PACKAGE = /^package_[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}@/i;

/**
 * The first rule by which somebody is not counted in a scope; undefined for those who are. Counts and lists both ask
 * here, so that they agree to the person.
 * @param excluded object ids in lower case, see `readExcludedAccounts`
 */
export function leftOutBy(
  person: DetailedPerson,
  scope: PeopleScope,
  excluded: ReadonlySet<string>,
): LeftOutRule | undefined {
  if (isServiceAccount(person)) {
    return "serviceAccounts";
  }
  if (excluded.has(person.id)) {
    return "excludedGroups";
  }
  switch (scope) {
    case "members":
      return unlessMember(person);
    case "guests":
      return unlessGuest(person);
    case "admins":
      return unlessMember(person) ?? (person.isAdmin ? undefined : "notAdmins");
    case "everyone":
      return undefined;
  }
}

function unlessMember({ userType }: DetailedPerson): LeftOutRule | undefined {
  if (userType === "member") {
    return undefined;
  }
  return userType === "guest" ? "guests" : "otherTypes";
}

function unlessGuest({ userType }: DetailedPerson): LeftOutRule | undefined {
  if (userType === "guest") {
    return undefined;
  }
  return userType === "member" ? "members" : "otherTypes";
}

/**
 * Accounts nobody signs in with that every tenant has, by the rule that CIPP, a common administration tool, uses:
 * this display name, or a user principal name that begins `package_<guid>@`. Other service accounts cannot be told
 * from people by the report; `EXCLUDE_GROUP_IDS` names them.
 */
function isServiceAccount({ name, userPrincipalName }: DetailedPerson): boolean {
  return name === SYNCHRONISATION || PACKAGE.test(userPrincipalName);
}
