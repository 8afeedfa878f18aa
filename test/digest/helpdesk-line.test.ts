import { describe, expect, test } from "vitest";
import { digestView } from "../../src/digest/digest-view.ts";
import type { DigestNumbers } from "../../src/ports/digest.ts";
import { NUMBERS, POSTING } from "./samples.ts";

type Resets = NonNullable<DigestNumbers["resets"]>;

function newsWith(resets: Resets | undefined, kind: "weekly" | "overview" = "weekly"): readonly string[] {
  const view = digestView({ numbers: { ...NUMBERS, ...(resets && { resets }) }, kind, audience: POSTING });
  return view.kind === "digest" ? view.news : [];
}

describe("the digest's line about who resets passwords", () => {
  const resets: Resets = { selfService: 3_210, byAdmins: 91, mayGrow: false };

  test("stands after the news of the tries", () => {
    const news = newsWith(resets);

    expect(news.slice(0, -1)).toEqual(newsWith(undefined));
    expect(news.at(-1)).toBe(
      "Password resets: 3,210 by people themselves, 91 by administrators (Monday to Sunday in UTC).",
    );
  });

  test("names the days of an overview, and numbers that may grow", () => {
    expect(newsWith({ ...resets, mayGrow: true }, "overview").at(-1)).toBe(
      "Password resets: 3,210 by people themselves, 91 by administrators (the last 7 whole days in UTC). They may " +
        "still grow.",
    );
  });

  test("gives the reason of a zero", () => {
    expect(newsWith({ selfService: 0, byAdmins: 0, mayGrow: false }).at(-1)).toMatch(
      /^Password resets: none by people themselves or by administrators .* That can be real, or/,
    );
  });
});
