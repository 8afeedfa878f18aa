import { z } from "zod";
import type { ReportedPerson } from "../ports/people.ts";
import type { Endpoint } from "./exchange.ts";
import { booleanOf, fieldsOf, nameOf, nameOrEmpty, namesOf, textOf, textOrEmpty } from "./fields.ts";
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

/**
 * A row of `userRegistrationDetails` (learn.microsoft.com/graph/api/resources/userregistrationdetails), without
 * `rowUpdatedAt`: nobody looks at it where people are counted, and to read a date takes as long as the rest of a row.
 */
export function readDetails(value: unknown): DetailedPerson {
  const row = fieldsOf<DetailsField>(value);
  const userPrincipalName = nameOf(row.userPrincipalName, "userPrincipalName");
  const name = nameOrEmpty(row.userDisplayName, "userDisplayName");
  const id = textOf(row.id, "id").toLowerCase();
  const userType = textOf(row.userType, "userType");
  const mfaRegistered = booleanOf(row.isMfaRegistered, "isMfaRegistered");
  const methods = namesOf(row.methodsRegistered, "methodsRegistered");
  textOrEmpty(row.lastUpdatedDateTime, "lastUpdatedDateTime");
  return {
    id,
    name,
    userPrincipalName,
    userType: userType === "member" || userType === "guest" ? userType : "other",
    isAdmin: booleanOf(row.isAdmin, "isAdmin"),
    ssprRegistered: booleanOf(row.isSsprRegistered, "isSsprRegistered"),
    ssprEnabled: booleanOf(row.isSsprEnabled, "isSsprEnabled"),
    ssprCapable: booleanOf(row.isSsprCapable, "isSsprCapable"),
    mfaRegistered,
    mfaCapable: booleanOf(row.isMfaCapable, "isMfaCapable"),
    passwordlessCapable: booleanOf(row.isPasswordlessCapable, "isPasswordlessCapable"),
    phoneOnly: mfaRegistered && hasOnlyPhones(methods),
    methods,
  };
}

/** The same with `rowUpdatedAt`, where Graph gives one. */
export function readDatedDetails(value: unknown): DetailedPerson {
  const person = readDetails(value);
  const { lastUpdatedDateTime } = fieldsOf<DetailsField>(value);
  const rowUpdatedAt = new Date(textOrEmpty(lastUpdatedDateTime, "lastUpdatedDateTime"));
  return Number.isNaN(rowUpdatedAt.getTime()) ? person : { ...person, rowUpdatedAt };
}

type DetailsField =
  | "userPrincipalName"
  | "userDisplayName"
  | "id"
  | "userType"
  | "isAdmin"
  | "isSsprRegistered"
  | "isSsprEnabled"
  | "isSsprCapable"
  | "isMfaRegistered"
  | "isMfaCapable"
  | "isPasswordlessCapable"
  | "methodsRegistered"
  | "lastUpdatedDateTime";

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
  return (
    methods.some((method) => PHONES.has(method)) &&
    methods.every((method) => PHONES.has(method) || RESET_ONLY.has(method))
  );
}
