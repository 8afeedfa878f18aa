import type { NamedReason } from "../../reasons.ts";

/** Each follows a count: "58 stopped after starting the SMS option". */
export const REASONS: Readonly<Record<NamedReason, string>> = {
  "started-email": "stopped after starting the email option",
  "started-sms": "stopped after starting the SMS option",
  "started-call": "stopped after starting the voice call option",
  "started-office-call": "stopped after starting the office phone option",
  "started-questions": "stopped after starting the security questions",
  "completed-email": "stopped after passing the email option",
  "completed-sms": "stopped after passing the SMS option",
  "completed-call": "stopped after passing the voice call option",
  "completed-office-call": "stopped after passing the office phone option",
  "completed-questions": "stopped after passing the security questions",
  "abandoned-at-name": "stopped after entering a user ID",
  "abandoned-before-password": "stopped before choosing a new password",
  "abandoned-at-password": "stopped while choosing a new password",
  "too-many-email-codes": "blocked for 24 hours after too many wrong email codes",
  "too-many-sms-codes": "blocked for 24 hours after too many wrong SMS codes",
  "too-many-calls": "blocked for 24 hours after too many voice calls",
  "too-many-office-calls": "blocked for 24 hours after too many office phone calls",
  "too-many-answers": "blocked for 24 hours after too many answers to security questions",
  "too-many-phone-checks": "blocked for 24 hours after checking a phone number too often",
  "canceled-verification": "canceled before proving who they are",
  "canceled-password": "canceled before submitting a new password",
  "canceled-registration": "canceled the registration",
  "asked-admin-email": "contacted an admin after trying the email option",
  "asked-admin-sms": "contacted an admin after trying the SMS option",
  "asked-admin-call": "contacted an admin after trying the voice call option",
  "asked-admin-office-call": "contacted an admin after trying the office phone option",
  "asked-admin-questions": "contacted an admin after trying the security questions",
  "not-enabled": "not enabled for password reset",
  "not-in-group": "not in the group that may reset passwords",
  "disabled-for-all": "password reset switched off for the tenant",
  "no-licence": "had no licence for password reset",
  "too-few-methods": "had too few registered methods",
  "no-writeback": "on-premises password without writeback",
  "on-premises-unreachable": "on-premises reset service not reachable",
  "on-premises-failed": "on-premises reset failed",
  "banned-password": "new password too easy to guess",
  "no-cookies": "browser without cookies",
  "review-failed": "review of security info failed",
  "delete-failed": "deletion of a method failed",
  "default-failed": "change of the default method failed",
  "system-error": "system error at Microsoft",
  unspecified: "without a reason from Microsoft",
  other: "other reasons",
};

/** `text` is Microsoft's own, shortened and without anything personal. */
export function otherReason(text: string): string {
  return `“${text}”`;
}
