import { isUnder, meaningOf, strengthOf } from "./methods.ts";

/** Whether a method is a phone by any name: a number, a text message, a call, an office phone. */
export function isPhone(method: string): boolean {
  const meaning = meaningOf(method);
  return meaning !== undefined && isUnder(meaning.family, "phone");
}

/**
 * Whether somebody who has this method could do without a phone: it is not weak, and stays. A Temporary Access Pass
 * ends within hours to days (learn.microsoft.com/entra/identity/authentication/howto-authentication-temporary-access-pass).
 * A method that nobody knows yet is not said to be strong.
 */
export function isBetterThanPhone(method: string): boolean {
  const family = meaningOf(method)?.family;
  return family !== undefined && family !== "temporary-access-pass" && strengthOf(family) !== "weak";
}
