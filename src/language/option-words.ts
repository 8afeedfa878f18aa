import type { Period } from "../ports/usage.ts";
import type { CommandId, Feature, Options, PeopleFilter, ReportName, Scope } from "./question.ts";

/** Everywhere in these tables `(s)` is a plural that may be there or not. */

export const MFA: readonly string[] = [
  "mfa",
  "2fa",
  "multi factor authentication",
  "multifactor authentication",
];

/** Every period is rolling, so these add nothing; they belong to its phrase, which is named whole when it has no place. */
const LAST = ["last", "past", "this"];

const PERIODS: Readonly<Record<Period, readonly string[]>> = {
  D1: [
    "d1",
    "1d",
    "24h",
    "24 h",
    "1 day(s)",
    "1day",
    "one day",
    "24 hour(s)",
    "24 hr(s)",
    "24hr(s)",
    "24hour(s)",
    "today",
    "day",
    "daily",
  ],
  D7: ["d7", "7d", "7 d", "7 day(s)", "7day(s)", "seven days", "week", "weekly"],
  D30: [
    "d30",
    "30d",
    "30 d",
    "30 day(s)",
    "30day(s)",
    "thirty days",
    "month",
    "1 month",
    "one month",
    "monthly",
  ],
};

export const PERIODS_SAID: Readonly<Record<Period, readonly string[]>> = {
  D1: [...PERIODS.D1, ...prefixed(LAST, PERIODS.D1)],
  D7: [...PERIODS.D7, ...prefixed(LAST, PERIODS.D7)],
  D30: [...PERIODS.D30, ...prefixed(LAST, PERIODS.D30)],
};

export const FEATURES_SAID: Readonly<Record<Feature, readonly string[]>> = {
  reset: [
    "reset(s)",
    "resetting",
    "password reset(s)",
    "reset password(s)",
    "unlock(s)",
    "unlocking",
    "account unlock(s)",
  ],
  registration: [
    "registration(s)",
    "register",
    "registered",
    "enrolled",
    "registering",
    "sign up(s)",
    "signup(s)",
    "signing up",
    "enrolment(s)",
    "enrollment(s)",
    "enrol",
    "enroll",
    "enrolling",
  ],
};

export const SCOPES_SAID: Readonly<Record<Scope, readonly string[]>> = {
  members: ["member(s)", "member user(s)", "member account(s)"],
  guests: ["guest(s)", "guest user(s)", "guest account(s)", "external users"],
  admins: ["admin(s)", "admin user(s)", "admin account(s)", "administrator(s)"],
  everyone: ["everyone", "everybody", "all", "all users", "all people", "all accounts"],
};

/** "phone only" and the words of failing stand in more than one table; see the lexicon. */
export const FILTERS_SAID: Readonly<Record<Exclude<PeopleFilter, "failing">, readonly string[]>> = {
  "not-registered": [
    "unregistered",
    "not registered",
    "not register",
    "not enrolled",
    "not signed up",
    "not sspr registered",
    "not registered password reset",
    "not registered reset",
    "missing registration",
    "without registration",
    "no registration",
  ],
  "without-mfa": MFA.flatMap((mfa) => [
    `without ${mfa}`,
    `no ${mfa}`,
    `without ${mfa} registered`,
    `no ${mfa} registered`,
    `not ${mfa}`,
    `missing ${mfa}`,
    `lack(s) ${mfa}`,
    `lacking ${mfa}`,
    `not use ${mfa}`,
    `not using ${mfa}`,
    `not registered ${mfa}`,
    `not register ${mfa}`,
    `not enrolled ${mfa}`,
    `not capable ${mfa}`,
    `not ${mfa} registered`,
    `not ${mfa} capable`,
    `${mfa} not registered`,
  ]),
  "phone-only": ["phone only", "only phone", "only use(s) phone", "only used phone", "only using phone"],
};

const METHOD_NOUNS = ["method(s)", "authentication method(s)", "auth method(s)"];
const REASON_NOUNS = ["reason(s)", "cause(s)", "error(s)", "failure reason(s)", "failure(s)"];

/** Breakdowns with their preposition, and as a bare noun: "usage methods", "failure reasons". */
export const BREAKDOWNS_SAID = {
  method: { with: prefixed(["by", "per", "each"], METHOD_NOUNS), bare: [...METHOD_NOUNS, "all methods"] },
  feature: { with: prefixed(["by", "per", "each"], ["feature(s)"]), bare: ["feature(s)"] },
  reason: { with: prefixed(["by", "per"], REASON_NOUNS), bare: ["reason(s)", "cause(s)"] },
} as const;

/** Which words name what a trend is about. */
export const TREND_REPORTS: readonly (readonly [CommandId, ReportName])[] = [
  ["usage", "usage"],
  ["registration", "registration"],
  ["methods", "method"],
];

const ADMINISTRATORS = ["admin", "admins", "administrator", "administrators", "helpdesk", "help desk"];

/** Resets by somebody else, and the sign-ins that stand below them on the same card. */
export const HELPDESK_SAID: readonly string[] = [
  "helpdesk",
  "help desk",
  "service desk",
  ...ADMINISTRATORS.flatMap((who) => [
    // Not "admins reset", which are a scope and a feature of other reports.
    `${who} resets`,
    `${who} password resets`,
    `reset(s) by ${who}`,
    `password reset(s) by ${who}`,
    `passwords reset by ${who}`,
  ]),
  ...MFA.map((mfa) => `${mfa} sign in(s)`),
];

/** Two things at once. */
export const COMPARISONS_SAID: readonly (readonly [string, Options])[] = [
  ["day over day", { period: "D1" }],
  ["week over week", { period: "D7" }],
  ["month over month", { period: "D30" }],
];

/** Known, so that they are not taken for misspelt words: "90 days" is no period, but "days" is spelt as it was meant. */
export const UNITS: readonly string[] = ["hour", "hours", "days", "weeks", "months", "year", "years"];

/** Numbers that people write out in front of "weeks". */
export const NUMBER_WORDS: readonly string[] = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

export function prefixed(prefixes: readonly string[], phrases: readonly string[]): readonly string[] {
  return prefixes.flatMap((prefix) => phrases.map((phrase) => `${prefix} ${phrase}`));
}
