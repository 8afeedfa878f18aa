import type { HelpdeskWords } from "../helpdesk-words.ts";

export const HELPDESK: HelpdeskWords = {
  button: "Helpdesk",
  columns: {
    selfService: "Self-service",
    byAdmins: "By admins",
    share: "Self-service share",
    signIns: "Sign-ins",
    multiFactor: "Multi-factor",
  },
  chart: "Password resets by week",
  resets: {
    more: (percent, resets, week, was, beforeWeek) =>
      `Self-service is a larger part of password resets: ${percent} of ${resets} in week ${week}, ${was} in week ` +
      `${beforeWeek}.`,
    less: (percent, resets, week, was, beforeWeek) =>
      `Self-service is a smaller part of password resets: ${percent} of ${resets} in week ${week}, ${was} in week ` +
      `${beforeWeek}.`,
    same: (percent, resets, week, was, beforeWeek) =>
      `${percent} of ${resets} password resets were self-service in week ${week}; ${was} in week ${beforeWeek}. That ` +
      "is no clear change.",
    alone: (percent, resets, week) =>
      `${percent} of ${resets} password resets were self-service in week ${week}.`,
    few: (selfService, resets, week) =>
      `Password resets in week ${week}: ${resets}, self-service: ${selfService}. That is too few for a share.`,
    none: (week) => `No password resets in week ${week}.`,
    changes: (changes, week) =>
      `Passwords that people knew and changed themselves in week ${week}: ${changes}. They are not among the resets.`,
  },
  calls: {
    columns: { asked: "Asked an admin", blocked: "Blocked", share: "Of tries" },
    news: (week, tries, asked, blocked, one) =>
      `Of ${tries} reset ${one ? "try" : "tries"} in week ${week}, ${asked} ended with the person asking an administrator and ${blocked} in a ` +
      "block for 24 hours.",
    more: (now, before, beforeWeek) => `That is more often: ${now}, ${before} in week ${beforeWeek}.`,
    less: (now, before, beforeWeek) => `That is less often: ${now}, ${before} in week ${beforeWeek}.`,
    same: (beforeWeek) => `That is no clear change since week ${beforeWeek}.`,
    counted: "Tries of all accounts, from single events; an administrator may have reset more passwords.",
  },
  signIns: {
    share: (percent, signIns, week) => `${percent} of ${signIns} sign-ins in week ${week} were multi-factor.`,
    shares: (percent, signIns, week, was, beforeWeek) =>
      `${percent} of ${signIns} sign-ins in week ${week} were multi-factor; ${was} in week ${beforeWeek}.`,
    counts: (multiFactor, signIns, week) =>
      `Sign-ins in week ${week}: ${signIns}, multi-factor: ${multiFactor}.`,
    none: (week) => `No sign-ins in week ${week}.`,
    doNotAddUp: (weeks) =>
      `${weeks.length === 1 ? "Week" : "Weeks"} ${weeks.join(", ")} without a share: Microsoft's single-factor and ` +
      "multi-factor sign-ins do not add up to its total.",
  },
  notRead: {
    passwords: "Resets by day are not known.",
    signIns: "Sign-ins by day are not known.",
  },
  failed: {
    passwords: (code, at) => `Resets by day could not be read ${at}: ${code}.`,
    signIns: (code, at) => `Sign-ins by day could not be read ${at}: ${code}.`,
  },
  old: {
    passwords: (at) => `Resets by day are as Microsoft Graph gave them ${at}.`,
    signIns: (at) => `Sign-ins by day are as Microsoft Graph gave them ${at}.`,
  },
  noWeekWhy: (since) =>
    `Days are stored since ${since}. The first week that lies wholly behind that shows up when it is over.`,
  fewerWeeks: (asked, since) => `${asked} weeks were asked for; days are stored since ${since}.`,
  noResets: (weeks) =>
    `No password resets in ${weeks.length === 1 ? "week" : "weeks"} ${weeks.join(", ")}. That can be real, or Microsoft ` +
    "does not collect reset data for this tenant.",
  utc: "Microsoft counts these by whole days, so weeks are Monday to Sunday in UTC, not in your time zone.",
  counted:
    "Self-service: passwords that people reset themselves. By admins: passwords that an administrator reset.",
  reader: "daily reports of resets and sign-ins",
  digest: {
    line: (selfService, byAdmins, span) =>
      `Password resets: ${selfService} by people themselves, ${byAdmins} by administrators (${span}).`,
    none: (span) =>
      `Password resets: none by people themselves or by administrators (${span}). That can be real, or Microsoft does ` +
      "not collect reset data for this tenant.",
    spans: { week: "Monday to Sunday in UTC", days: "the last 7 whole days in UTC" },
    mayGrow: "They may still grow.",
  },
};
