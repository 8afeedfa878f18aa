import type { ExplainWords } from "../explain-words.ts";

/** When a change is put in words; `reports/change.ts` decides it. */
const CLEAR = "told beyond 3.5 standard errors of the two-proportion test and two points";

/**
 * How figures come about. Sources: the Graph pages of each endpoint; the tiles and what they count stand in
 * learn.microsoft.com/entra/identity/authentication/howto-authentication-methods-activity (March and October 2025).
 */
export const EXPLAIN: ExplainWords = {
  title: (report) => `How these figures come about · ${report}`,
  headline: (report) => `How the figures of “${report}” come about.`,
  read: "What was read",
  facts: {
    filter: "Filter",
    window: "Window",
    readAt: "Read",
    took: "It took",
    pages: "Read in all",
  },
  asked: (path) => `GET ${path}`,
  filters: {
    events: "None; time, feature and method are told apart after reading",
    activity: "The period; feature and method are told apart after reading",
    details: "None; type, role and excluded accounts are told apart after reading",
    summaries: "The type and the role of users",
    legacy: "None but the period, where there is one",
  },
  window: (period, range) => `${period}: ${range}`,
  asItStands: "None: the state at the time of reading",
  stored: "None; the figures are put together from counts that readings have left here",
  notKept: "not kept",
  seconds: (seconds, one) => (one ? `${seconds} second` : `${seconds} seconds`),
  pagesAndRows: (pages, rows) => `pages: ${pages} · rows: ${rows}`,
  formulas: "How each figure is made",
  columns: { figure: "Figure", formula: "Made of" },
  registration: {
    details: {
      ssprRegistered: "people with isSsprRegistered",
      ssprEnabled: "people with isSsprEnabled",
      ssprCapable: "people with isSsprCapable",
      mfaRegistered: "people with isMfaRegistered",
      mfaCapable: "people with isMfaCapable",
      passwordlessCapable: "people with isPasswordlessCapable",
      phoneOnly:
        "people with isMfaRegistered whose methods, without email and security questions, are phones alone; " +
        "Microsoft has no such figure",
    },
    summaries: {
      ssprRegistered: "Microsoft's count of ssprRegistered",
      ssprEnabled: "Microsoft's count of ssprEnabled",
      ssprCapable: "Microsoft's count of ssprCapable",
      mfaRegistered: "not in this API",
      mfaCapable: "Microsoft's count of mfaCapable",
      passwordlessCapable: "Microsoft's count of passwordlessCapable",
      phoneOnly: "not in this API",
    },
    legacy: {
      ssprRegistered: "Microsoft's count of registered",
      ssprEnabled: "Microsoft's count of enabled",
      ssprCapable: "Microsoft's count of capable",
      mfaRegistered: "Microsoft's count of mfaRegistered",
      mfaCapable: "not in this API",
      passwordlessCapable: "not in this API",
      phoneOnly: "not in this API",
    },
  },
  figures: {
    usage: [
      ["OK", "tries of a feature and method that succeeded"],
      ["Failed", "tries that did not, people who stopped included"],
      ["Rate", "OK ÷ (OK + Failed), from 20 tries on"],
    ],
    methods: [
      ["People", "people whose registered methods hold Microsoft's value"],
      ["At least", "the largest value of those taken together"],
      ["Share", "People ÷ everybody who is counted, from 20 people on"],
    ],
    failures: [
      ["Failed", "tries with isSuccess false, by failureReason or by authMethod"],
      ["Share", "failed tries of a reason ÷ all failed tries of its feature, from 20 on"],
      ["Helpdesk calls", "failed tries that say “contacted an admin” or “blocked for 24 hours”"],
    ],
    "best-methods": [
      ["Worked", "OK ÷ (OK + Failed) of a feature and method, from 20 tries on"],
      ["Order", "the lower end of the 95 % Wilson interval of that share; then most tries"],
      ["Change", `the same of the period before, from stored tries; ${CLEAR}`],
    ],
    compare: [
      [
        "Now, Before",
        "OK ÷ (OK + Failed) of stored tries, summed from quarters of an hour; from 20 tries on",
      ],
      ["Worked", `More or less often where the two differ clearly: ${CLEAR}`],
    ],
    trend: [
      ["OK, Failed", "stored tries of resets from Monday to Sunday, summed from quarters of an hour"],
      ["Rate", "OK ÷ (OK + Failed), from 20 tries on"],
      ["Change", `the last whole week beside the first one: ${CLEAR}`],
    ],
    "trend-people": [
      ["SSPR capable", "the count of isSsprCapable, and its share of isSsprEnabled"],
      ["MFA registered", "the count of isMfaRegistered, and its share of all who are counted"],
      ["Phone only", "people whose methods, without email and security questions, are phones alone"],
      ["A week", "its last count; the running week has its newest"],
    ],
    helpdesk: [
      ["Self-service", "passwordResetsSelfServiceCount of the seven days of a week"],
      ["By admins", "passwordResetsByAdminCount of the same days"],
      ["Self-service share", "Self-service ÷ (Self-service + By admins), from 20 resets on"],
      ["Asked an admin, Blocked", "failed tries that say “contacted an admin” or “blocked for 24 hours”"],
      ["Multi-factor", "multiFactorSignIns beside totalSignIns; no share where the parts do not add up"],
    ],
    campaign: [
      ["For people who cannot yet", "members with isSsprEnabled, less those with isSsprCapable"],
      [
        "For people with a phone alone",
        "members whose methods, without email and security questions, are phones alone",
      ],
      ["For people whose tries fail", "different people behind failed resets of 30 days, by group of reason"],
      ["Resets by administrators", "passwordResetsByAdminCount of 7 days, from 20 and a quarter of all on"],
      ["Worked less often", `the last 7 days beside the 7 before: ${CLEAR}`],
      ["Order", "what is missing or fails before what is merely weak, then by people"],
    ],
    "phone-retirement": [
      [
        "Phone only",
        "people with isMfaRegistered whose methods, without email and security questions, are phones alone",
      ],
      [
        "Used a phone",
        "people with a method that is neither weak nor a Temporary Access Pass who succeeded with a phone in 30 days",
      ],
      ["Password resets by phone", "tries of resets with SMS, a call or a phone, of all accounts"],
      [
        "Pace",
        "the mean change of the last counts of whole weeks, told beyond 4 standard errors and 20 people",
      ],
    ],
  },
  raw: "Values as Microsoft sent them",
  rawValues: (values, others) =>
    `${values.join(", ")}${others > 0 ? ` and ${others === 1 ? "1 other" : `${others} others`}` : ""}.`,
  noRawValues: "No values were seen.",
  adminCenter: "In the Entra admin center",
  tiles: {
    usage: [
      "Authentication methods › Activity › Usage: “Password resets by authentication method” for resets.",
      "Authentication methods › Activity › Registration: “Recent registration by authentication method”.",
    ],
    registration: [
      "Authentication methods › Activity › Registration: “Users capable of Azure multifactor authentication”, “Users " +
        "capable of passwordless authentication” and “Users capable of self-service password reset”.",
    ],
    methods: [
      "Authentication methods › Activity › Registration: “Users registered by authentication method”.",
    ],
    failures: ["Authentication methods › Activity: “Registration and reset events”, with status Failure."],
    "best-methods": [
      "Authentication methods › Activity › Usage: “Password resets by authentication method” for resets, counts alone.",
      "Authentication methods › Activity › Registration: “Recent registration by authentication method”, counts alone.",
    ],
    compare: ["None: the page has no two periods beside each other."],
    trend: ["None: the page has the last 24 hours, 7 and 30 days, and no weeks."],
    "trend-people": [
      "Authentication methods › Activity › Registration has the figures of now, not those of earlier weeks.",
    ],
    helpdesk: [
      "Authentication methods › Activity › Usage: “Number of password resets and account unlocks”, with changes in it.",
      "Authentication methods › Activity › Usage: “Sign-ins by authentication requirement”.",
    ],
    campaign: [
      "None: the page gives no advice. Explain on “failures” and “registration” names the tiles of their figures.",
    ],
    "phone-retirement": [
      "None: “Users registered by authentication method” counts who has a phone, not who has nothing else.",
    ],
  },
  otherPeople: "The page counts other people: accounts that are left out here are in it.",
  differs: {
    usage: [
      "The page shows the last 24 hours, 7 or 30 days as of its own time, and both may lag up to 36 hours.",
    ],
    registration: [
      "Disabled and soft-deleted accounts are in neither, and MFA registered outside of Entra is not in “MFA capable”. " +
        "Both may lag up to 36 hours.",
    ],
    methods: ["Disabled and soft-deleted accounts are in neither. Both may lag up to 36 hours."],
    failures: [
      "The page lists single events and does not put reasons into groups. Both may lag up to 36 hours.",
    ],
    "best-methods": ["The page has no order of methods. Both may lag up to 36 hours."],
    compare: ["Tries may arrive up to 36 hours late; then the newer period still grows."],
    trend: ["Tries may arrive up to 36 hours late; then the last week still grows."],
    "trend-people": ["Disabled and soft-deleted accounts are in neither. Both may lag up to 36 hours."],
    helpdesk: ["Microsoft counts by days of UTC, and may correct the last ones."],
    campaign: ["A figure is evidence, not a cause. Numbers may lag up to 36 hours."],
    "phone-retirement": ["Disabled and soft-deleted accounts are in neither. Both may lag up to 36 hours."],
  },
};
