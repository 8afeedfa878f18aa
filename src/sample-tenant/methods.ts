/**
 * Method values of the reports, as sets with the meanings the reports need. Sources: `usageAuthMethod` and
 * `registrationAuthMethod` in the Graph beta metadata of August 2026, the resource page of
 * userRegistrationActivitySummary, and the documented values of `methodsRegistered`.
 */

/** Members of the enums up to `unknownFutureValue`: the ones that every client is sent. */
export const BASIC_USAGE_METHODS: ReadonlySet<string> = new Set([
  "email",
  "mobileSMS",
  "mobileCall",
  "officePhone",
  "securityQuestion",
  "appNotification",
  "appCode",
  "alternateMobileCall",
  "fido",
  "appPassword",
]);
export const BASIC_REGISTRATION_METHODS: ReadonlySet<string> = new Set([
  "email",
  "mobilePhone",
  "officePhone",
  "securityQuestion",
  "appNotification",
  "appCode",
  "alternateMobilePhone",
  "fido",
  "appPassword",
]);

/** Today's value to the one that the legacy reports used. There is no official table: this is the nearest meaning. */
const LEGACY: Readonly<Record<string, string>> = {
  microsoftAuthenticatorPush: "appNotification",
  microsoftAuthenticatorPasswordless: "appNotification",
  softwareOneTimePasscode: "appCode",
  hardwareOneTimePasscode: "appCode",
  oneTimePasscode: "appCode",
  fido2SecurityKey: "fido",
  passKeyDeviceBound: "fido",
  passKeyDeviceBoundAuthenticator: "fido",
  passKeyDeviceBoundWindowsHello: "fido",
};

/** The value of `usageAuthMethod` in the legacy reports; one without a legacy name keeps its own, as the enum has it. */
export function legacyUsageMethod(feature: string, method: string): string {
  if (method === "sms") return "mobileSMS";
  if (method === "mobilePhone") return feature === "registration" ? "mobileSMS" : "mobileCall";
  if (method === "alternateMobilePhone") return "alternateMobileCall";
  return LEGACY[method] ?? method;
}

/** The values of `registrationAuthMethod` for what a person registered; methods without a legacy name are left out. */
export function legacyRegistrationMethods(methods: readonly string[]): readonly string[] {
  const legacy = methods.map((method) => LEGACY[method] ?? method);
  return [...new Set(legacy)].filter((method) => BASIC_REGISTRATION_METHODS.has(method));
}
