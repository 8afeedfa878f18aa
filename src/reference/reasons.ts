/** What a failure is about, for telling an administrator's next step. */
export type ReasonCategory =
  | "abandoned"
  | "too-many-tries"
  | "canceled"
  | "contacted-admin"
  | "policy"
  | "licence"
  | "set-up"
  | "on-premises"
  | "password"
  | "device"
  | "system";

/**
 * Failure reasons as Microsoft has published them. Graph's `failureReason` is an English sentence without an
 * official list; sources: the details of the classic password reset activity report (azure-docs,
 * active-directory-passwords-reporting, 2017), strings of audit logs of 2025 and 2026 with their error names, the
 * userEventsSummary page, the tables of howto-registration-mfa-sspr-combined-troubleshoot and troubleshoot-sspr (June
 * 2025: names, and sentences after "SSPR_0009: "), and the AADSTS1200xx names of the Entra error-code reference, which
 * audit logs give without their "PasswordChange". Only the first sentence stands here, because what follows is
 * Microsoft's remedy and is not always sent; `*` stands for any end. An id is stored with the numbers, so it never
 * changes its meaning.
 */
const REASONS = {
  "started-email": ["abandoned", "User abandoned after starting the email verification option"],
  "started-sms": ["abandoned", "User abandoned after starting the mobile SMS verification option"],
  "started-call": ["abandoned", "User abandoned after starting the mobile voice call verification option"],
  "started-office-call": [
    "abandoned",
    "User abandoned after starting the office voice call verification option",
  ],
  "started-questions": ["abandoned", "User abandoned after starting the security questions option"],
  "completed-email": ["abandoned", "User abandoned after completing the email verification option"],
  "completed-sms": ["abandoned", "User abandoned after completing the mobile SMS verification option"],
  "completed-call": [
    "abandoned",
    "User abandoned after completing the mobile voice call verification option",
  ],
  "completed-office-call": [
    "abandoned",
    "User abandoned after completing the office voice call verification option",
  ],
  "completed-questions": ["abandoned", "User abandoned after completing the security questions option"],
  "abandoned-at-name": ["abandoned", "User abandoned after entering their user ID"],
  "abandoned-before-password": ["abandoned", "User abandoned before selecting a new password"],
  "abandoned-at-password": ["abandoned", "User abandoned while selecting a new password"],
  "too-many-email-codes": [
    "too-many-tries",
    "User entered too many invalid email verification codes and is blocked for 24 hours",
  ],
  "too-many-sms-codes": [
    "too-many-tries",
    "User entered too many invalid SMS verification codes and is blocked for 24 hours",
  ],
  "too-many-calls": [
    "too-many-tries",
    "User tried mobile phone voice verification too many times and is blocked for 24 hours",
  ],
  "too-many-office-calls": [
    "too-many-tries",
    "User tried office phone voice verification too many times and is blocked for 24 hours",
  ],
  "too-many-answers": [
    "too-many-tries",
    "User tried to answer security questions too many times and is blocked for 24 hours",
  ],
  "too-many-phone-checks": [
    "too-many-tries",
    "User tried to verify a phone number too many times and is blocked for 24 hours",
  ],
  "canceled-verification": ["canceled", "User canceled before passing the required authentication methods"],
  "canceled-password": ["canceled", "User canceled before submitting a new password"],
  "canceled-registration": ["canceled", "User canceled security info registration"],
  "asked-admin-email": [
    "contacted-admin",
    "User contacted an admin after trying the email verification option",
  ],
  "asked-admin-sms": [
    "contacted-admin",
    "User contacted an admin after trying the mobile SMS verification option",
  ],
  "asked-admin-call": [
    "contacted-admin",
    "User contacted an admin after trying the mobile voice call verification option",
  ],
  "asked-admin-office-call": [
    "contacted-admin",
    "User contacted an admin after trying the office voice call verification option",
  ],
  "asked-admin-questions": [
    "contacted-admin",
    "User contacted an admin after trying the security question verification option",
  ],
  "not-enabled": ["policy", "Password reset is not enabled for this user"],
  "not-in-group": [
    "policy",
    "This user is not a member of the password reset users group",
    "UserNotMemberOfScopedAccessGroup",
    "You aren't a member of a group enabled for password reset",
  ],
  "disabled-for-all": [
    "policy",
    "Password reset has been disabled entirely for this tenant",
    "TenantSSPRFlagDisabled",
    "We've detected that password reset hasn't been enabled by your administrator",
  ],
  "no-policy": [
    "policy",
    "SsprNotEnabledInUserPolicy",
    "Your organization hasn't defined a password reset policy",
  ],
  "no-licence": [
    "licence",
    "User does not have a license",
    "UserNotLicensed",
    "Your organization doesn't have the required licenses necessary to perform password reset",
  ],
  "too-few-methods": [
    "set-up",
    "User's account has insufficient authentication methods defined",
    "User's account has insufficient authentication methods",
    "UserNotProperlyConfigured",
    "Additional security info is needed to reset your password",
  ],
  "no-writeback": [
    "on-premises",
    "User's password is managed on-premises",
    "WritebackNotEnabled",
    "We've detected that password writeback hasn't been enabled",
    "NeedsToHappenOnPrem",
  ],
  "on-premises-unreachable": [
    "on-premises",
    "We could not reach your on-premises password reset service",
    "OnPremisesConnectivityError",
    "OnPremisesConnectivityFailure",
    "We can't reset your password due to a poor connection with your on-premises environment",
  ],
  "on-premises-failed": [
    "on-premises",
    "We encountered a problem while resetting the user's on-premises password",
    "OnPremisesAdminActionRequired",
    "ADAdminActionRequired",
    "We're unable to reset your password due to an error in your on-premises configuration",
  ],
  "on-premises-locked": ["on-premises", "OnPremUserAccountLockedOutOrDisabled"],
  "cloud-write-failed": [
    "on-premises",
    "OnPremisesSuccessCloudFailure",
    "OnPremSuccessCloudFail",
    "Password reset was successful on-premises, but there was an error while writing to the cloud",
  ],
  "on-premises-rules": ["password", "OnPremComplexity", "On-premises policy violation"],
  "weak-password": ["password", "InvalidNewPasswordWeak"],
  "name-in-password": ["password", "InvalidNewPasswordContainsMemberName"],
  "wrong-old-password": ["password", "IncorrectCurrentPassword"],
  "banned-password": [
    "password",
    "PasswordDoesnotComplyFuzzyPolicy",
    "FuzzyPolicyViolationInvalidPassword",
    "Password doesn't comply with fuzzy policy",
  ],
  "no-cookies": ["device", "User tried to reset from a device without cookies enabled"],
  "review-failed": ["system", "User failed to review security info"],
  "delete-failed": ["system", "User failed to delete *"],
  "default-failed": ["system", "User failed to change the default security info for *"],
  "system-error": [
    "system",
    "A system error has occurred",
    "AsyncJobStateTerminated",
    "AsyncUpnInferenceFailed",
    "UserNotFoundBySspr",
    "PartnerServiceSsprInternalServiceError",
  ],
} as const satisfies Readonly<Record<string, readonly [ReasonCategory, ...string[]]>>;

export type ReasonId = keyof typeof REASONS;

/** A failure for which Graph gave no reason. */
export const UNSPECIFIED = "unspecified";
/** Failures with texts beyond the number of unknown texts that are kept. */
export const OTHER_REASONS = "other";

/** All reasons that have words of their own. */
export type NamedReason = ReasonId | typeof UNSPECIFIED | typeof OTHER_REASONS;

/** What reasons are shown under: their category, or one of those that have none. */
export type ReasonGroup = ReasonCategory | "new-texts" | "no-reason";

const REASON_IDS = Object.keys(REASONS) as readonly ReasonId[];

const EXACT = new Map<string, ReasonId>();
const BEGINNINGS: [beginning: string, id: ReasonId][] = [];
for (const id of REASON_IDS) {
  const [, ...texts] = REASONS[id];
  for (const text of texts) {
    if (text.endsWith("*")) {
      BEGINNINGS.push([`${normalised(text.slice(0, -1))} `, id]);
    } else {
      EXACT.set(normalised(text), id);
    }
  }
}

/** The known reason that Graph's text means, or undefined for a text that nobody knows yet. */
export function reasonOf(text: string): { readonly id: ReasonId } | undefined {
  const asked = normalised(text);
  const id = EXACT.get(asked) ?? BEGINNINGS.find(([beginning]) => asked.startsWith(beginning))?.[1];
  return id && { id };
}

/** Whether a stored reason has words of its own; any other is Graph's own text, masked. */
export function isNamedReason(reason: string): reason is NamedReason {
  return isReasonId(reason) || reason === UNSPECIFIED || reason === OTHER_REASONS;
}

/** The group of a stored reason. */
export function groupOf(reason: string): ReasonGroup {
  if (reason === UNSPECIFIED) {
    return "no-reason";
  }
  return isReasonId(reason) ? categoryOf(reason) : "new-texts";
}

/** Whether it is one of Microsoft's published reasons. */
export function isReasonId(reason: string): reason is ReasonId {
  return Object.hasOwn(REASONS, reason);
}

/** What a known reason is about. */
export function categoryOf(id: ReasonId): ReasonCategory {
  return REASONS[id][0];
}

/** The first sentence, without what differs between the years of Microsoft's texts. */
function normalised(text: string): string {
  const [first = ""] = text.trim().split(/\.(?:\s|$)/);
  return first
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/^(?:aadsts|sspr_)\d+:\s*/, "")
    .replace(/^passwordchange(?=[a-z])/, "")
    .replace(/\s+/g, " ")
    .replace("cancelled", "canceled")
    .trim();
}
