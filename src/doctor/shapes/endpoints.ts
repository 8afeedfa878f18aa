import { randomUUID } from "node:crypto";
import type { Endpoint } from "../../graph/exchange.ts";

/** One address that is looked at. */
export interface Looked {
  /** As it stands in the file: without ids. */
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly kind: "collection" | "object" | "ids";
}

const CURRENT = "/reports/authenticationMethods";
const EVERYONE = "(includedUserTypes='all',includedUserRoles='all')";

function report(path: string, kind: Looked["kind"], retired = false): Looked {
  const name = /(\w+)(?:\(.*)?$/.exec(path)?.[1] ?? path;
  const permission = retired ? "Reports.Read.All" : "AuditLog.Read.All";
  const endpoint: Endpoint = { name, permission, bucket: "reports", ...(retired && { retired }) };
  return { name: path, endpoint, path, kind };
}

/** The reports that are used, their retired sisters, and those that are documented beside them. */
const REPORTS: readonly Looked[] = [
  report(`/beta${CURRENT}/userEventsSummary`, "collection"),
  report(`/beta${CURRENT}/userRegistrationActivity(period='d30')`, "collection"),
  report("/beta/reports/getCredentialUsageSummary(period='D30')", "collection", true),
  report("/beta/reports/userCredentialUsageDetails", "collection", true),
  report(`/v1.0${CURRENT}/userRegistrationDetails`, "collection"),
  report(`/v1.0${CURRENT}/usersRegisteredByFeature${EVERYONE}`, "object"),
  report(`/v1.0${CURRENT}/usersRegisteredByMethod${EVERYONE}`, "object"),
  report("/beta/reports/getCredentialUserRegistrationCount", "collection", true),
  report("/beta/reports/credentialUserRegistrationDetails", "collection", true),
  report(`/beta${CURRENT}/userPasswordResetsAndChangesSummary`, "collection"),
  report(`/beta${CURRENT}/userMfaSignInSummary`, "collection"),
  report(`/beta${CURRENT}/userSignInsByAuthMethodSummary(period='d30')`, "collection"),
];

/** All that is looked at; the groups by their place in the settings, and a person who does not exist. */
export function lookedAt(groups: readonly string[]): readonly Looked[] {
  const nobody = randomUUID();
  const directory = (name: string, path: string, kind: Looked["kind"], permission: string): Looked => ({
    ...{ name, path, kind },
    endpoint: { name: name.split("/").at(-1) ?? name, permission, bucket: "directory" },
  });
  return [
    ...REPORTS,
    directory("/v1.0/users/{nobody}", `/v1.0/users/${nobody}?$select=userType`, "object", "User.Read.All"),
    directory(
      "/v1.0/users/{nobody}/checkMemberObjects",
      `/v1.0/users/${nobody}/checkMemberObjects`,
      "ids",
      "User.Read.All",
    ),
    ...groups.map((group, index) =>
      directory(
        `/v1.0/groups/{${index + 1}}/transitiveMembers`,
        `/v1.0/groups/${group}/transitiveMembers?$select=id&$top=999`,
        "collection",
        "GroupMember.Read.All",
      ),
    ),
  ];
}
