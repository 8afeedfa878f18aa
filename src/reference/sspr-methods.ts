import type { MethodName } from "./methods.ts";

interface SsprMethod {
  readonly name: MethodName;
  /** Names that Graph may count the same method under; tries there mean that it was used. */
  readonly alsoUnder: readonly MethodName[];
}

/**
 * What an administrator can switch on for self-service password reset: app notification, app code, email,
 * mobile phone (text message or call), office phone, security questions
 * (learn.microsoft.com/entra/identity/authentication/concept-sspr-howitworks, "Authentication methods").
 */
export const SSPR_METHODS: readonly SsprMethod[] = [
  { name: "authenticator-push", alsoUnder: ["authenticator-push-or-code"] },
  { name: "email", alsoUnder: [] },
  { name: "sms", alsoUnder: ["mobile-phone", "mobile-phone-or-sms"] },
  { name: "voice-call", alsoUnder: ["mobile-phone", "mobile-phone-or-sms", "alternate-phone"] },
  { name: "office-phone", alsoUnder: [] },
  { name: "security-questions", alsoUnder: [] },
  { name: "app-code", alsoUnder: ["authenticator-push-or-code", "one-time-code"] },
];
