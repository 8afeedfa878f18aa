import { describe, expect, it } from "vitest";
import { digestDetailsView } from "../../src/digest/details.ts";
import type { DigestNumbers } from "../../src/ports/digest.ts";
import { MODEL, NUMBERS, PEOPLE } from "./samples.ts";

const NBSP = "\u00a0";

function adviceOf(numbers: DigestNumbers): string {
  return digestDetailsView({ ...MODEL, numbers }).advice?.replaceAll(NBSP, " ") ?? "";
}

/** Thirty days without failures, and these people. */
function numbersWith(
  counts: Partial<typeof PEOPLE>,
  phoneUsers?: NonNullable<DigestNumbers["people"]>["phoneUsers"],
): DigestNumbers {
  const { tries: _tries, ...numbers } = NUMBERS;
  return {
    ...numbers,
    month: { tries: 900, failures: [] },
    people: {
      readAt: "2026-11-17T11:30:00.000Z",
      counts: { ...PEOPLE, ...counts },
      ...(phoneUsers && { phoneUsers }),
    },
  };
}

describe("the details of a digest", () => {
  it("have the evidence and the text of what the digest advises", () => {
    const advice = adviceOf(numbersWith({}));

    expect(advice).toContain("1,619 of 16,230 people in scope cannot reset their password (10 %).");
    expect(advice).toContain(
      "A text to send to the people who cannot reset yet: If you forget your password",
    );
  });

  it("tell who used a phone as it was known when the digest was made", () => {
    const registered = { capable: PEOPLE.inScope };

    const known = adviceOf(numbersWith(registered, { people: 1_300, withStrong: 1_204 }));
    const unknown = adviceOf(numbersWith(registered));

    expect(known).toContain("2,918 of 19,412 members have a phone as their only second method (15 %).");
    expect(known).toContain("1,300 people used a phone");
    expect(known).toContain("1,204 of them have registered something better.");
    expect(unknown).toContain("add a passkey");
    expect(unknown).not.toContain("used a phone");
  });

  it("keep the text for people who cannot reset where nothing is urgent", () => {
    const advice = adviceOf(numbersWith({ capable: PEOPLE.inScope, phoneOnly: 0 }));

    expect(advice).toMatch(/^A text to send: “If you forget your password/);
  });
});
