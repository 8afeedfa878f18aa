import { describe, expect, it } from "vitest";
import { en } from "../../src/reference/words/en.ts";
import { questionTitle } from "../../src/views/question-title.ts";

describe("the title of a question", () => {
  it.each([
    [{ command: "usage", options: { by: "feature", method: "sms" } }, "SSPR usage by feature · SMS"],
    [{ command: "registration", options: {} }, "People registered"],
    [{ command: "registration", options: { scope: "members" } }, "People registered"],
    [{ command: "registration", options: { scope: "admins" } }, "People registered · administrators"],
    [
      { command: "methods", options: { scope: "guests", method: "email" } },
      "Methods people registered · guests · email",
    ],
    [{ command: "failures", options: { feature: "reset" } }, "Failures by reason · password resets"],
    [{ command: "failures", options: { by: "method", method: "sms" } }, "Failures by method · SMS"],
    [{ command: "people", options: { filter: "without-mfa" } }, "People without MFA"],
    [{ command: "people", options: {} }, "A list of people, in a personal chat only"],
    [{ command: "person", options: { user: "adele.vance@contoso.com" } }, "One person"],
    [{ command: "help", options: {} }, "What you can ask, and what you may see"],
  ] as const)("tells what was asked, without a person's name (%#)", (question, title) => {
    expect(questionTitle(question, en)).toBe(title);
  });
});
