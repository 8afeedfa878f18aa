import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/language/commands.ts";
import { COMMAND_IDS, type Options, type Question } from "../../src/language/question.ts";
import { refine } from "../../src/language/refine.ts";
import { questions } from "./questions.ts";

const USAGE: Question = { command: "usage", options: { by: "method", period: "D30" } };

describe("refine", () => {
  it.each<[string, Options]>([
    ["only sms", { by: "method", method: "sms", period: "D30" }],
    ["7 days", { by: "method", period: "D7" }],
    ["by feature", { by: "feature", period: "D30" }],
    ["and resets", { by: "method", feature: "reset", period: "D30" }],
    ["just registrations, please", { by: "method", feature: "registration", period: "D30" }],
    ["now for the last week by feature instead", { by: "feature", period: "D7" }],
    ["<at>AuthPulse</at> voice", { by: "method", method: "voice", period: "D30" }],
    ["only phone", { by: "method", method: "phone", period: "D30" }],
    ["what about sms?", { by: "method", method: "sms", period: "D30" }],
    ["the same for resets too", { by: "method", feature: "reset", period: "D30" }],
    ["only mfa", { by: "method", feature: "registration", period: "D30" }],
    ["thanks, only sms", { by: "method", method: "sms", period: "D30" }],
  ])("lays %j over the last question", (text, options) => {
    expect(refine(USAGE, text)).toEqual({ command: "usage", options });
  });

  it.each<[Question, string, Options]>([
    [{ command: "registration", options: {} }, "admins", { scope: "admins" }],
    [{ command: "trend", options: { report: "usage" } }, "26 weeks", { weeks: 26, report: "usage" }],
    [{ command: "trend", options: {} }, "by method", { report: "method" }],
    [{ command: "trend", options: { weeks: 4 } }, "only sms", { method: "sms", weeks: 4 }],
    [{ command: "trend", options: { method: "sms" } }, "helpdesk", { report: "helpdesk" }],
    [{ command: "trend", options: { weeks: 4 } }, "helpdesk", { weeks: 4, report: "helpdesk" }],
    [{ command: "people", options: { filter: "not-registered" } }, "phone only", { filter: "phone-only" }],
    [
      { command: "people", options: { feature: "reset", filter: "failing" } },
      "without mfa",
      { filter: "without-mfa" },
    ],
    [
      { command: "export", options: { period: "D7", report: "failures" } },
      "by reason",
      { by: "reason", period: "D7", report: "failures" },
    ],
    [{ command: "digest-week", options: { week: 46 } }, "week 45", { week: 45 }],
  ])("gives %j the options of its own command", (previous, text, options) => {
    expect(refine(previous, text)).toEqual({ command: previous.command, options });
  });

  it.each([
    "failures by reason",
    "registrations",
    "usage 7 days",
    "only admins",
    "by reason",
    "90 days",
    "7 days 30 days",
    "hello",
    "sspr",
    "help",
    "only",
    "",
    "only smss",
    "what about registrations",
    "all but sms",
    "mfa",
    "mfa 7 days",
    "how many people use sms",
  ])("leaves %j to be read as a new question", (text) => {
    expect(refine(USAGE, text)).toBeUndefined();
  });

  it("does not give a period to a list that has none", () => {
    const previous: Question = { command: "people", options: { filter: "not-registered" } };

    expect(refine(previous, "7 days")).toBeUndefined();
  });

  it("never repeats a command that changes something", () => {
    const previous: Question = { command: "digest-pause", options: { weeks: 1 } };

    expect(refine(previous, "2 weeks")).toBeUndefined();
  });

  it("never leaves the command of the last question, nor throws", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      questions().map(({ options }) => Object.values(options).join(" ")),
    );
    fc.assert(
      fc.property(questions(), text, (previous, said) => {
        const refined = refine(previous, said);

        expect(refined?.command ?? previous.command).toBe(previous.command);
        expect(refined !== undefined && COMMANDS[previous.command].changes === true).toBe(false);
      }),
    );
  });

  it("knows every command", () => {
    expect(COMMAND_IDS.map((command) => refine({ command, options: {} }, "hello"))).toEqual(
      COMMAND_IDS.map(() => undefined),
    );
  });
});
