import { CANARY } from "./setup.ts";

export const LEGACY_PATH = "/beta/reports/getCredentialUsageSummary(period='D30')";
export const ACTIVITY_PATH = "/beta/reports/authenticationMethods/userRegistrationActivity(period='d30')";
export const EVENTS_PATH = "/beta/reports/authenticationMethods/userEventsSummary";

export const PASSWORDS_PATH = "/beta/reports/authenticationMethods/userPasswordResetsAndChangesSummary";
export const SIGN_INS_PATH = "/beta/reports/authenticationMethods/userMfaSignInSummary";

export const PEOPLE_PATH = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
export const LEGACY_COUNT_PATH = "/beta/reports/getCredentialUserRegistrationCount";
export const LEGACY_PEOPLE_PATH = "/beta/reports/credentialUserRegistrationDetails";
export const LEGACY_TRIES_PATH = "/beta/reports/userCredentialUsageDetails";

/** A report with the rows for which this holds, as it is sent. */
export function filtered(path: string, filter: string): string {
  return `${path}?$filter=${encodeURIComponent(filter).replaceAll("'", "%27")}`;
}

export const GROUP = "7a3b2d95-a4e8-4a1f-9c66-2a1cad8ef302";

export function groupPath(id = GROUP): string {
  return `/v1.0/groups/${id}/transitiveMembers?$select=id&$top=999`;
}

/** Types and roles of the four scopes, in the order in which they are asked for. */
const SCOPES = [
  ["member", "all"],
  ["all", "all"],
  ["guest", "all"],
  ["member", "admin"],
] as const;

/** The eight summaries, in the order in which they are asked for. */
export const SUMMARY_PATHS = SCOPES.flatMap(([types, roles]) =>
  ["usersRegisteredByFeature", "usersRegisteredByMethod"].map(
    (name) =>
      `/v1.0/reports/authenticationMethods/${name}(includedUserTypes='${types}',includedUserRoles='${roles}')`,
  ),
);

/** An object that is both a summary by feature and one by method. */
export function summaryOf(totalUserCount: number) {
  return {
    totalUserCount,
    userRegistrationFeatureCounts: [{ feature: "ssprRegistered", userCount: 3 }],
    userRegistrationMethodCounts: [{ authenticationMethod: "email", userCount: 2 }],
  };
}

/** A row of `getCredentialUserRegistrationCount`. */
export function legacyCount(changes: object = {}) {
  return {
    id: "id-value",
    totalUserCount: 10,
    userRegistrationCounts: [{ registrationStatus: "registered", registrationCount: 6 }],
    ...changes,
  };
}

/** A row of `credentialUserRegistrationDetails`, about somebody who must not be remembered. */
export function legacyPerson(changes: object = {}) {
  return {
    id: "d3590ed6-52b3-4102-aeff-aad2292ab01234",
    userPrincipalName: `${CANARY}@contoso.net`,
    userDisplayName: CANARY,
    authMethods: ["email"] as readonly string[],
    isRegistered: false,
    isEnabled: false,
    isCapable: false,
    isMfaRegistered: false,
    ...changes,
  };
}

/** A row of `credentialUsageSummary` or `userRegistrationActivitySummary`. */
export function summaryRow(changes: object = {}) {
  return {
    id: "97d6cbb9-9323-4b6a-b89d-b2a60907ede4",
    feature: "registration",
    successfulActivityCount: 3,
    failureActivityCount: 4,
    authMethod: "email",
    ...changes,
  };
}

/** A row of `userEventsSummary`, about a person who must not be remembered. */
export function event(at: Date | string) {
  return {
    id: "3604e35c-12f3-a86a-5ff4-97aecf6c526a",
    feature: "registration",
    userPrincipalName: `${CANARY}@contoso.net`,
    userDisplayName: CANARY,
    isSuccess: true,
    authMethod: "email",
    failureReason: "",
    eventDateTime: typeof at === "string" ? at : at.toISOString(),
  };
}

/** A row of `userRegistrationDetails`, about a member who has registered nothing and must not be remembered. */
export function person(changes: object = {}) {
  return {
    id: "86462606-fde0-4fc4-9e0c-a20eb73e54c6",
    userPrincipalName: `${CANARY}@contoso.net`,
    userDisplayName: CANARY,
    userType: "member",
    isAdmin: false,
    isSsprRegistered: false,
    isSsprEnabled: false,
    isSsprCapable: false,
    isMfaRegistered: false,
    isMfaCapable: false,
    isPasswordlessCapable: false,
    lastUpdatedDateTime: "2023-03-13T19:15:41.6195833Z",
    methodsRegistered: [] as readonly string[],
    ...changes,
  };
}

/** A row of `userPasswordResetsAndChangesSummary`. */
export function passwordDay(day: string, changes: object = {}) {
  return {
    id: "8c50a914-4ca3-85fd-0939-",
    aggregatedDateTime: `${day}T16:19:18Z`,
    passwordResetsByAdminCount: 100,
    passwordResetsSelfServiceCount: 75,
    changePasswordSelfServiceCount: 100,
    ...changes,
  };
}

/** A row of `userMfaSignInSummary`, with the documentation's own figures, which do not add up. */
export function signInDay(day: string, changes: object = {}) {
  return {
    id: "77ff7728-fa29-e570-c035-4e77f4ac00c5",
    createdDateTime: `${day}T16:19:18Z`,
    totalSignIns: 1_000,
    singleFactorSignIns: 100,
    multiFactorSignIns: 9_900,
    ...changes,
  };
}
