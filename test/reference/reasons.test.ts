import { describe, expect, it } from "vitest";
import { categoryOf, groupOf, isNamedReason, isReasonId, reasonOf } from "../../src/reference/reasons.ts";
import { en } from "../../src/reference/words/en.ts";

/** Sentences as Microsoft published them, and what they are known as. */
const PUBLISHED = [
  ["User abandoned after starting the email verification option", "started-email"],
  ["User abandoned after starting the mobile SMS verification option", "started-sms"],
  ["User abandoned after starting the mobile voice call verification option", "started-call"],
  ["User abandoned after starting the office voice call verification option", "started-office-call"],
  ["User abandoned after starting the security questions option", "started-questions"],
  ["User abandoned after completing the email verification option", "completed-email"],
  ["User abandoned after completing the mobile SMS verification option", "completed-sms"],
  ["User abandoned after completing the mobile voice call verification option", "completed-call"],
  ["User abandoned after completing the office voice call verification option", "completed-office-call"],
  ["User abandoned after completing the security questions option", "completed-questions"],
  ["User abandoned after entering their user ID", "abandoned-at-name"],
  ["User abandoned before selecting a new password", "abandoned-before-password"],
  ["User abandoned while selecting a new password", "abandoned-at-password"],
  [
    "User entered too many invalid email verification codes and is blocked for 24 hours",
    "too-many-email-codes",
  ],
  ["User entered too many invalid SMS verification codes and is blocked for 24 hours", "too-many-sms-codes"],
  ["User tried mobile phone voice verification too many times and is blocked for 24 hours", "too-many-calls"],
  [
    "User tried office phone voice verification too many times and is blocked for 24 hours",
    "too-many-office-calls",
  ],
  ["User tried to answer security questions too many times and is blocked for 24 hours", "too-many-answers"],
  ["User tried to verify a phone number too many times and is blocked for 24 hours", "too-many-phone-checks"],
  ["User canceled before passing the required authentication methods", "canceled-verification"],
  ["User cancelled before submitting a new password", "canceled-password"],
  ["User contacted an admin after trying the email verification option", "asked-admin-email"],
  ["User contacted an admin after trying the mobile SMS verification option", "asked-admin-sms"],
  ["User contacted an admin after trying the mobile voice call verification option", "asked-admin-call"],
  [
    "User contacted an admin after trying the office voice call verification option",
    "asked-admin-office-call",
  ],
  ["User contacted an admin after trying the security question verification option", "asked-admin-questions"],
  [
    "Password reset is not enabled for this user. Enable password reset under the configure tab to resolve this",
    "not-enabled",
  ],
  ["Password reset is not enabled for this user", "not-enabled"],
  ["User does not have a license. You can add a license to the user to resolve this", "no-licence"],
  ["User tried to reset from a device without cookies enabled", "no-cookies"],
  [
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this",
    "too-few-methods",
  ],
  ["User's account has insufficient authentication methods", "too-few-methods"],
  [
    "User's password is managed on-premises. You can enable Password Writeback to resolve this",
    "no-writeback",
  ],
  [
    "We could not reach your on-premises password reset service. Check your sync machine's event log",
    "on-premises-unreachable",
  ],
  ["OnPremisesConnectivityError", "on-premises-unreachable"],
  ["OnPremisesConnectivityFailure", "on-premises-unreachable"],
  [
    "We encountered a problem while resetting the user's on-premises password. Check your sync machine's event log",
    "on-premises-failed",
  ],
  [
    "This user is not a member of the password reset users group. Add this user to that group to resolve this.",
    "not-in-group",
  ],
  [
    "Password reset has been disabled entirely for this tenant. See [here](http://aka.ms/ssprtroubleshoot) to resolve this.",
    "disabled-for-all",
  ],
  ["PasswordDoesnotComplyFuzzyPolicy", "banned-password"],
  ["FuzzyPolicyViolationInvalidPassword", "banned-password"],
  ["A system error has occurred.", "system-error"],
  ["PartnerServiceSsprInternalServiceError", "system-error"],
  ["AADSTS120008: PasswordChangeAsyncJobStateTerminated", "system-error"],
  ["TenantSSPRFlagDisabled", "disabled-for-all"],
  [
    "SSPR_0009: We've detected that password reset hasn't been enabled by your administrator.",
    "disabled-for-all",
  ],
  ["SsprNotEnabledInUserPolicy", "no-policy"],
  ["SSPR_0011: Your organization hasn't defined a password reset policy.", "no-policy"],
  ["UserNotLicensed", "no-licence"],
  [
    "SSPR_0012: Your organization doesn't have the required licenses necessary to perform password reset.",
    "no-licence",
  ],
  ["SSPR_0013: You aren't a member of a group enabled for password reset.", "not-in-group"],
  ["SSPR_0014: Additional security info is needed to reset your password.", "too-few-methods"],
  ["WritebackNotEnabled", "no-writeback"],
  ["AADSTS120012: PasswordChangeNeedsToHappenOnPrem", "no-writeback"],
  ["AADSTS120013: PasswordChangeOnPremisesConnectivityFailure", "on-premises-unreachable"],
  ["PasswordChangeADAdminActionRequired", "on-premises-failed"],
  ["PasswordChangeOnPremUserAccountLockedOutOrDisabled", "on-premises-locked"],
  ["OnPremisesSuccessCloudFailure", "cloud-write-failed"],
  ["PasswordChangeOnPremSuccessCloudFail", "cloud-write-failed"],
  ["On-premises policy violation", "on-premises-rules"],
  ["PasswordChangeOnPremComplexity", "on-premises-rules"],
  ["PasswordChangeInvalidNewPasswordWeak", "weak-password"],
  ["PasswordChangeInvalidNewPasswordContainsMemberName", "name-in-password"],
  ["PasswordChangeIncorrectCurrentPassword", "wrong-old-password"],
  ["PasswordChangePasswordDoesnotComplyFuzzyPolicy", "banned-password"],
  ["User canceled security info registration.", "canceled-registration"],
  ["User failed to review security info.", "review-failed"],
  ["User failed to delete Authenticator app.", "delete-failed"],
  ["User failed to change the default security info for Alternate phone.", "default-failed"],
] as const;

describe("a reason of a failure", () => {
  it.each(PUBLISHED)("is known: %s", (text, id) => {
    expect(reasonOf(text)).toEqual({ id });
  });

  it("is known whatever its letters, spaces and last stop are", () => {
    expect(reasonOf("  USER’S account  has insufficient\tauthentication methods. ")).toEqual({
      id: "too-few-methods",
    });
  });

  it.each([
    "",
    "User successfully reset password",
    "User abandoned after starting the carrier pigeon option",
    "User abandoned",
    "Failure",
    "PasswordChangeFailure",
    "User failed to delete",
    "The user could not be found. A system error has occurred.",
    "constructor",
    "__proto__",
  ])("is unknown when nobody published it: “%s”", (text) => {
    expect(reasonOf(text)).toBeUndefined();
  });

  it("has a test for every id, and words of its own", () => {
    const ids = new Set<string>([...PUBLISHED.map(([, id]) => id), "unspecified", "other"]);

    expect(new Set(Object.keys(en.reasons))).toEqual(ids);
    expect(new Set(Object.values(en.reasons)).size).toBe(ids.size);
    expect([...ids].every(isNamedReason)).toBe(true);
    expect(isNamedReason("A text of Microsoft")).toBe(false);
  });

  it("has words that go on after a count", () => {
    expect(Object.values(en.reasons).filter((words) => !/^[a-z][^.]*[^. ]$/.test(words))).toEqual([]);
    expect(`58 ${en.reasons["started-sms"]}`).toBe("58 stopped after starting the SMS option");
  });

  it("has a group with a meaning and with what helps, whatever it is", () => {
    const { groups, advice } = en.reports.failures;
    const reasons = [...Object.keys(en.reasons), "A text of Microsoft"];

    expect(new Set(reasons.map(groupOf))).toEqual(new Set(Object.keys(groups)));
    expect(groupOf("unspecified")).toBe("no-reason");
    expect(groupOf("other")).toBe("new-texts");
    expect(groupOf("A text of Microsoft")).toBe("new-texts");
    expect(Object.keys(advice).filter((id) => !isReasonId(id))).toEqual([]);
    for (const text of [
      ...Object.values(groups).flatMap(({ meaning, advice: help }) => [meaning, help]),
      ...Object.values(advice),
    ]) {
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("is about something", () => {
    expect(categoryOf("too-many-sms-codes")).toBe("too-many-tries");
    expect(categoryOf("asked-admin-sms")).toBe("contacted-admin");
    expect(categoryOf("banned-password")).toBe("password");
  });
});
