import { CANARY } from "./setup.ts";

export const LEGACY_PATH = "/beta/reports/getCredentialUsageSummary(period='D30')";
export const ACTIVITY_PATH = "/beta/reports/authenticationMethods/userRegistrationActivity(period='d30')";
export const EVENTS_PATH = "/beta/reports/authenticationMethods/userEventsSummary";

export const PEOPLE_PATH = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

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
    isSsprEnabled: false,
    isSsprCapable: false,
    isMfaRegistered: false,
    isPasswordlessCapable: false,
    methodsRegistered: [] as readonly string[],
    ...changes,
  };
}
