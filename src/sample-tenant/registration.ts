import type { People, Person } from "./people.ts";
import { mix, stream } from "./random.ts";

/** What a person has registered, and what follows from it under the company's policies. */
export interface Registration {
  readonly methods: readonly string[];
  readonly isAdmin: boolean;
  readonly isSsprEnabled: boolean;
  readonly isSsprRegistered: boolean;
  readonly isSsprCapable: boolean;
  readonly isMfaRegistered: boolean;
  readonly isMfaCapable: boolean;
  readonly isPasswordlessCapable: boolean;
}

const SALT = 21;

/** Share of the members who registered a method, most common first, and who had a year before: a rollout of passkeys. */
const METHOD_SHARES: readonly (readonly [method: string, share: number, before: number])[] = [
  ["microsoftAuthenticatorPush", 0.68, 0.5],
  ["mobilePhone", 0.55, 0.5],
  ["email", 0.41, 0.39],
  ["windowsHelloForBusiness", 0.22, 0.14],
  ["softwareOneTimePasscode", 0.16, 0.15],
  ["securityQuestion", 0.11, 0.11],
  ["microsoftAuthenticatorPasswordless", 0.09, 0.05],
  ["passKeyDeviceBoundAuthenticator", 0.06, 0.005],
  ["alternateMobilePhone", 0.03, 0.03],
  ["fido2SecurityKey", 0.03, 0.02],
  ["officePhone", 0.02, 0.02],
  ["passKeyDeviceBoundWindowsHello", 0.02, 0],
  ["passKeyDeviceBound", 0.01, 0.004],
  ["temporaryAccessPass", 0.01, 0.008],
  ["hardwareOneTimePasscode", 0.008, 0.008],
  ["macOsSecureEnclaveKey", 0.006, 0.002],
];

/** Every method that a person of the company may have registered. */
export const REGISTRABLE_METHODS: readonly string[] = METHOD_SHARES.map(([method]) => method);

/** Guests register at home, so few of them have anything here. */
const GUEST_FACTOR = 0.3;
/** New and reluctant people have registered nothing at all; a year before they were more. */
const NOTHING_SHARE = 0.055;
const NOTHING_BEFORE = 0.14;
/** Members outside the pilot groups of self-service password reset. */
const SSPR_SCOPE = 0.84;

const SSPR_METHODS = new Set([
  "microsoftAuthenticatorPush",
  "mobilePhone",
  "email",
  "softwareOneTimePasscode",
  "hardwareOneTimePasscode",
  "securityQuestion",
  "alternateMobilePhone",
  "officePhone",
]);
const PASSWORDLESS_METHODS = new Set([
  "windowsHelloForBusiness",
  "microsoftAuthenticatorPasswordless",
  "passKeyDeviceBoundAuthenticator",
  "fido2SecurityKey",
  "passKeyDeviceBoundWindowsHello",
  "passKeyDeviceBound",
  "macOsSecureEnclaveKey",
]);
const MFA_METHODS = new Set([
  ...PASSWORDLESS_METHODS,
  "microsoftAuthenticatorPush",
  "mobilePhone",
  "softwareOneTimePasscode",
  "hardwareOneTimePasscode",
  "alternateMobilePhone",
  "officePhone",
]);
/** Registered once, no longer allowed by the policy: such people are registered for MFA but not capable of it. */
const FORBIDDEN_METHODS = new Set(["officePhone", "alternateMobilePhone", "hardwareOneTimePasscode"]);

/**
 * What a person has registered when the company has come so far (0 to 1, see `Growth`). Each person draws the same
 * numbers at all times and the shares only grow, so nobody loses a method.
 */
export function registrationOf(people: People, index: number, person: Person, grown: number): Registration {
  const draw = stream(mix(people.seed, index, SALT));
  const inScope = draw() < SSPR_SCOPE;
  const methods = methodsOf(person.kind, draw, grown);
  const isAdmin = person.role !== undefined;
  const isSsprEnabled = person.kind === "member" && (inScope || isAdmin);
  const isSsprRegistered = methods.some((method) => SSPR_METHODS.has(method));
  return {
    methods,
    isAdmin,
    isSsprEnabled,
    isSsprRegistered,
    isSsprCapable: isSsprEnabled && isSsprRegistered,
    isMfaRegistered: methods.some((method) => MFA_METHODS.has(method)),
    isMfaCapable: methods.some((method) => MFA_METHODS.has(method) && !FORBIDDEN_METHODS.has(method)),
    isPasswordlessCapable: methods.some((method) => PASSWORDLESS_METHODS.has(method)),
  };
}

function methodsOf(kind: Person["kind"], draw: () => number, grown: number): readonly string[] {
  if (kind === "service" || draw() < between(NOTHING_BEFORE, NOTHING_SHARE, grown)) return [];
  const factor = kind === "guest" ? GUEST_FACTOR : 1;
  return METHOD_SHARES.filter(([, share, before]) => draw() < between(before, share, grown) * factor).map(
    ([method]) => method,
  );
}

/** Exactly `now` when all is grown. */
function between(before: number, now: number, grown: number): number {
  return now - (now - before) * (1 - grown);
}

/** `userDefaultAuthenticationMethod`: the best second factor a person has. */
export function preferredMethod(
  methods: readonly string[],
): "push" | "oath" | "sms" | "voiceOffice" | "none" {
  if (methods.includes("microsoftAuthenticatorPush")) return "push";
  if (methods.some((method) => method.endsWith("OneTimePasscode"))) return "oath";
  if (methods.includes("mobilePhone")) return "sms";
  return methods.includes("officePhone") ? "voiceOffice" : "none";
}

/** `defaultMfaMethod` of the beta report. */
export function defaultMfaMethod(methods: readonly string[]): string {
  const preferred = preferredMethod(methods);
  const names = {
    push: "microsoftAuthenticatorPush",
    oath: "softwareOneTimePasscode",
    sms: "mobilePhone",
    voiceOffice: "officePhone",
    none: "none",
  } as const;
  return names[preferred];
}
