import type { AccessWords } from "../access-words.ts";

export const ACCESS: AccessWords = {
  may: {
    reports: "see the reports",
    person: "look people up",
    people: "see lists of people",
    manage: "manage digests",
    audit: "read the audit",
  },
  titles: {
    reports: "Reports",
    person: "One person",
    people: "Lists of people",
    manage: "Digests",
    audit: "Audit",
  },
  everyone: "every member of this organisation",
  named: "accounts that are named one by one",
  group: (nameOrId) => `members of the group ${nameOrId}`,
  reportRoles: "holders of a report-reading role",
  whichRoles: (roles) => `Report-reading roles are ${new Intl.ListFormat("en").format(roles)}.`,
  nobody: "nobody",
  or: (items) => new Intl.ListFormat("en", { type: "disjunction" }).format(items),
  denied: (may) => `This account may not ${may}`,
  openTo: (holders) => `It is open to ${holders}.`,
  who: "Whoever runs AuthPulse, or the owner of the group",
  askGroup: (groups) => `Ask for this account to be added to the group ${groups}.`,
  askForGroup: (setting) =>
    `Ask whoever runs AuthPulse to open it to a security group, and to put this account in (${setting}).`,
  outside: {
    what: "The digest of a team is set by its own members, and this account is not one of them.",
    who: "An owner of the team",
    todo: "Ask to be added to the team, or ask one of its members who may manage digests.",
  },
  twoAccounts: "If your administrator role is on another account, it does not count for this one.",
  pim: "If your role comes through PIM, activate it first.",
  yes: (because) => `Yes: ${because}`,
  no: (holders) => `No. Open to ${holders}`,
  operatorYes: "Yes",
  youMay: (mays) =>
    `You may ${new Intl.ListFormat("en", { type: "conjunction" }).format(mays)}. “who am i” tells why.`,
  youMayNothing: "You may not see the reports yet. Ask “who am i” to learn why.",
  readByAll: "Everybody here can read this answer. Ask me in a personal chat to keep one to yourself.",
  personalOnly: {
    title: "Names are shown in a personal chat only",
    line: "Everybody here would read them. Ask me the same in a personal chat.",
    open: "Open the personal chat",
    ask: "Ask me in a personal chat",
  },
  moved: {
    title: "The answer is in your personal chat",
    sent: "Here, answers with numbers are given in personal chats only.",
    notSent:
      "Here, answers with numbers are given in personal chats only, and Teams did not let me write to you. " +
      "Add AuthPulse for yourself, then ask me there.",
  },
};
