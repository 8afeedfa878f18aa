import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskText } from "../../src/reference/mask.ts";

describe("an unknown text", () => {
  it.each([
    ["User adele.vance@contoso.com is unknown", "User (mail address) is unknown"],
    ["User 'a.o'neil+x@contoso.com'!", "User (mail address)"],
    ["kim_fabrikam.com#EXT#@contoso.com", "(mail address)"],
    ["Object 86462606-fde0-4fc4-9e0c-a20eb73e54c6 is gone", "Object (id) is gone"],
    ["Object 86462606FDE04FC49E0CA20EB73E54C6 is gone", "Object (id) is gone"],
    ["Call +49 (30) 901820-0 failed", "Call (number) failed"],
    ["Call +1 4255550100 failed", "Call (number) failed"],
    ["Call (425) 555-0100 failed", "Call (number) failed"],
    ["Account 00012345678 failed", "Account (number) failed"],
    ["Account CONTOSO\\adele.v failed", "Account (account) failed"],
    ["No rights on CN=Adele Vance,OU=Sales,DC=contoso,DC=com", "No rights on (directory name)"],
  ])("shows nobody: %s", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it.each([
    "Neural link refused the new password",
    "AADSTS120013: PasswordChangeOnPremisesConnectivityFailure",
    "AADSTS7000215: the secret has expired",
    "Blocked for 24 hours after 5 tries, code 80090",
    "SSPR_0029: an error in the on-premises configuration",
  ])("stays as it is where it names nobody: %s", (text) => {
    expect(maskText(text)).toBe(text);
  });

  it("is one line without control characters and broken letters", () => {
    expect(maskText(" one\r\n two\u0000\tthree \ud800four\u200b ")).toBe("one two three four");
  });

  it("is cut to 120 characters after it was masked", () => {
    const masked = maskText(`${"word ".repeat(22)}adele.vance@contoso.com ${"🔑".repeat(50)}`);

    expect([...masked]).toHaveLength(120);
    expect(masked.endsWith("…")).toBe(true);
    expect(masked).not.toContain("adele");
  });

  it("never shows a mail address, a GUID or seven digits, whatever is around", () => {
    const personal = fc.oneof(
      fc.emailAddress(),
      fc.uuid(),
      fc.integer({ min: 1_000_000, max: 9_999_999_999 }).map(String),
    );
    const around = fc.constantFrom("", " ", "User ", "'", '"', "(", ": ", ". ", "é");

    fc.assert(
      fc.property(around, personal, around, (before, secret, after) => {
        expect(maskText(`${before}${secret}${after}`)).not.toContain(secret);
      }),
    );
  });

  it("takes no time worth mentioning, however long it is", () => {
    const text = "a.".repeat(500_000);

    expect([...maskText(text)].length).toBe(120);
  });

  it("stays what it is when it is masked again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(maskText(maskText(text))).toBe(maskText(text));
      }),
    );
  });
});
