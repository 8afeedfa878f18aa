import { describe, expect, test } from "vitest";
import { parse } from "../../src/language/parse.ts";

const ID = "1c8d6f27-1e70-4b62-8d4f-7b206c3e5f02";

describe("a question about people", () => {
  test.each([
    ["people without mfa guests", { filter: "without-mfa", scope: "guests" }],
    ["which admins are not registered", { filter: "not-registered", scope: "admins" }],
    ["people phone only everyone", { filter: "phone-only", scope: "everyone" }],
    ["people failing resets 7 days", { filter: "failing", feature: "reset", period: "D7" }],
  ])("takes who is listed: %s", (words, options) => {
    expect(parse(words)).toEqual({ command: "people", options });
  });

  test.each([`person ${ID}`, `person ${ID.toUpperCase()}`, `look up ${ID} please`])(
    "takes an object id as one word: %s",
    (words) => {
      expect(parse(words)).toEqual({ command: "person", options: { user: ID } });
    },
  );

  test("takes a user principal name that begins like an object id whole", () => {
    expect(parse(`person ${ID}@contoso.com`)).toMatchObject({ options: { user: `${ID}@contoso.com` } });
    expect(parse(`person ${ID}0`)).toHaveProperty("misunderstood");
  });
});
