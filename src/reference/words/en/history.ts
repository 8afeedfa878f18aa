import type {
  ChangeNewsWords,
  CollectingWords,
  CompareWords,
  HealthWords,
  HistoryWords,
  TrendWords,
} from "../history-words.ts";

function newsOf(subject: string, worked: string): ChangeNewsWords {
  return {
    more: (now, before, than) => `${subject} ${worked} more often: ${now}, ${before} ${than}.`,
    less: (now, before, than) => `${subject} ${worked} less often: ${now}, ${before} ${than}.`,
    same: (now, before, than) => `${subject}: no clear change. ${now} ${worked}, ${before} ${than}.`,
    alone: (now) => `${subject}: ${now} ${worked}.`,
    few: (successes, tries, one) =>
      `${subject}: ${successes} of ${tries} ${one ? "try" : "tries"} ${worked}. That is too few to compare.`,
    none: `${subject}: no tries.`,
  };
}

const TREND: TrendWords = {
  subtitle: (weeks, range, zone) => `${weeks === 1 ? "1 week" : `${weeks} weeks`}: ${range} (${zone})`,
  week: (number, day) => `${number} · ${day}`,
  marked: (week, mark) => `${week} · ${mark}`,
  columns: { week: "Week · Monday", ok: "OK", failed: "Failed", rate: "Rate" },
  axis: "Week beginning",
  methodLine: (method, line) => `${method}: ${line}`,
  charts: { usage: "Password reset tries by week", registration: "People by week" },
  methodChart: (method) => `${method}: reset tries by week`,
  thanFirst: (week) => `in week ${week}`,
  oneWeek: (week) =>
    `Week ${week} is the only whole week that is stored, so there is nothing to compare with.`,
  noWeek: "No whole week is stored yet.",
  noWeekWhy: (since) =>
    `Tries are stored since ${since}. The first week that lies wholly behind that shows up when it is over.`,
  lastGap: "None of these weeks is stored in full.",
  beforeFew: (week) => `Too few tries in week ${week} to compare.`,
  fewerWeeks: (asked, since) =>
    `${asked} weeks were asked for; what is stored begins ${since}. Microsoft Graph itself keeps 30 days.`,
  gaps: {
    begins: (weeks, at) => `${weeksText(weeks)} a gap: what is stored begins ${at}.`,
    ends: (weeks, at) => `${weeksText(weeks)} a gap: the newest reading reaches to ${at}.`,
    unsure: (weeks) => `${weeksText(weeks)} a gap: not all of that time was read, so no sum is shown.`,
    uncounted: (weeks) => `${weeksText(weeks)} a gap: people were not counted.`,
  },
  noTries: (weeks) =>
    `No reset tries in ${weeks.length === 1 ? "week" : "weeks"} ${weeks.join(", ")}. That can be real, or Microsoft ` +
    "does not collect reset data for this tenant.",
  noTriesWith: (method, weeks) =>
    `No reset tries with ${method} in ${weeks.length === 1 ? "week" : "weeks"} ${weeks.join(", ")}. Nobody used it, or ` +
    "Microsoft does not collect reset data for this tenant.",
  mayGrow: (week) =>
    `The end of week ${week} may still grow: Microsoft's numbers arrive up to 36 hours late.`,
  earlier: (weeks) => (weeks === 1 ? "1 earlier week" : `${weeks} earlier weeks`),
  gapCell: "gap",
  methodsMore: (count) => (count === 1 ? "1 more method" : `${count} more methods`),
  methodClear: (method, direction, now, before, than) =>
    `${method} worked ${direction} often: ${now}, ${before} ${than}.`,
  noMethodChange: (than) => `No method shows a clear change beside its tries ${than}.`,
  methodCells: "A cell is the rate of how many tries. Below 20 tries it is how many of them worked.",
  registration: {
    columns: { capable: "SSPR capable", mfa: "MFA registered", phone: "Phone only" },
    headline: (capable, whole, percent, change) =>
      `${capital(capable)} of ${whole} in scope can reset their password themselves` +
      `${percent === undefined ? "" : `: ${percent}`}${change}.`,
    people: (count, change) => `${capital(count)} counted${change}.`,
    change: {
      up: (by, week) => `, up ${by} since week ${week}`,
      down: (by, week) => `, down ${by} since week ${week}`,
      same: (week) => `, as in week ${week}`,
      first: ", the first count",
    },
    cell: (count, percent) => `${count} (${percent})`,
    running: (week, at) => `Week ${week} is not over: it is as counted ${at}.`,
    keptSince: (day) => `Counts of people are kept since ${day}; Microsoft Graph has no older ones.`,
    others: (days, one) =>
      `${one ? `${days} day was` : `${days} days were`} counted by another report or with other excluded groups, and ` +
      "cannot stand beside these.",
    shares:
      "SSPR capable is of the people in scope of password reset, the others are of all who are counted.",
    last: "Each week stands with its last count.",
  },
};

const COMPARE: CompareWords = {
  subtitle: (range, before) => `${range}, beside ${before}`,
  columns: { method: "Method", now: "Now", before: "Before", change: "Worked" },
  all: "All",
  changes: { more: "more often", less: "less often", same: "no clear change" },
  before: { D1: "in the 24 hours before", D7: "in the 7 days before", D30: "in the 30 days before" },
  notStored: {
    D1: (since) => `The last 24 hours are not stored in full: what is stored begins ${since}.`,
    D7: (since) => `The last 7 days are not stored in full: what is stored begins ${since}.`,
    D30: (since) => `The last 30 days are not stored in full: what is stored begins ${since}.`,
  },
  nothingToCompare: {
    D1: (since) => `Nothing to compare with: that needs 48 hours, and what is stored begins ${since}.`,
    D7: (since) => `Nothing to compare with: that needs 14 days, and what is stored begins ${since}.`,
    D30: (since) => `Nothing to compare with: that needs 60 days, and what is stored begins ${since}.`,
  },
  shorter: {
    D1: (since) =>
      `7 days are not compared: that needs 14 days, and what is stored begins ${since}. This is 24 hours.`,
    D7: (since) =>
      `30 days are not compared: that needs 60 days, and what is stored begins ${since}. This is 7 days.`,
  },
  beforeFew: (before) => `Too few tries ${before} to compare.`,
  cells: "A cell is the rate of how many tries. Below 20 tries it is how many of them worked.",
  noise: "A change is named only where it is beyond noise and at least two points.",
};

const COLLECTING: CollectingWords = {
  names: {
    schedule: "Collecting",
    running: "Under way",
    access: "Access seen",
    problem: "Problems",
  },
  reports: { usage: "tries", people: "people", passwords: "resets by day", signIns: "sign-ins by day" },
  every: (time, next) => (next === undefined ? `every ${time}` : `every ${time}, next about ${next}`),
  hours: (count, one) => (one ? "hour" : `${count} hours`),
  minutes: (count, one) => (one ? "minute" : `${count} minutes`),
  off: "only when somebody asks: COLLECT_EVERY is 0",
  running: (report, since, pages, rows) => `${report} since ${since}, pages ${pages}, rows ${rows} so far`,
  access: (reports, seen, at) => `${reports.join(", ")}: ${seen}, as of ${at}`,
  allowed: "permission and licence are there",
  refusals: (code, permission) =>
    code === "GRAPH-LICENCE"
      ? "the licence is missing"
      : `the permission ${permission === "" ? "" : `${permission} `}is missing`,
  notSeen: "not seen yet",
  problem: (report, code, at) => `${report}: ${code}, ${at}`,
  noProblem: "none",
};

const HEALTH: HealthWords = {
  headline: (tries, people) => {
    const triesText = tries === undefined ? "Tries are not read yet" : `Tries were read ${tries} ago`;
    const peopleText =
      people === undefined ? "people are not counted yet" : `people were counted ${people} ago`;
    return `${triesText}; ${peopleText}.`;
  },
  nothing: "Nothing is read yet.",
  subtitle: (at) => `As of ${at}`,
  names: {
    graph: "Source",
    tries: "Tries",
    people: "People",
    history: "History of tries",
    gaps: "Gaps before that",
    kept: "Kept as stored",
    notRead: "Not read yet",
    days: "History of people",
    store: "Store",
    tenant: "Tenant",
    version: "Version",
    digest: "Next digest here",
  },
  graph: (host, setting) => `Microsoft Graph at ${host}, reports: ${setting}`,
  reading: (reader, at, age, pages, rows) =>
    `${reader}, read ${at}, ${age} ago · complete · pages ${pages}, rows ${rows}`,
  took: (reading, time) => `${reading}, in ${time}`,
  seconds: (count, one) => (one ? `${count} second` : `${count} seconds`),
  never: "never read",
  history: (from, to) => `without a gap from ${from} to ${to}`,
  noHistory: "none: only the events report says when a try was",
  gap: (from, to) => `not known from ${from} to ${to}`,
  gaps: (gaps, more) => `${gaps.join("; ")}${more > 0 ? `; and ${more} more` : ""}`,
  kept: (kept) => `${kept}, of which Graph now sends fewer tries`,
  notRead: (since, age) => `what came since ${since}, ${age}`,
  days: (since, days, one) => (one ? `${days} day, ${since}` : `${days} days, since ${since}`),
  collecting: COLLECTING,
  stores: {
    embedded: (schema) => `embedded database, schema ${schema}`,
    server: (schema) => `PostgreSQL server, schema ${schema}`,
  },
  noDigest: "none is set up",
  digestPaused: "none: it is not active",
  fromStore: "This is from what is stored; Microsoft Graph was not asked for it.",
  whole: "A reading is kept only when it is complete; Microsoft's numbers may lag 36 hours.",
};

export const HISTORY: HistoryWords = {
  titles: {
    usage: "Password resets by week",
    method: "Password resets by week and method",
    registration: "People registered by week",
    helpdesk: "Self-service and administrator resets by week",
    compare: "This period beside the one before",
    health: "State of the numbers",
  },
  changes: {
    "sspr-registered-methods": "password reset accepts registered methods only",
    "phone-delivery-ends":
      "Microsoft no longer delivers SMS and voice codes itself; an own telephony provider is possible",
    "phone-delivery-ends-for-admins":
      "Microsoft no longer delivers SMS and voice codes to Global Administrators and external users either",
    "legacy-reports-retired": "Microsoft's old usage reports return no data",
  },
  announced: {
    since: (day, text, source) => `Since ${day}, as announced: ${text}${source}.`,
    from: (day, text, source) => `From ${day}, as announced: ${text}${source}.`,
    first: (day, first) => `${day} (first announced for ${first})`,
    message: (message) => (message === undefined ? "" : ` (${message})`),
    mark: "announced change",
  },
  news: {
    reset: newsOf("Password resets", "worked"),
    registration: newsOf("Registrations", "were finished"),
  },
  otherNews: (label) => newsOf(label, "worked"),
  rates: {
    of: (percent, tries) => `${percent} of ${tries} tries`,
    cell: (percent, tries) => `${percent} of ${tries}`,
    few: (successes, tries) => `${successes} of ${tries}`,
    none: "no tries",
  },
  needsEvents: (reader) =>
    `The ${reader} has no times, so nothing can be placed in weeks or periods. History needs the events report: an ` +
    "application's sign-in with AuditLog.Read.All.",
  trend: TREND,
  compare: COMPARE,
  health: HEALTH,
  shortened: "Rows are left out here: the card would be too large for Teams.",
};

function weeksText(weeks: readonly number[]): string {
  return weeks.length === 1 ? `Week ${weeks.join()} is` : `Weeks ${weeks.join(", ")} are`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
