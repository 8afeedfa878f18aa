/** The group a method is shown and asked for under. */
export const METHOD_FAMILIES = [
  "email",
  "phone",
  "sms",
  "voice",
  "office-phone",
  "security-questions",
  "authenticator",
  "code",
  "passkey",
  "windows-hello",
  "temporary-access-pass",
  "app-password",
  "certificate",
  "qr-code",
  "external",
] as const;
export type MethodFamily = (typeof METHOD_FAMILIES)[number];

/** The name a method is shown by; methods of one name are one row. Its words stand in `words/`. */
export const METHOD_NAMES = [
  "email",
  "sms",
  "voice-call",
  "mobile-phone",
  "mobile-phone-or-sms",
  "alternate-phone",
  "office-phone",
  "security-questions",
  "authenticator-push",
  "authenticator-push-or-code",
  "authenticator-passwordless",
  "app-code",
  "hardware-code",
  "one-time-code",
  "security-key",
  "passkey",
  "passkey-authenticator",
  "passkey-windows-hello",
  "passkey-synced",
  "mac-secure-enclave",
  "windows-hello",
  "temporary-access-pass",
  "app-password",
  "certificate",
  "qr-code",
  "external",
] as const;
export type MethodName = (typeof METHOD_NAMES)[number];

/** How well a method withstands an attacker; what is neither stands between. */
export type Strength = "phishing-resistant" | "other" | "weak";

/**
 * Strengths by family. Sources, all of learn.microsoft.com/entra/identity/authentication: the table of phishing-resistant
 * methods in concept-authentication-methods (November 2025: Windows Hello for Business, Platform Credential for
 * macOS, synced and device-bound passkeys, security keys, certificates), which also says that voice calls and SMS should
 * be replaced by more secure methods, that email and security questions are for password resets only, that a QR code is
 * no second factor, and that app passwords are for old applications. Those are the weak ones here.
 */
const STRENGTHS: Readonly<Record<MethodFamily, Strength>> = {
  email: "weak",
  phone: "weak",
  sms: "weak",
  voice: "weak",
  "office-phone": "weak",
  "security-questions": "weak",
  authenticator: "other",
  code: "other",
  passkey: "phishing-resistant",
  "windows-hello": "phishing-resistant",
  "temporary-access-pass": "other",
  "app-password": "weak",
  certificate: "phishing-resistant",
  "qr-code": "weak",
  external: "other",
};

export function strengthOf(family: MethodFamily): Strength {
  return STRENGTHS[family];
}

export interface MethodMeaning {
  readonly name: MethodName;
  readonly family: MethodFamily;
}

/**
 * Every method value that Graph documents, and what it means. Sources: `usageAuthMethod` and
 * `registrationAuthMethod` of the Graph beta metadata (August 2026), and the older names of the
 * credentialUsageSummary resource page (`mobilePhoneAndSMS`, `appNotificationCode`,
 * `appNotificationAndCode`), and `fido2` of the userRegistrationDetails examples.
 */
const METHODS: Readonly<Record<string, MethodMeaning>> = {
  email: { name: "email", family: "email" },
  mobileSMS: { name: "sms", family: "sms" },
  sms: { name: "sms", family: "sms" },
  mobileCall: { name: "voice-call", family: "voice" },
  alternateMobileCall: { name: "voice-call", family: "voice" },
  mobilePhone: { name: "mobile-phone", family: "phone" },
  mobilePhoneAndSMS: { name: "mobile-phone-or-sms", family: "phone" },
  alternateMobilePhone: { name: "alternate-phone", family: "phone" },
  officePhone: { name: "office-phone", family: "office-phone" },
  securityQuestion: { name: "security-questions", family: "security-questions" },
  appNotification: { name: "authenticator-push", family: "authenticator" },
  microsoftAuthenticatorPush: { name: "authenticator-push", family: "authenticator" },
  appNotificationAndCode: { name: "authenticator-push-or-code", family: "authenticator" },
  microsoftAuthenticatorPasswordless: { name: "authenticator-passwordless", family: "authenticator" },
  appCode: { name: "app-code", family: "code" },
  appNotificationCode: { name: "app-code", family: "code" },
  softwareOneTimePasscode: { name: "app-code", family: "code" },
  hardwareOneTimePasscode: { name: "hardware-code", family: "code" },
  oneTimePasscode: { name: "one-time-code", family: "code" },
  fido: { name: "security-key", family: "passkey" },
  fido2: { name: "security-key", family: "passkey" },
  fido2SecurityKey: { name: "security-key", family: "passkey" },
  passKeyDeviceBound: { name: "passkey", family: "passkey" },
  passKeyDeviceBoundAuthenticator: { name: "passkey-authenticator", family: "passkey" },
  passKeyDeviceBoundWindowsHello: { name: "passkey-windows-hello", family: "passkey" },
  passKeySynced: { name: "passkey-synced", family: "passkey" },
  macOsSecureEnclaveKey: { name: "mac-secure-enclave", family: "passkey" },
  windowsHelloForBusiness: { name: "windows-hello", family: "windows-hello" },
  temporaryAccessPass: { name: "temporary-access-pass", family: "temporary-access-pass" },
  appPassword: { name: "app-password", family: "app-password" },
  x509Certificate: { name: "certificate", family: "certificate" },
  qrCode: { name: "qr-code", family: "qr-code" },
  externalAuthMethod: { name: "external", family: "external" },
};

/** The meaning of Graph's method value, or undefined for one that is new at Microsoft. */
export function meaningOf(method: string): MethodMeaning | undefined {
  return Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
}

/** All method values with a known meaning. */
export const KNOWN_METHODS: readonly string[] = Object.keys(METHODS);

/**
 * Whether a method of `family` belongs to what was asked for. "Phone" takes in text messages, calls and the
 * office phone, because Graph counts the same phone under different names in its older and newer enums.
 */
export function isUnder(family: MethodFamily, asked: MethodFamily): boolean {
  return family === asked || (asked === "phone" && PHONE_FAMILIES.includes(family));
}

const PHONE_FAMILIES: readonly MethodFamily[] = ["sms", "voice", "office-phone"];
