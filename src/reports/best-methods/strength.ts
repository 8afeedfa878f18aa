import {
  isUnder,
  KNOWN_METHODS,
  type MethodFamily,
  type MethodName,
  meaningOf,
  strengthOf,
} from "../../reference/methods.ts";
import type { ServiceChange } from "../../reference/service-changes.ts";
import type { ShownStrength } from "../../reference/words/best-methods-words.ts";

const FAMILIES: ReadonlyMap<MethodName, MethodFamily> = new Map(
  KNOWN_METHODS.map(meaningOf)
    .filter((meaning) => meaning !== undefined)
    .map(({ name, family }) => [name, family]),
);

/** The end of Microsoft's own delivery of codes by phone, where it was announced for what is read. */
export function phoneEnd(changes: readonly ServiceChange[]): ServiceChange | undefined {
  return changes.find(({ id }) => id === "phone-delivery-ends");
}

/**
 * How strong a method is (`strengthOf` names the source); a phone is retiring where the end of its delivery was
 * announced. A method without a name is one that nobody knows yet.
 */
export function shownStrength(
  name: MethodName | undefined,
  changes: readonly ServiceChange[],
): ShownStrength {
  const family = name && FAMILIES.get(name);
  if (family === undefined) {
    return "unknown";
  }
  if (isUnder(family, "phone") && phoneEnd(changes)) {
    return "retiring";
  }
  const strength = strengthOf(family);
  return strength === "other" ? "strong" : strength;
}
