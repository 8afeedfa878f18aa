import type { Feature } from "../../../language/question.ts";
import type { Period, ReaderId } from "../../../ports/usage.ts";
import type { FeatureWords, PeriodWords, UsageWords } from "../usage-words.ts";

export const PERIODS: Readonly<Record<Period, PeriodWords>> = {
  D1: { button: "1 day", rolling: "Rolling 24 hours", within: "in the last 24 hours" },
  D7: { button: "7 days", rolling: "Rolling 7 days", within: "in the last 7 days" },
  D30: { button: "30 days", rolling: "Last 30 days", within: "in the last 30 days" },
};

export const FEATURES: Readonly<Record<Feature, FeatureWords>> = {
  reset: {
    name: "password resets",
    row: "Password resets",
    sentence: (percent, successes, tries) =>
      `Password resets: ${percent} of tries worked (${successes} of ${tries})`,
    few: (successes, tries, one) =>
      `Password resets: ${successes} of ${tries} ${one ? "try" : "tries"} worked`,
    none: "Password resets: no tries in this period",
    worst: (method, failures, tries) => `${method} fails most often: ${failures} of ${tries} tries.`,
    chart: "Password resets by method",
  },
  registration: {
    name: "registration tries",
    row: "Registrations",
    sentence: (percent, successes, tries) =>
      `Registrations: ${percent} of tries were finished (${successes} of ${tries})`,
    few: (successes, tries, one) =>
      `Registrations: ${successes} of ${tries} ${one ? "try was" : "tries were"} finished`,
    none: "Registrations: no tries in this period",
    worst: (method, failures, tries) =>
      `${method} is left unfinished most often: ${failures} of ${tries} tries.`,
    chart: "Registration tries by method",
  },
};

export function otherFeature(label: string): FeatureWords {
  return {
    name: label,
    row: label,
    sentence: (percent, successes, tries) =>
      `${label}: ${percent} of tries worked (${successes} of ${tries})`,
    few: (successes, tries, one) => `${label}: ${successes} of ${tries} ${one ? "try" : "tries"} worked`,
    none: `${label}: no tries in this period`,
    worst: (method, failures, tries) => `${method} fails most often: ${failures} of ${tries} tries.`,
    chart: label,
  };
}

export const READERS: Readonly<Record<ReaderId, string>> = {
  events: "events report",
  activity: "activity report",
  legacy: "old usage report",
};

export const USAGE: UsageWords = {
  byMethod: "SSPR usage by method",
  byFeature: "SSPR usage by feature",
  narrowed: (title, to) => `${title} · ${to}`,
  subtitle: (period, range) => `${period}: ${range} · all accounts`,
  headline: (within, sentences) => `SSPR usage ${within}. ${sentences.join(". ")}.`,
  columns: { method: "Method", feature: "Feature", ok: "OK", failed: "Failed", rate: "Rate" },
  notUsed: (names) => `Not used: ${names.map(withinSentence).join(", ")}`,
  more: (count) => (count === 1 ? "1 more method, not listed" : `${count} more methods, not listed`),
  moreFeatures: (names, others) =>
    `Features with tries that are not listed: ${[...names, ...(others > 0 ? [others === 1 ? "1 other" : `${others} others`] : [])].join(", ")}.`,
  shortened: "Rows with few tries are left out here: the card would be too large for Teams.",
  tries: "A try is one attempt with one method, not a person.",
  failed: "Failed includes people who stopped half-way.",
  noRate: "A dash (–) stands where there are fewer than 20 tries: too few for a rate.",
  noTries: (within) => `No tries ${within}.`,
  noneWith: {
    reset: (method, within) => `No password resets with ${method} ${within}.`,
    registration: (method, within) => `No registrations with ${method} ${within}.`,
  },
  noTriesHeadline: (title, within) => `${title}: no tries ${within}.`,
  lag: {
    D1: "That can be real, or it is too early: Microsoft's numbers arrive up to 36 hours late.",
    D7: "The newest tries may be missing: Microsoft's numbers arrive up to 36 hours late.",
  },
  neverCollected:
    "Where people do reset their passwords, collecting was perhaps never switched on: Microsoft collects " +
    "password reset data only after an administrator has opened the password reset audit logs in the Entra " +
    "admin center once.",
  footer: (reader, read) => `From Microsoft Graph (${reader}), read ${read} · complete · may lag 36 hours`,
  footerRefreshed: (reader, read, refreshed) =>
    `Refreshed ${refreshed} · from Microsoft Graph (${reader}), read ${read} · complete · may lag 36 hours`,
  corrected: (said, read) => `I read “${said}” as “${read}”.`,
  refined: "I took this as a change to your last question.",
  old: (age) => `These numbers are ${age} old. Refresh reads new ones.`,
  newerFailed: (at, title, code, age) =>
    `Reading newer numbers failed ${at}: ${title} (${code}). These are the last complete ones, ${age} old.`,
  readAgain: (age, after) =>
    `These numbers were read ${age} ago; Microsoft Graph is asked again after ${after}.`,
  legacyInsteadOfEvents: (permission) =>
    "These numbers come from Microsoft's old usage report, because Graph refused the one that replaces it. To " +
    `read the new one, grant ${permission} to AuthPulse.`,
  eventsInTheFuture: (count, one) =>
    one
      ? `Graph sent ${count} event dated in the future; it is not counted.`
      : `Graph sent ${count} events dated in the future; they are not counted.`,
  kept: (count, one, from, to) =>
    one
      ? `${count} quarter of an hour from ${from} to ${to}`
      : `${count} quarters of an hour between ${from} and ${to}`,
  keptQuarters: (kept) =>
    `Graph now sends fewer tries than before for ${kept}. That is more than 72 hours old, so weeks and comparisons keep ` +
    "what was stored; these numbers are as Graph sends them now.",
};

const PROPER_NAME = /^(?:Authenticator|Mac|Temporary|Windows|[A-Z]{2})/;

function withinSentence(name: string): string {
  return PROPER_NAME.test(name) ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
