import type { PeopleListWords, PersonWords } from "../people-words.ts";

export const PEOPLE: PeopleListWords = {
  titles: {
    "not-registered": "People not registered for password reset",
    "without-mfa": "People without MFA",
    "phone-only": "People whose only second method is a phone",
    failing: "People with failed tries",
  },
  count: {
    "not-registered": (people, one) =>
      one
        ? `${people} is not registered for password reset`
        : `${people} are not registered for password reset`,
    "without-mfa": (people, one) =>
      one ? `${people} is not registered for MFA` : `${people} are not registered for MFA`,
    "phone-only": (people, one) =>
      one ? `${people} has a phone as only second method` : `${people} have a phone as only second method`,
    failing: (people, one) => (one ? `${people} had failed tries` : `${people} had failed tries`),
  },
  headline: (title, page) => `${title}: ${page}.`,
  page: (page) => `page ${page}`,
  subtitle: (scope, page) => `${scope.charAt(0).toUpperCase()}${scope.slice(1)} · ${page}`,
  range: (from, to, total) => (total === undefined ? `${from} to ${to}` : `${from} to ${to} of ${total}`),
  none: (title, scope) => `${title}: nobody ${scope}.`,
  noMore: "There is nobody on this page any more.",
  columns: { person: "Person", methods: "Registered methods", failed: "Failed", last: "Last failure" },
  person: (name, userPrincipalName) => `${name} · ${userPrincipalName}`,
  methods: (names) => names.join(", "),
  noMethods: "none",
  last: (at, reason) => (at === undefined ? reason : `${at}: ${reason}`),
  notListed:
    "Not listed: synchronization and package accounts, and the members of groups that whoever runs AuthPulse " +
    "leaves out.",
  meaning: {
    "not-registered": "Not registered: fewer methods than the policy for password reset asks for.",
    "without-mfa": "Without MFA: no method that can be a second factor.",
    "phone-only": "A phone is the only registered method that can be a second factor.",
    failing: "Failed includes people who stopped half-way.",
  },
  times: (zone) => `Times: ${zone}.`,
  live: (read) => `Read from Microsoft Graph ${read}; names are not stored.`,
  total: "The total is from the last complete count, the list is read now: they can differ a little.",
  namesElsewhere: "Names are shown in a personal chat only.",
  inTheScope: {
    members: "among members",
    guests: "among guests",
    admins: "among administrators",
    everyone: "among all accounts",
  },
  countedAt: (people) =>
    `More than ${people} people had failed tries. The first ${people} that Microsoft named are counted here.`,
  keptAt: (people) => `The list ends here: no more than ${people} people are kept to turn the pages.`,
  firstOnly: "This is the first page. In Teams, buttons turn the pages.",
  exported: (words) => `The whole list comes as a CSV file with “${words}”.`,
  which: { title: "Which people?", line: "I can list these, in a personal chat." },
  gone: {
    title: "This list is no longer kept",
    line: "A list is kept for ten minutes after it was last used, for whoever asked and where they asked. Ask again.",
    button: "Ask again",
  },
  phoneOnlyNotTold: {
    title: "Who has only a phone is not in this API",
    line:
      "Microsoft's retired report, which GRAPH_REPORTS=legacy reads, does not tell what people registered. " +
      "Set GRAPH_REPORTS to auto.",
  },
};

export const PERSON: PersonWords = {
  title: "One person",
  titleOf: (name) => name,
  notFound: "Nobody like that is in the report",
  notFoundWho: (user) => `You asked for “${user}”.`,
  notFoundWhy:
    "Ask with the whole user principal name, as adele.vance@contoso.com. Disabled and deleted accounts are not in " +
    "the report, and new ones take up to 36 hours.",
  canReset: (name) => `${name} can reset their password themselves.`,
  cannotReset: (name) => `${name} cannot reset their password themselves.`,
  notKnown: (name) => `${name}: whether they can reset their password is not in this API.`,
  facts: {
    userPrincipalName: "User principal name",
    userType: "Type",
    isAdmin: "Administrator",
    ssprRegistered: "SSPR registered",
    ssprEnabled: "SSPR enabled",
    ssprCapable: "SSPR capable",
    mfaRegistered: "MFA registered",
    mfaCapable: "MFA capable",
    passwordlessCapable: "Passwordless capable",
    phoneOnly: "Only a phone as second method",
    methods: "Methods",
    rowUpdatedAt: "Report row updated",
  },
  yes: "Yes",
  no: "No",
  types: { member: "Member", guest: "Guest", other: "A type that is new at Microsoft" },
  tries: (shown, one) => (one ? `${shown} try` : `${shown} tries`),
  newest: (shown, all) => `Newest ${shown} of ${all}`,
  noTries:
    "Microsoft gave no tries of this person. That is no proof that there were none: events may lag 36 hours, and " +
    "some tenants have none collected.",
  columns: { when: "When", what: "What", outcome: "Outcome" },
  what: (feature, method) => `${feature}, ${method}`,
  features: { reset: "Reset", registration: "Registration" },
  worked: "Worked",
  noTime: "time not known",
  rowUpdated: "The row is updated by Microsoft; it does not say when the person registered.",
  footer: (reader, read) => `From Microsoft Graph (${reader}), read ${read} · not stored · may lag 36 hours`,
  whom: {
    title: "Which person?",
    line: "Write the user principal name or the object id behind it: person adele.vance@contoso.com",
  },
  idsNotTold: {
    title: "Object ids are not in this API",
    line:
      "Microsoft's retired report, which GRAPH_REPORTS=legacy reads, knows people by their user principal name " +
      "alone. Ask with that, as adele.vance@contoso.com.",
  },
};
