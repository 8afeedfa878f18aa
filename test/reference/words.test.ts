import { describe, expect, it } from "vitest";
import { isUnder, KNOWN_METHODS, METHOD_FAMILIES, meaningOf } from "../../src/reference/methods.ts";
import { REPORT_READING_ROLES } from "../../src/reference/roles.ts";
import { en } from "../../src/reference/words/en.ts";

/** Every text that is there without an argument. */
function textsOf(node: unknown): string[] {
  if (typeof node === "string") {
    return [node];
  }
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(textsOf) : [];
}

describe("the English words", () => {
  it("give every name and family of a method a label of its own", () => {
    const labels = [Object.values(en.methods), Object.values(en.families)];

    for (const list of labels) {
      expect(new Set(list).size).toBe(list.length);
    }
  });

  it("hold no markdown, no emoji and no small talk", () => {
    // A setting's name has to be written as it is, and rendering escapes it.
    const texts = textsOf(en).map((text) => text.replaceAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g, ""));

    expect(texts.filter((text) => /[*_`[\]]|\p{Extended_Pictographic}|oops|sorry/iu.test(text))).toEqual([]);
  });

  it("write names in the middle of a list small, save proper names", () => {
    expect(en.usage.notUsed(["Office phone", "SMS", "Authenticator push", "QR code"])).toBe(
      "Not used: office phone, SMS, Authenticator push, QR code",
    );
  });
});

describe("what is asked for", () => {
  it("reaches every known method by its own family", () => {
    for (const method of KNOWN_METHODS) {
      const family = meaningOf(method)?.family;

      expect(family !== undefined && isUnder(family, family)).toBe(true);
    }
  });

  it("takes all phone methods in for “phone”, and nothing else in for any other family", () => {
    const under = METHOD_FAMILIES.map((asked) => METHOD_FAMILIES.filter((family) => isUnder(family, asked)));
    const wider = under.filter((families) => families.length > 1);

    expect(wider).toEqual([["phone", "sms", "voice", "office-phone"]]);
  });
});

it("names five different roles by different template ids", () => {
  expect(new Set(REPORT_READING_ROLES.map(({ templateId }) => templateId)).size).toBe(5);
});
