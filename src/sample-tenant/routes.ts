import type { AccessRule } from "./access.ts";
import type { Call } from "./call.ts";
import {
  userMfaSignInSummary,
  userPasswordResetsAndChangesSummary,
  userSignInsByAuthMethodSummary,
} from "./daily-reports.ts";
import { checkMemberObjects, user } from "./directory-calls.ts";
import { transitiveMembers } from "./groups.ts";
import {
  credentialUsageSummary,
  credentialUserRegistrationCount,
  credentialUserRegistrationDetails,
  userCredentialUsageDetails,
} from "./legacy-reports.ts";
import {
  userRegistrationDetails,
  userRegistrationDetailsOf,
  usersRegisteredByFeature,
  usersRegisteredByMethod,
} from "./registration-reports.ts";
import { userEventsSummary, userRegistrationActivity } from "./usage-reports.ts";

export interface Route {
  readonly method: "GET" | "POST";
  readonly versions: readonly ("v1.0" | "beta")[];
  /** Of the path behind the version; its groups become the call's parameters. */
  readonly pattern: RegExp;
  readonly access: AccessRule;
  /** One of the four beta reports that Microsoft retires. */
  readonly isLegacy?: true;
  readonly answer: (call: Call) => object;
}

const BOTH = ["v1.0", "beta"] as const;
const BETA = ["beta"] as const;
const LEGACY: AccessRule = { permissions: ["Reports.Read.All"], isReport: true };
const CURRENT: AccessRule = { permissions: ["AuditLog.Read.All"], isReport: true };
const DELEGATED: AccessRule = { ...CURRENT, delegatedOnly: true };
const DIRECTORY: AccessRule = { permissions: ["User.Read.All", "Directory.Read.All"], isReport: false };

const GROUPS: AccessRule = {
  permissions: ["GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"],
  isReport: false,
};

const SUMMARY_PARAMETERS = String.raw`(?:\(\)|\(includedUserTypes='(\w*)',\s*includedUserRoles='(\w*)'\))?`;
const PERIOD = String.raw`\(period='([^']*)'\)`;

function report(path: string): RegExp {
  return new RegExp(`^/reports/${path}$`, "i");
}

function current(path: string): RegExp {
  return report(`authenticationMethods/${path}`);
}

function get(
  versions: Route["versions"],
  pattern: RegExp,
  access: AccessRule,
  answer: Route["answer"],
): Route {
  return { method: "GET", versions, pattern, access, answer };
}

function legacy(pattern: RegExp, answer: Route["answer"]): Route {
  return { ...get(BETA, pattern, LEGACY, answer), isLegacy: true };
}

/** Everything the server knows, with versions, permissions and kinds of token as the documentation lists them. */
export const ROUTES: readonly Route[] = [
  legacy(report(String.raw`getCredentialUserRegistrationCount(?:\(\))?`), credentialUserRegistrationCount),
  legacy(report(`getCredentialUsageSummary${PERIOD}`), credentialUsageSummary),
  legacy(report("credentialUserRegistrationDetails"), credentialUserRegistrationDetails),
  legacy(report("userCredentialUsageDetails"), userCredentialUsageDetails),
  get(BOTH, current(`usersRegisteredByFeature${SUMMARY_PARAMETERS}`), DELEGATED, usersRegisteredByFeature),
  get(BOTH, current(`usersRegisteredByMethod${SUMMARY_PARAMETERS}`), DELEGATED, usersRegisteredByMethod),
  get(BOTH, current("userRegistrationDetails"), CURRENT, userRegistrationDetails),
  get(BOTH, current("userRegistrationDetails/([^/]+)"), CURRENT, userRegistrationDetailsOf),
  get(BETA, current(`userRegistrationActivity${PERIOD}`), DELEGATED, userRegistrationActivity),
  get(BETA, current("userEventsSummary"), CURRENT, userEventsSummary),
  get(BETA, current("userMfaSignInSummary"), CURRENT, userMfaSignInSummary),
  get(BETA, current("userPasswordResetsAndChangesSummary"), CURRENT, userPasswordResetsAndChangesSummary),
  get(BETA, current(`userSignInsByAuthMethodSummary${PERIOD}`), DELEGATED, userSignInsByAuthMethodSummary),
  {
    method: "POST",
    versions: BOTH,
    pattern: /^\/users\/([^/]+)\/(?:microsoft\.graph\.)?checkMemberObjects$/i,
    access: DIRECTORY,
    answer: checkMemberObjects,
  },
  get(BOTH, /^\/groups\/([^/]+)\/transitiveMembers$/i, GROUPS, transitiveMembers),
  get(BOTH, /^\/users\/([^/]+)$/i, DIRECTORY, user),
];
