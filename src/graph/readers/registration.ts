import { z } from "zod";
import { AppError } from "../../kernel/problem.ts";
import type { RegistrationCounts, RegistrationReader } from "../../ports/registration.ts";
import type { Endpoint } from "../exchange.ts";
import { readRows } from "./read-rows.ts";
import type { ReaderParts } from "./summary.ts";

const USER_REGISTRATION_DETAILS: Endpoint = {
  name: "userRegistrationDetails",
  permission: "AuditLog.Read.All",
  bucket: "reports",
};
const PATH = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

/** Names tell service accounts apart and are gone with the page. */
const PERSON = z.object({
  userPrincipalName: z.string(),
  userDisplayName: z.string().nullish(),
  userType: z.string(),
  isSsprEnabled: z.boolean(),
  isSsprCapable: z.boolean(),
  isMfaRegistered: z.boolean(),
  isPasswordlessCapable: z.boolean(),
  methodsRegistered: z.array(z.string()),
});
type Person = z.infer<typeof PERSON>;

/**
 * Counts the people of `userRegistrationDetails`, page by page, so that no row is kept
 * (learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails). The report has enabled
 * accounts only. It documents no filter for the type of a user, so guests are read too and left out here.
 */
export function registrationReader({ client, clock }: ReaderParts): RegistrationReader {
  return {
    async read(options) {
      const readAt = clock.now();
      const counting = countPeople();
      const source = { endpoint: USER_REGISTRATION_DETAILS, path: PATH };
      const { pages, rows } = await readRows(client, source, PERSON, options, counting.add);
      if (rows === 0) {
        throw new AppError("GRAPH-NOT-COLLECTED", { detail: "userRegistrationDetails has no rows." });
      }
      return { readAt, counts: counting.counts(), pages, rowsRead: rows };
    },
  };
}

function countPeople(): { add(person: Person): void; counts(): RegistrationCounts } {
  const sums = { people: 0, inScope: 0, capable: 0, mfaRegistered: 0, passwordless: 0, phoneOnly: 0 };
  const leftOut = { guests: 0, serviceAccounts: 0 };
  let otherTypes = 0;
  return {
    add(person) {
      if (person.userType === "guest") {
        leftOut.guests += 1;
      } else if (person.userType !== "member") {
        otherTypes += 1;
      } else if (isServiceAccount(person)) {
        leftOut.serviceAccounts += 1;
      } else {
        sums.people += 1;
        sums.inScope += Number(person.isSsprEnabled);
        sums.capable += Number(person.isSsprCapable);
        sums.mfaRegistered += Number(person.isMfaRegistered);
        sums.passwordless += Number(person.isPasswordlessCapable);
        sums.phoneOnly += Number(isPhoneOnly(person));
      }
    },
    counts: () => ({ ...sums, leftOut: { ...leftOut, ...(otherTypes > 0 && { otherTypes }) } }),
  };
}

const SYNCHRONISATION = "On-Premises Directory Synchronization Service Account";
const PACKAGE = /^package_[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}@/i;

/**
 * Accounts nobody signs in with that every tenant has, by the rule that CIPP, a common administration tool, uses:
 * this display name, or a user principal name that begins `package_<guid>@`. Other service accounts cannot be told
 * from people by this report.
 */
function isServiceAccount({ userDisplayName, userPrincipalName }: Person): boolean {
  return userDisplayName === SYNCHRONISATION || PACKAGE.test(userPrincipalName);
}

const PHONES: ReadonlySet<string> = new Set(["mobilePhone", "alternateMobilePhone", "officePhone"]);
/** They verify a password reset and nothing else (concept-authentication-methods, "How each method works"). */
const RESET_ONLY: ReadonlySet<string> = new Set(["email", "securityQuestion"]);

/**
 * Whether a phone is all there is as a second factor. No page defines this figure; it is inferred from the documented
 * purpose of each method. A method that nobody knows yet counts as another factor, so that nobody is said to depend
 * on a phone who may not.
 */
function isPhoneOnly({ isMfaRegistered, methodsRegistered }: Person): boolean {
  const factors = methodsRegistered.filter((method) => !RESET_ONLY.has(method));
  return isMfaRegistered && factors.length > 0 && factors.every((method) => PHONES.has(method));
}
