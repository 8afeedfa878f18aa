import { z } from "zod";
import type { ReportedPerson } from "../ports/people.ts";
import type { Endpoint } from "./exchange.ts";
import { nameText } from "./shape.ts";

export const USER_REGISTRATION_DETAILS: Endpoint = {
  name: "userRegistrationDetails",
  permission: "AuditLog.Read.All",
  bucket: "reports",
  report: "registrations",
};
export const USER_REGISTRATION_DETAILS_PATH = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

export const CREDENTIAL_USER_REGISTRATION_DETAILS: Endpoint = {
  name: "credentialUserRegistrationDetails",
  permission: "Reports.Read.All",
  bucket: "reports",
  retired: true,
};
export const CREDENTIAL_USER_REGISTRATION_DETAILS_PATH = "/beta/reports/credentialUserRegistrationDetails";

const NAMES = { userPrincipalName: nameText, userDisplayName: nameText.nullish() };

/** A row of `userRegistrationDetails` (learn.microsoft.com/graph/api/resources/userregistrationdetails). */
export const DETAILS_ROW = z
  .object({
    ...NAMES,
    id: z.string(),
    userType: z.string(),
    isAdmin: z.boolean(),
    isSsprRegistered: z.boolean(),
    isSsprEnabled: z.boolean(),
    isSsprCapable: z.boolean(),
    isMfaRegistered: z.boolean(),
    isMfaCapable: z.boolean(),
    isPasswordlessCapable: z.boolean(),
    methodsRegistered: z.array(nameText),
    lastUpdatedDateTime: z.string().nullish(),
  })
  .transform((row): DetailedPerson => {
    const rowUpdatedAt = new Date(row.lastUpdatedDateTime ?? Number.NaN);
    return {
      id: row.id.toLowerCase(),
      name: row.userDisplayName ?? "",
      userPrincipalName: row.userPrincipalName,
      userType: row.userType === "member" || row.userType === "guest" ? row.userType : "other",
      isAdmin: row.isAdmin,
      ssprRegistered: row.isSsprRegistered,
      ssprEnabled: row.isSsprEnabled,
      ssprCapable: row.isSsprCapable,
      mfaRegistered: row.isMfaRegistered,
      mfaCapable: row.isMfaCapable,
      passwordlessCapable: row.isPasswordlessCapable,
      phoneOnly: row.isMfaRegistered && hasOnlyPhones(row.methodsRegistered),
      methods: row.methodsRegistered,
      ...(!Number.isNaN(rowUpdatedAt.getTime()) && { rowUpdatedAt }),
    };
  });

/** What the current report tells of everybody. */
export type DetailedPerson = Required<Omit<ReportedPerson, "rowUpdatedAt">> & ReportedPerson;

/**
 * A row of the retired report (learn.microsoft.com/graph/api/resources/credentialuserregistrationdetails). Its `id` is
 * not documented as the person's object id. It knows too few methods to tell who has nothing but a phone.
 */
export const LEGACY_ROW = z
  .object({
    ...NAMES,
    isRegistered: z.boolean(),
    isEnabled: z.boolean(),
    isCapable: z.boolean(),
    isMfaRegistered: z.boolean(),
    authMethods: z.array(nameText),
  })
  .transform((row): ReportedPerson & Required<Pick<ReportedPerson, "methods">> => ({
    name: row.userDisplayName ?? "",
    userPrincipalName: row.userPrincipalName,
    ssprRegistered: row.isRegistered,
    ssprEnabled: row.isEnabled,
    ssprCapable: row.isCapable,
    mfaRegistered: row.isMfaRegistered,
    methods: row.authMethods,
  }));

const PHONES: ReadonlySet<string> = new Set(["mobilePhone", "alternateMobilePhone", "officePhone"]);
/** They verify a password reset and nothing else (concept-authentication-methods, "How each method works"). */
const RESET_ONLY: ReadonlySet<string> = new Set(["email", "securityQuestion"]);

/**
 * Whether a phone is all there is as a second factor. No page defines this figure; it is inferred from the documented
 * purpose of each method. A method that nobody knows yet counts as another factor, so that nobody is said to depend
 * on a phone who may not.
 */
function hasOnlyPhones(methods: readonly string[]): boolean {
  const factors = methods.filter((method) => !RESET_ONLY.has(method));
  return factors.length > 0 && factors.every((method) => PHONES.has(method));
}
