import type { FailureWords } from "../failure-words.ts";

/**
 * What an administrator can do, by group and for single reasons. Sources: the details of the classic password reset
 * activity report (azure-docs, active-directory-passwords-reporting, 2017) and, of
 * learn.microsoft.com/entra/identity/authentication, troubleshoot-sspr (June 2025), troubleshoot-sspr-writeback,
 * howto-sspr-reporting and howto-registration-mfa-sspr-combined-troubleshoot (March 2025). What helps people who stop or
 * cancel is inferred from the step at which they do.
 */
export const FAILURES: FailureWords = {
  byReason: "Failures by reason",
  byMethod: "Failures by method",
  headline: (within, sentences) => `Failures ${within}. ${sentences.join(" ")}`,
  failed: (feature, failures, tries, percent, one) =>
    `${feature}: ${failures} of ${tries} ${one ? "try" : "tries"} failed${percent === undefined ? "" : ` (${percent})`}.`,
  noneFailed: (feature, tries, one) =>
    one ? `${feature}: the one try did not fail.` : `${feature}: none of ${tries} tries failed.`,
  most: (reason, count) => `Most frequent single reason: ${reason}, ${count} times.`,
  helpdesk: (calls, asked, blocked, one) =>
    `${one ? `${calls} helpdesk call` : `${calls} helpdesk calls`} to expect: ${asked} contacted an admin, ` +
    `${blocked} blocked for 24 hours.`,
  groups: {
    abandoned: {
      name: "Stopped half-way",
      meaning: "The person began and did not finish.",
      advice:
        "Check that the phone number or mail address is right and the code arrives; look into the spam folder.",
    },
    "too-many-tries": {
      name: "Blocked for 24 hours",
      meaning: "After too many tries Microsoft blocks the account's resets for 24 hours.",
      advice: "Let the person wait 24 hours, or reset the password for them. Many at once can be an attack.",
    },
    canceled: {
      name: "Canceled",
      meaning: "The person pressed Cancel.",
      advice: "Show people beforehand what they will be asked, and offer help.",
    },
    "contacted-admin": {
      name: "Contacted an admin",
      meaning: "The person asked for help after an option did not work.",
      advice: "Contact the person, correct their method, and reset the password if it is urgent.",
    },
    policy: {
      name: "Not allowed by policy",
      meaning: "Password reset is not switched on for this person.",
      advice: "Set password reset to Selected or All in the Entra admin center.",
    },
    licence: {
      name: "No licence",
      meaning: "The account has no licence that includes password reset.",
      advice: "Assign a licence with Microsoft Entra ID P1 or P2.",
    },
    "set-up": {
      name: "Too few methods",
      meaning: "The account has fewer methods than the policy asks for.",
      advice:
        "Ask the person to register at https://aka.ms/ssprsetup, or fill in their authentication contact info.",
    },
    "on-premises": {
      name: "On-premises password",
      meaning: "The password lives in the on-premises directory, and it could not be written there.",
      advice: "Check password writeback on the synchronization server.",
    },
    password: {
      name: "Password refused",
      meaning: "The password did not keep to the rules.",
      advice: "Publish the password rules and what the banned list refuses.",
    },
    device: {
      name: "Browser",
      meaning: "The browser did not accept cookies.",
      advice: "Allow cookies, or use another browser.",
    },
    system: {
      name: "System errors",
      meaning: "Microsoft's service failed.",
      advice: "Let the person try again; if it stays, look at the service health and ask Microsoft support.",
    },
    "new-texts": {
      name: "New at Microsoft",
      meaning: "Texts that AuthPulse does not know yet.",
      advice:
        "Look for the text in the audit logs of the Entra admin center, Self-service Password Management.",
    },
    "no-reason": {
      name: "Without a reason",
      meaning: "Microsoft gave no reason.",
      advice: "Look at the same time in the audit logs of the Entra admin center.",
    },
  },
  touched: (people, one, later) =>
    `${one ? `${people} person` : `${people} people`}${later === undefined ? "" : `; ${later} succeeded later`}.`,
  touchedInAll: (touched) => `Failed tries of ${touched}`,
  eachOnce:
    "People count once for each kind of reason, so they do not add up. Succeeded later: with any method, after their " +
    "last such failure.",
  withoutAPerson: (tries, one) =>
    `Microsoft named nobody for ${tries} ${one ? "try" : "tries"} of the last 30 days: counted as tries, not as people.`,
  peopleNotCounted: "Too many different failures to count people. The tries are complete.",
  changes: {
    more: (name, now, before, than) => `${name}, more often: ${now}, ${before} ${than}.`,
    less: (name, now, before, than) => `${name}, less often: ${now}, ${before} ${than}.`,
    same: (than) => `No kind of failure shows a clear change beside its share ${than}.`,
    few: (than) => `Too few tries ${than} to compare.`,
    notStored: (than) => `Not compared: tries ${than} are not stored in full.`,
    all: "All failures",
  },
  whatHelps: "What you can do",
  page: "Microsoft's page",
  advice: {
    ...repeated(
      ["completed-email", "completed-sms", "completed-call", "completed-office-call", "completed-questions"],
      "One method passed: where the policy asks for two, tell people so, and check the second one.",
    ),
    "started-questions": "Ask the person to register their security questions again.",
    "abandoned-at-name": "A user ID alone: nothing to do, unless it is frequent.",
    ...repeated(
      ["abandoned-before-password", "abandoned-at-password"],
      "At the new password: publish the password rules and what the banned list refuses.",
    ),
    "too-many-answers": "Ask the person to register their security questions again after the block.",
    "too-many-phone-checks":
      "Check the number's format: country code, a blank, then the number, no extension.",
    "canceled-password": "At the new password: publish the password rules and what the banned list refuses.",
    "canceled-registration": "Remind people to finish their registration; it can be begun again at any time.",
    "not-in-group": "Add the person to the group that may reset passwords.",
    "disabled-for-all": "Password reset is off for the whole tenant: set it to Selected or All.",
    "no-writeback": "Enable password writeback in Microsoft Entra Connect.",
    "on-premises-unreachable":
      "Check the synchronization server: its event log, the service Microsoft Azure AD Sync, and outbound port 443.",
    "on-premises-failed":
      "Check the event log of the synchronization server and the Reset password right of its directory account.",
    "on-premises-locked": "Unlock or enable the account in the on-premises directory.",
    "cloud-write-failed": "The new password works on-premises: wait a few minutes for the cloud.",
    "on-premises-rules":
      "Tell people the password rules of the on-premises directory: length, age, complexity.",
    "no-policy": "Define a password reset policy in the Entra admin center.",
    "wrong-old-password":
      "The person mistyped the current password: they can reset it instead of changing it.",
    "delete-failed": "Let the person delete the method again; if it stays, delete it for them.",
    "default-failed": "Let the person choose the default method again.",
  },
  reason: (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
  within: (reason) => `– ${reason}`,
  newTexts: (texts, one) =>
    one ? `${texts} text that is new at Microsoft` : `${texts} texts that are new at Microsoft`,
  hiddenTexts: "Such a text could hold a name, so it is shown in a personal chat only.",
  columns: {
    reason: "Reason",
    method: "Method",
    failed: "Failed",
    tries: "Tries",
    share: "Share",
    rate: "Fail rate",
  },
  more: (count) => (count === 1 ? "1 more, not listed" : `${count} more, not listed`),
  noReasons:
    "This report of Microsoft gives no reasons. They need the single events: with AuditLog.Read.All for the " +
    "application, AuthPulse reads them.",
  noFailures: (within) => `No failed tries ${within}.`,
  allAccounts: "Counted: tries of all accounts. A try is one attempt with one method, not a person.",
  tooFew: "Below 20 tries or failures there are counts only.",
};

function repeated<Id extends string>(ids: readonly Id[], text: string): Record<Id, string> {
  return Object.fromEntries(ids.map((id) => [id, text])) as Record<Id, string>;
}
