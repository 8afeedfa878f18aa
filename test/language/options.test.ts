import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.ts";
import type { Feature, Scope } from "../../src/language/question.ts";
import type { Period } from "../../src/ports/usage.ts";
import {
  KNOWN_METHODS,
  METHOD_FAMILIES,
  METHOD_NAMES,
  type MethodFamily,
  meaningOf,
} from "../../src/reference/methods.ts";
import { en } from "../../src/reference/words/en.ts";

const PERIODS_SAID: Readonly<Record<Period, readonly string[]>> = {
  D1: ["1d", "24h", "24 hours", "1 day", "today", "last day", "past day", "one day", "D1", "24 hrs", "24hr"],
  D7: [
    "7d",
    "7 days",
    "week",
    "this week",
    "last week",
    "past week",
    "weekly",
    "seven days",
    "7-day",
    "1 week",
    "a week",
  ],
  D30: [
    "30d",
    "30 days",
    "month",
    "this month",
    "last month",
    "past month",
    "monthly",
    "thirty days",
    "one month",
  ],
};

const FEATURES_SAID: Readonly<Record<Feature, readonly string[]>> = {
  reset: ["reset", "resets", "password reset", "unlock", "feature: reset"],
  registration: [
    "registration",
    "registrations",
    "registering",
    "sign-up",
    "enrolment",
    "sign up",
    "feature registration",
  ],
};

const SCOPES_SAID: Readonly<Record<Scope, readonly string[]>> = {
  members: ["members", "member accounts"],
  guests: ["guests", "guest users", "external users"],
  admins: ["admins", "administrators", "by admins"],
  everyone: ["everyone", "all users"],
};

const METHODS_SAID: readonly (readonly [string, MethodFamily])[] = [
  ["email", "email"],
  ["e-mail", "email"],
  ["sms", "sms"],
  ["text", "sms"],
  ["phone", "phone"],
  ["call", "voice"],
  ["voice", "voice"],
  ["office phone", "office-phone"],
  ["security question", "security-questions"],
  ["authenticator", "authenticator"],
  ["push", "authenticator"],
  ["app code", "code"],
  ["totp", "code"],
  ["oath", "code"],
  ["fido", "passkey"],
  ["FIDO2", "passkey"],
  ["security key", "passkey"],
  ["passkey", "passkey"],
  ["windows hello", "windows-hello"],
  ["temporary access pass", "temporary-access-pass"],
  ["tap", "temporary-access-pass"],
  ["app password", "app-password"],
  ["certificate", "certificate"],
  ["qr code", "qr-code"],
  ["external", "external"],
];

/** `authMethod` of the credentialUsageSummary resource page. */
const SEED_ENUM = [
  "email",
  "mobileSMS",
  "mobilePhone",
  "officePhone",
  "securityQuestion",
  "appNotification",
  "appNotificationCode",
  "appNotificationAndCode",
  "appPassword",
  "fido",
  "alternateMobilePhone",
  "mobilePhoneAndSMS",
];

function pairs<Value extends string>(
  said: Readonly<Record<Value, readonly string[]>>,
): (readonly [string, Value])[] {
  return (Object.keys(said) as Value[]).flatMap((value) =>
    said[value].map((words) => [words, value] as const),
  );
}

describe("options", () => {
  it.each(pairs(PERIODS_SAID))("reads %j as the period %s", (words, period) => {
    expect(parse(`usage ${words}`)).toEqual({ command: "usage", options: { period } });
  });

  it.each(pairs(FEATURES_SAID))("reads %j as the feature %s", (words, feature) => {
    expect(parse(`usage ${words}`)).toEqual({ command: "usage", options: { feature } });
  });

  it.each(pairs(SCOPES_SAID))("reads %j as the scope %s", (words, scope) => {
    expect(parse(`registration ${words}`)).toEqual({ command: "registration", options: { scope } });
  });

  it.each(METHODS_SAID)("reads %j as the method %s", (words, method) => {
    expect(parse(`usage ${words}`)).toEqual({ command: "usage", options: { method } });
    expect(parse(`methods ${words} admins`)).toEqual({
      command: "methods",
      options: { method, scope: "admins" },
    });
  });

  it.each([...SEED_ENUM, ...KNOWN_METHODS])("reads Graph's value %s in any case", (value) => {
    const method = meaningOf(value)?.family;

    expect(method).toBeDefined();
    expect(parse(`usage ${value}`)).toEqual({ command: "usage", options: { method } });
    expect(parse(`USAGE ${value.toUpperCase()}`)).toEqual({ command: "usage", options: { method } });
  });

  it.each(KNOWN_METHODS)("reads the label that %s is shown by", (value) => {
    const meaning = meaningOf(value);
    const label = en.methods[meaning?.name ?? METHOD_NAMES[0]];

    expect(parse(`usage ${label}`)).toEqual({ command: "usage", options: { method: meaning?.family } });
  });

  it.each(METHOD_FAMILIES)("reads the label of the family %s", (family) => {
    expect(parse(`usage ${en.families[family]}`)).toEqual({ command: "usage", options: { method: family } });
  });

  it.each([
    ["trend 1 week", 1],
    ["trend 26 weeks", 26],
    ["26-week trend", 26],
    ["trend two weeks", 2],
    ["trend 12w", 12],
    ["trend 520 weeks", 520],
  ])("counts the weeks of %j", (words, weeks) => {
    expect(parse(words)).toEqual({ command: "trend", options: { weeks } });
  });

  it.each([
    ["person alex.kim@contoso.com.", "alex.kim@contoso.com"],
    ["person O’Brien@contoso.com", "o'brien@contoso.com"],
    ["PERSON ALEX.KIM@CONTOSO.COM", "alex.kim@contoso.com"],
    [
      "person alex_fabrikam.com#EXT#@contoso.onmicrosoft.com",
      "alex_fabrikam.com#ext#@contoso.onmicrosoft.com",
    ],
    ["person 'müller@contoso.com'", "müller@contoso.com"],
    ["person <alex.kim@contoso.com>?", "alex.kim@contoso.com"],
  ])("keeps the user principal name of %j whole, in lower case", (words, user) => {
    expect(parse(words)).toEqual({ command: "person", options: { user } });
  });
});
