import type { DailyReport } from "../../ports/days.ts";
import type { PeopleReaderId, PeopleScope } from "../../ports/people.ts";
import type { Period, ReaderId } from "../../ports/usage.ts";

const ROOT = "/reports/authenticationMethods";

/** What is asked of Graph for tries, by reader (learn.microsoft.com/graph/api, the page of each name). */
export function usageEndpoint(reader: ReaderId, period: Period): string {
  switch (reader) {
    case "events":
      return `/beta${ROOT}/userEventsSummary`;
    case "activity":
      return `/beta${ROOT}/userRegistrationActivity(period='${period.toLowerCase()}')`;
    case "legacy":
      return `/beta/reports/getCredentialUsageSummary(period='${period}')`;
  }
}

/** What is asked of Graph for the counts of days. */
export const DAY_ENDPOINTS: Readonly<Record<DailyReport, string>> = {
  passwords: `/beta${ROOT}/userPasswordResetsAndChangesSummary`,
  signIns: `/beta${ROOT}/userMfaSignInSummary`,
};

/** `includedUserTypes` and `includedUserRoles` of the two summaries. */
const SUMMARY_OF: Readonly<Record<PeopleScope, string>> = {
  members: "(includedUserTypes='member',includedUserRoles='all')",
  guests: "(includedUserTypes='guest',includedUserRoles='all')",
  admins: "(includedUserTypes='member',includedUserRoles='admin')",
  everyone: "(includedUserTypes='all',includedUserRoles='all')",
};

/** What is asked of Graph for people, by reader. */
export function peopleEndpoint(
  reader: PeopleReaderId,
  about: "registration" | "methods" | "phone-retirement",
  scope: PeopleScope,
): string {
  switch (reader) {
    case "details":
      return `/v1.0${ROOT}/userRegistrationDetails`;
    case "summaries":
      return about === "methods"
        ? `/v1.0${ROOT}/usersRegisteredByMethod${SUMMARY_OF[scope]}`
        : `/v1.0${ROOT}/usersRegisteredByFeature${SUMMARY_OF[scope]}`;
    case "legacy":
      return about === "methods"
        ? "/beta/reports/credentialUserRegistrationDetails"
        : "/beta/reports/getCredentialUserRegistrationCount";
  }
}
