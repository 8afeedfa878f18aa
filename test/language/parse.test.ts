import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.ts";
import type { CommandId, Options } from "../../src/language/question.ts";

type Case = readonly [words: string, command: CommandId, options?: Options];

function cases(...tables: readonly (readonly Case[])[]): readonly (readonly [string, CommandId, Options])[] {
  return tables.flat().map(([words, command, options]) => [words, command, options ?? {}]);
}

const EXAMPLES: readonly Case[] = [
  ["sspr usage by method", "usage", { by: "method" }],
  [
    "@AuthPulse reset usage this week by method please",
    "usage",
    { by: "method", feature: "reset", period: "D7" },
  ],
  ["how many people are registered for mfa", "registration"],
  ["why do resets fail with sms?", "failures", { feature: "reset", method: "sms" }],
  [
    "which method works best for resets in the last 7 days",
    "best-methods",
    { feature: "reset", period: "D7" },
  ],
  ["who is not registered", "people", { filter: "not-registered" }],
  ["trend 26 weeks", "trend", { weeks: 26 }],
  ["weekly report subscribe", "digest-subscribe"],
];

const TABLE: readonly Case[] = [
  ["help", "help"],
  ["who am i", "whoami"],
  ["overview", "overview"],
  ["sspr usage", "usage"],
  [
    "sspr usage by feature reset sms 7 days",
    "usage",
    { by: "feature", feature: "reset", method: "sms", period: "D7" },
  ],
  ["registration guests", "registration", { scope: "guests" }],
  ["methods everyone", "methods", { scope: "everyone" }],
  ["best methods registration 30 days", "best-methods", { feature: "registration", period: "D30" }],
  ["failures by reason", "failures", { by: "reason" }],
  [
    "failures by method reset voice 1 day",
    "failures",
    { by: "method", feature: "reset", method: "voice", period: "D1" },
  ],
  ["campaign", "campaign"],
  ["compare 7 days", "compare", { period: "D7" }],
  ["trend usage", "trend", { report: "usage" }],
  ["trend registration 4 weeks", "trend", { weeks: 4, report: "registration" }],
  ["trend method", "trend", { report: "method" }],
  ["trend helpdesk 26 weeks", "trend", { weeks: 26, report: "helpdesk" }],
  ["phone retirement", "phone-retirement"],
  ["people not registered", "people", { filter: "not-registered" }],
  ["people without mfa", "people", { filter: "without-mfa" }],
  ["people phone only", "people", { filter: "phone-only" }],
  ["people failing reset 7 days", "people", { feature: "reset", period: "D7", filter: "failing" }],
  ["person alex.kim@contoso.com", "person", { user: "alex.kim@contoso.com" }],
  ["export usage by method", "export", { by: "method", report: "usage" }],
  ["export registration admins", "export", { scope: "admins", report: "registration" }],
  ["export failures 7 days", "export", { period: "D7", report: "failures" }],
  ["export people not registered", "export", { filter: "not-registered", report: "people" }],
  ["digest", "digest"],
  ["digest all", "digest-all"],
  ["digest subscribe", "digest-subscribe"],
  ["digest edit", "digest-edit"],
  ["digest preview", "digest-preview"],
  ["digest send", "digest-send"],
  ["digest pause", "digest-pause"],
  ["digest pause 2 weeks", "digest-pause", { weeks: 2 }],
  ["digest resume", "digest-resume"],
  ["digest unsubscribe", "digest-unsubscribe"],
  ["digest week 46", "digest-week", { week: 46 }],
  ["health", "health"],
  ["audit", "audit"],
  ["audit 30 days", "audit", { period: "D30" }],
];

const SYNONYMS: readonly Case[] = [
  ["use", "usage"],
  ["activity", "usage"],
  ["statistics", "usage"],
  ["stats", "usage"],
  ["registered", "registration"],
  ["enrolment", "registration"],
  ["adoption", "registration"],
  ["coverage", "registration"],
  ["how many people are registered", "registration"],
  ["mfa", "registration"],
  ["mfa admins", "registration", { scope: "admins" }],
  ["errors", "failures"],
  ["failed", "failures"],
  ["problems", "failures"],
  ["why are resets failing", "failures", { feature: "reset" }],
  ["what goes wrong", "failures"],
  ["ranking", "best-methods"],
  ["which method works best", "best-methods"],
  ["most successful", "best-methods"],
  ["which methods are more successful?", "best-methods"],
  ["which methods succeed", "best-methods"],
  ["which methods work for resets", "best-methods", { feature: "reset" }],
  ["what kind of errors do users run into?", "failures"],
  ["which campaign would help adoption?", "campaign"],
  ["what campaigns could help us", "campaign"],
  ["how can we increase MFA adoption", "campaign"],
  ["how do I reduce helpdesk calls", "campaign"],
  ["is SSPR working?", "overview"],
  ["is the bot working?", "health"],
  ["how many users succeed with SMS?", "usage", { method: "sms" }],
  ["show me ppl w/o mfa", "people", { filter: "without-mfa" }],
  ["recommend", "campaign"],
  ["what should we do next", "campaign"],
  ["sms retirement", "phone-retirement"],
  ["sms users", "phone-retirement"],
  ["phone only", "phone-retirement"],
  ["voice", "phone-retirement"],
  ["status", "overview"],
  ["summary", "overview"],
  ["how are we doing", "overview"],
  ["sspr", "overview"],
  ["passkeys", "methods", { method: "passkey" }],
  ["is the data fresh", "health"],
  ["bot status", "health"],
  ["weekly report", "digest"],
  ["newsletter", "digest"],
  ["subscription", "digest"],
];

/** What no table lists, as administrators write it. */
const EVERYDAY: readonly Case[] = [
  ["sspr stats for last month", "usage", { period: "D30" }],
  [
    "usage by method for registrations, last 7 days",
    "usage",
    { by: "method", feature: "registration", period: "D7" },
  ],
  ["self-service password reset usage by authentication method", "usage", { by: "method" }],
  ["reset usage sms only", "usage", { feature: "reset", method: "sms" }],
  ["usage phone only", "usage", { method: "phone" }],
  ["usage: 7d / reset", "usage", { feature: "reset", period: "D7" }],
  ["resets via email today", "usage", { feature: "reset", method: "email", period: "D1" }],
  ["sspr success rate this week", "usage", { period: "D7" }],
  ["usage of sms and sms", "usage", { method: "sms" }],
  ["usage by method for resets and registrations", "usage", { by: "method" }],
  ["mobile app notification usage", "usage", { method: "authenticator" }],
  ["weekly usage", "usage", { period: "D7" }],
  ["how is sspr doing", "overview"],
  ["show failures by reason", "failures", { by: "reason" }],
  [
    "top failure reasons for password resets this month",
    "failures",
    { by: "reason", feature: "reset", period: "D30" },
  ],
  ["what errors do people run into", "failures"],
  ["any problems today?", "failures", { period: "D1" }],
  ["registration failures", "failures", { feature: "registration" }],
  ["failures summary", "failures"],
  ["what's our sspr adoption?", "registration"],
  ["how many guests are registered for sspr", "registration", { scope: "guests" }],
  ["people registered", "registration"],
  ["passkey adoption", "methods", { method: "passkey" }],
  ["how many users use passkeys", "methods", { method: "passkey" }],
  ["which users are not registered?", "people", { filter: "not-registered" }],
  ["who hasn't registered yet", "people", { filter: "not-registered" }],
  ["list all users without 2fa", "people", { filter: "without-mfa" }],
  ["who is not registered for mfa", "people", { filter: "without-mfa" }],
  ["phone only users", "people", { filter: "phone-only" }],
  ["whos not registered", "people", { filter: "not-registered" }],
  ["who has phone only", "people", { filter: "phone-only" }],
  ["not registered", "people", { filter: "not-registered" }],
  [
    "who failed to reset their password last week",
    "people",
    { feature: "reset", period: "D7", filter: "failing" },
  ],
  ["who is alex.kim@contoso.com?", "person", { user: "alex.kim@contoso.com" }],
  ["show alex.kim@contoso.com", "person", { user: "alex.kim@contoso.com" }],
  ["compare this week with last week", "compare", { period: "D7" }],
  ["week over week", "compare", { period: "D7" }],
  ["what changed since last month", "compare", { period: "D30" }],
  ["usage trend over the last 26 weeks", "trend", { weeks: 26, report: "usage" }],
  ["usage by week", "trend", { report: "usage" }],
  ["trend by method", "trend", { report: "method" }],
  ["trend sms", "trend", { method: "sms" }],
  ["trend for sms", "trend", { method: "sms" }],
  ["sms by week", "trend", { method: "sms" }],
  ["authenticator usage trend 26 weeks", "trend", { method: "authenticator", weeks: 26, report: "usage" }],
  ["helpdesk", "trend", { report: "helpdesk" }],
  ["administrator resets by week", "trend", { report: "helpdesk" }],
  ["how many password resets by admins", "trend", { report: "helpdesk" }],
  ["trend of admin resets over the last 8 weeks", "trend", { weeks: 8, report: "helpdesk" }],
  ["mfa sign-ins", "trend", { report: "helpdesk" }],
  ["who still depends on sms", "phone-retirement"],
  ["sms and voice", "phone-retirement"],
  ["failures by reason as csv", "export", { by: "reason", report: "failures" }],
  ["export registrations this week", "export", { feature: "registration", period: "D7", report: "usage" }],
  ["please pause the weekly digest for one week", "digest-pause", { weeks: 1 }],
  ["unsubscribe from the newsletter", "digest-unsubscribe"],
  ["send me the digest", "digest"],
  ["when is the next digest", "digest"],
  ["what was posted in week 46", "digest-week", { week: 46 }],
  ["usage, please, by method, thank you very much", "usage", { by: "method" }],
  ["week number 7", "digest-week", { week: 7 }],
  ["W46 digest", "digest-week", { week: 46 }],
];

/** The command is clear; it asks for the rest itself. */
const UNFINISHED: readonly Case[] = [
  ["person", "person"],
  ["people", "people"],
  ["export", "export"],
  ["export people", "export", { report: "people" }],
];

const OPTIONS_ALONE: readonly Case[] = [
  ["only sms", "usage", { method: "sms" }],
  ["SMS only!", "usage", { method: "sms" }],
  ["just passkeys", "usage", { method: "passkey" }],
  ["only voice", "usage", { method: "voice" }],
  ["only resets", "usage", { feature: "reset" }],
  ["email 7 days", "usage", { method: "email", period: "D7" }],
  ["week", "usage", { period: "D7" }],
  ["7 days", "usage", { period: "D7" }],
  ["by feature", "usage", { by: "feature" }],
  ["reset", "usage", { feature: "reset" }],
  ["signing up", "usage", { feature: "registration" }],
  ["sms 7 days", "usage", { method: "sms", period: "D7" }],
  ["voice 7 days", "usage", { method: "voice", period: "D7" }],
  ["by reason", "failures", { by: "reason" }],
];

const REGISTRATION: readonly Case[] = [
  ["registration", "registration"],
  ["registrations", "registration"],
  ["registrations admins", "registration", { scope: "admins" }],
  ["registration 7 days", "usage", { feature: "registration", period: "D7" }],
  ["registration sms", "usage", { feature: "registration", method: "sms" }],
  ["registrations by method", "usage", { by: "method", feature: "registration" }],
  ["registration usage", "usage", { feature: "registration" }],
  ["registered this week", "usage", { feature: "registration", period: "D7" }],
  ["registrations only", "registration"],
];

const COUNTS: readonly Case[] = [
  ["how many people reset their password last month", "usage", { feature: "reset", period: "D30" }],
  ["how many resets succeeded in the last 24 hours", "usage", { feature: "reset", period: "D1" }],
  ["successful sms resets", "usage", { feature: "reset", method: "sms" }],
  ["is password reset working today?", "usage", { feature: "reset", period: "D1" }],
  ["sms worked last week", "usage", { method: "sms", period: "D7" }],
  ["how many people failed to register this week", "failures", { feature: "registration", period: "D7" }],
  ["how many users failed", "failures"],
  ["HOW MANY OF OUR USERS FAILED WITH SMS?", "failures", { method: "sms" }],
  ["number of people registered", "registration"],
  ["what percentage of resets succeed", "usage", { feature: "reset" }],
  ["how well do resets work", "usage", { feature: "reset" }],
  [
    "how many people registered a passkey this week",
    "usage",
    { feature: "registration", method: "passkey", period: "D7" },
  ],
  ["how many people use sms", "methods", { method: "sms" }],
  ["how many people used sms this week", "usage", { method: "sms", period: "D7" }],
  ["how many people use sspr", "overview"],
  ["how many users are not registered", "people", { filter: "not-registered" }],
  ["how many people are phone only", "people", { filter: "phone-only" }],
  ["how many people", "people"],
];

const PHONE_ONLY: readonly Case[] = [
  ["phone only", "phone-retirement"],
  ["only phone", "phone-retirement"],
  ["who uses phone only", "people", { filter: "phone-only" }],
  ["who uses only phone", "people", { filter: "phone-only" }],
  ["people who only use phone", "people", { filter: "phone-only" }],
  ["users with phone only", "people", { filter: "phone-only" }],
];

const MULTI_FACTOR: readonly Case[] = [
  ["mfa usage", "usage", { feature: "registration" }],
  ["mfa failures", "failures", { feature: "registration" }],
  ["mfa this week", "usage", { feature: "registration", period: "D7" }],
  ["mfa registration failures", "failures", { feature: "registration" }],
  ["which method works best for mfa", "best-methods", { feature: "registration" }],
  ["who failed mfa", "people", { feature: "registration", filter: "failing" }],
  ["mfa trend", "trend", { report: "registration" }],
  ["mfa sms", "methods", { method: "sms" }],
  ["mfa status", "overview"],
  ["only mfa", "registration"],
  ["users with no mfa registered", "people", { filter: "without-mfa" }],
];

const HELP: readonly Case[] = [
  ["help failures", "help"],
  ["usage help", "help"],
  ["help with registration please", "help"],
  ["what can I ask about failures", "help"],
  ["help digest send", "help"],
  ["help me pause the digest", "help"],
];

/** As it is typed on phones, in a hurry and in other countries. */
const HABITS: readonly Case[] = [
  ["SSPR USAGE LAST 7 DAYS BY METHOD PLEASE!!!", "usage", { by: "method", period: "D7" }],
  ["hi <at>AuthPulse</at>, usage for <at>AuthPulse</at> 30 days pls", "usage", { period: "D30" }],
  ["can @AuthPulse show failures this week??", "failures", { period: "D7" }],
  ["reset usage, 7 d.", "usage", { feature: "reset", period: "D7" }],
  ["registration,sms,7 days", "usage", { feature: "registration", method: "sms", period: "D7" }],
  ["KW46", "digest-week", { week: 46 }],
  ["digest KW 46", "digest-week", { week: 46 }],
  ["how did password resets go last week?", "usage", { feature: "reset", period: "D7" }],
  ["ms authenticator failures", "failures", { method: "authenticator" }],
  ["which method has the highest success rate", "best-methods"],
];

describe("parse", () => {
  it.each(cases(EXAMPLES, TABLE))("understands the documented words %j", (words, command, options) => {
    expect(parse(words)).toEqual({ command, options });
  });

  it.each(cases(SYNONYMS))("understands the synonym %j", (words, command, options) => {
    expect(parse(words)).toEqual({ command, options });
  });

  it.each(cases(EVERYDAY))("understands everyday words %j", (words, command, options) => {
    expect(parse(words)).toEqual({ command, options });
  });

  it.each(cases(HABITS))("reads %j in spite of how it is typed", (words, command, options) => {
    expect(parse(words)).toEqual({ command, options });
  });

  it.each(cases(COUNTS))("counts rather than names people for %j", (words, command, options) => {
    expect(parse(words)).toEqual({ command, options });
  });

  it.each(cases(PHONE_ONLY))(
    "tells the retirement of the phone from the people who have nothing else in %j",
    (words, command, options) => {
      expect(parse(words)).toEqual({ command, options });
    },
  );

  it.each(cases(MULTI_FACTOR))("takes MFA for a matter of registration in %j", (words, command, options) => {
    expect(parse(words)).toEqual({ command, options });
  });

  it.each(cases(HELP))("gives help about commands for %j, and runs none", (words, command, options) => {
    expect(parse(words)).toEqual({ command, options });
  });

  it.each(cases(UNFINISHED))(
    "leaves it to the command to ask for what %j lacks",
    (words, command, options) => {
      expect(parse(words)).toEqual({ command, options });
    },
  );

  it.each(cases(OPTIONS_ALONE))(
    "takes the options %j alone for usage, or for the only command that has them",
    (words, command, options) => {
      expect(parse(words)).toEqual({ command, options });
    },
  );

  it.each(cases(REGISTRATION))(
    "tells the command registration from the feature in %j",
    (words, command, options) => {
      expect(parse(words)).toEqual({ command, options });
    },
  );

  it.each(["hello", "Hi!", "thank you", "good morning AuthPulse", "how are you?"])(
    "answers the greeting %j with help",
    (words) => {
      expect(parse(words)).toEqual({ command: "help", options: {} });
    },
  );

  it("prints commands and options in the documented order", () => {
    const reading = parse("7 days reset by method usage");

    expect(JSON.stringify(reading)).toBe(
      '{"command":"usage","options":{"by":"method","feature":"reset","period":"D7"}}',
    );
  });
});
