import { KNOWN_METHODS, METHOD_FAMILIES, type MethodFamily, meaningOf } from "../reference/methods.ts";
import { FAMILIES, METHODS } from "../reference/words/en/methods.ts";

/** What people call the methods beside Graph's values and our labels; `(s)` is a plural that may be there or not. */
const EVERYDAY: Readonly<Record<MethodFamily, readonly string[]>> = {
  email: ["email(s)", "e mail(s)", "mail", "email otp", "email code(s)"],
  phone: ["phone(s)", "mobile", "mobile phone(s)", "cell phone(s)", "alternate phone(s)"],
  sms: ["text(s)", "text message(s)", "sms code(s)", "sms message(s)", "sms text(s)"],
  voice: ["voice", "call(s)", "voice call(s)", "phone call(s)", "mobile call(s)"],
  "office-phone": ["office phone(s)", "desk phone(s)", "landline(s)"],
  "security-questions": ["security question(s)", "secret question(s)"],
  authenticator: [
    "authenticator",
    "authenticator app",
    "mobile app",
    "mobile app notification(s)",
    "microsoft authenticator",
    "ms authenticator",
    "microsoft authenticator app",
    "push",
    "push notification(s)",
    "app notification(s)",
    "authenticator notification(s)",
  ],
  code: [
    "code(s)",
    "app code(s)",
    "authenticator code(s)",
    "authenticator app code(s)",
    "mobile app code(s)",
    "verification code(s)",
    "totp",
    "otp",
    "oath",
    "oath token(s)",
    "hardware token(s)",
    "software token(s)",
    "one time code(s)",
    "one time password(s)",
    "one time passcode(s)",
  ],
  passkey: [
    "passkey(s)",
    "pass key(s)",
    "fido",
    "fido2",
    "fido key(s)",
    "fido2 key(s)",
    "security key(s)",
    "yubikey(s)",
  ],
  "windows-hello": ["windows hello", "hello for business", "whfb"],
  "temporary-access-pass": ["temporary access pass", "temporary access passes", "temporary pass", "tap"],
  "app-password": ["app password(s)"],
  certificate: ["certificate(s)", "cert(s)", "cba", "smart card(s)", "smartcard(s)"],
  "qr-code": ["qr", "qr code(s)"],
  external: [
    "external",
    "external method(s)",
    "external authentication",
    "external authentication method(s)",
  ],
};

/** Every phrase that names a method, with its family: Graph's values, our names and labels, and everyday words. */
export function methodPhrases(): readonly (readonly [phrase: string, family: MethodFamily])[] {
  const families = METHOD_FAMILIES.flatMap((family) =>
    [family, FAMILIES[family], ...EVERYDAY[family]].map((phrase) => [phrase, family] as const),
  );
  const methods = KNOWN_METHODS.flatMap((value) => {
    const meaning = meaningOf(value);
    return meaning
      ? [value, spaced(value), meaning.name, METHODS[meaning.name]].map(
          (phrase) => [phrase, meaning.family] as const,
        )
      : [];
  });
  return [...families, ...methods];
}

/** `fido2SecurityKey` as people read it: "fido2 Security Key". */
function spaced(value: string): string {
  return value.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
}
