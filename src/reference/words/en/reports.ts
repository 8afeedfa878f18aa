import type { CountedWords, MethodsWords, RegistrationWords, ReportWords } from "../report-words.ts";
import { BEST_METHODS } from "./best-methods.ts";
import { EXPLAIN } from "./explain.ts";
import { FAILURES } from "./failures.ts";
import { PEOPLE, PERSON } from "./people.ts";
import { PHONE_RETIREMENT } from "./phone-retirement.ts";

const COUNTED: CountedWords = {
  readers: {
    details: "registration details",
    summaries: "registration summaries",
    legacy: "old registration reports",
  },
  scopes: { members: "members", guests: "guests", admins: "administrators", everyone: "everyone" },
  scopeButtons: { members: "Members", guests: "Guests", admins: "Admins", everyone: "Everyone" },
  of: {
    members: (count, one) => (one ? `${count} member` : `${count} members`),
    guests: (count, one) => (one ? `${count} guest` : `${count} guests`),
    admins: (count, one) => (one ? `${count} administrator` : `${count} administrators`),
    everyone: (count, one) => (one ? `${count} account` : `${count} accounts`),
  },
  subtitle: (day, people) => `${day} · ${people}`,
  counted: (people) => `Counted: ${people}; disabled accounts are not in the report.`,
  leftOut: (parts) => `Left out: ${parts.join(", ")}.`,
  leftOutBy: {
    serviceAccounts: (count, one) =>
      one ? `${count} synchronization or package account` : `${count} synchronization and package accounts`,
    excludedGroups: (count, one) =>
      one ? `${count} account of an excluded group` : `${count} accounts of excluded groups`,
    guests: (count, one) => (one ? `${count} guest` : `${count} guests`),
    members: (count, one) => (one ? `${count} member` : `${count} members`),
    notAdmins: (count, one) =>
      one ? `${count} account that is no administrator` : `${count} accounts that are no administrators`,
    otherTypes: (count, one) =>
      one
        ? `${count} account of a type that is new at Microsoft`
        : `${count} accounts of a type that is new at Microsoft`,
  },
  noServiceAccounts: "no synchronization or package accounts (none were found)",
  byMicrosoft:
    "Microsoft counted these itself and gives no names, so nobody is left out: service accounts and excluded " +
    "groups are in the figures.",
  legacyInstead: (permission) =>
    "These numbers come from Microsoft's old registration reports, because Graph refused the one that replaces " +
    `them. To read the new one, grant ${permission} to AuthPulse.`,
  groupsNotLeftOut: (groups, one) =>
    `${one ? `${groups} excluded group is` : `${groups} excluded groups are`} counted here: this report gives sums, ` +
    "not accounts to leave out.",
  otherScope: (asked, shown) => `This report does not tell ${asked} apart. It is shown for ${shown} instead.`,
  notInApi: "not in this API",
  noShare: "A dash (–) stands where there is no share: too few people, a small group, or no figure.",
  shortened: "Rows are left out here: the card would be too large for Teams.",
};

const REGISTRATION: RegistrationWords = {
  title: "People registered",
  canReset: (capable, whole, percent) =>
    `${capital(capable)} of ${whole} can reset their password themselves${percent === undefined ? "" : `: ${percent}`}.`,
  inScope: (enabled) => `${enabled} in scope`,
  nobodyInScope: (people) => `Nobody of ${people} is in scope of password reset.`,
  people: (people) => `${capital(people)} counted.`,
  nobody: (scope) => `Nobody is counted for ${scope}.`,
  target: {
    reached: (target) => `the target of ${target} is reached`,
    just: (target) => `just below the target of ${target}`,
    below: (target) => `below the target of ${target}`,
    far: (low) => `far below the target: under ${low}`,
  },
  beside: (figure, percent, target) => `${figure}: ${percent}, ${target}.`,
  asSentence: (text) => `${capital(text)}.`,
  columns: { figure: "Figure", people: "People", share: "Share" },
  figures: {
    ssprRegistered: "SSPR registered",
    ssprEnabled: "SSPR enabled",
    ssprCapable: "SSPR capable",
    mfaRegistered: "MFA registered",
    mfaCapable: "MFA capable",
    passwordlessCapable: "Passwordless capable",
    phoneOnly: "Phone is the only second method",
  },
  ofEnabled: (figure) => `${figure}, of enabled`,
  denominator: (people) => `Shares are of ${people}.`,
  denominators: (people, figure, enabled) =>
    `Shares are of ${people}; ${figure} is of the ${enabled} enabled.`,
  above: (figures) =>
    `More people than there are to count: ${figures.join(", ")}. These are Microsoft's own figures, shown as they are.`,
  meaning:
    "Registered: has enough methods for the policy. Enabled: in scope of password reset. Capable: both; for MFA, " +
    "registered for a method that the policy allows.",
};

const METHODS: MethodsWords = {
  title: "Methods people registered",
  most: (method, count, people, percent) =>
    `${method} is registered most: ${count} of ${people}${percent === undefined ? "" : ` (${percent})`}.`,
  counted: (people) => `${capital(people)} counted, by registered method.`,
  notInApi: (reader) => `Methods are not in this API (${reader}).`,
  none: (people) => `None of ${people} has a registered method.`,
  noneWith: (method, people) => `None of ${people} is registered for ${method}.`,
  late: "Microsoft's report may lag 36 hours behind a registration.",
  strengths: {
    "phishing-resistant": "Phishing-resistant",
    other: "Other methods",
    weak: "Weak, or for password resets only",
    unknown: "New at Microsoft, not rated",
  },
  have: (strength, count, people) => `${strength}: ${count} of ${people}`,
  atLeast: (count) => `at least ${count}`,
  columns: { method: "Method", people: "People", share: "Share" },
  family: (family) => `All ${family}`,
  within: (method) => `– ${method}`,
  password: "Password",
  more: (count) => (count === 1 ? "1 more method" : `${count} more methods`),
  unlisted: "not listed",
  several:
    "A person may have several methods, so rows do not add up. “At least” stands where methods are taken " +
    "together: Microsoft does not say how many people have more than one of them.",
  usedPhone: (people) =>
    `${capital(people)} with a stronger method used a phone in the last 30 days, to reset a password or to register.`,
  strength: "Strengths follow Microsoft's page on authentication methods.",
};

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export const REPORTS: ReportWords = {
  counted: COUNTED,
  registration: REGISTRATION,
  methods: METHODS,
  failures: FAILURES,
  bestMethods: BEST_METHODS,
  phoneRetirement: PHONE_RETIREMENT,
  people: PEOPLE,
  person: PERSON,
  explain: EXPLAIN,
};
